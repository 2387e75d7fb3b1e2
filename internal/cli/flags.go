// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/finding"
)

// addFormat gives a command the flag that chooses how it prints, the first choice by default.
func addFormat(cmd *cobra.Command, format *string, choices ...string) {
	flag := &choice{value: format, choices: choices}
	*format = choices[0]
	cmd.Flags().VarP(flag, "output", "o", "how to print: "+strings.Join(choices, ", "))
	must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
}

// addChoice gives a command a flag that takes one of a few words, by default the one that value has. kind is what help calls it.
func addChoice(cmd *cobra.Command, value *string, name, kind, usage string, choices ...string) {
	cmd.Flags().Var(&choice{value: value, choices: choices, kind: kind}, name, usage+": "+strings.Join(choices, ", "))
	must(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
}

// addForce gives a command the flag without which it overwrites no file.
func addForce(cmd *cobra.Command, force *bool) {
	cmd.Flags().BoolVar(force, "force", false, "overwrite files")
}

// addFailOn gives a command the flag that says how severe a finding must be to fail.
func addFailOn(cmd *cobra.Command, failOn *string) {
	addChoice(cmd, failOn, "fail-on", "level", "how severe a finding must be to fail", string(finding.Error), string(finding.Warning), string(finding.Info))
}

// must is for what can only fail by a mistake in this package.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

// choice is a flag that takes one of a few words.
type choice struct {
	value   *string
	choices []string
	// kind is what help calls the word, "" for a format.
	kind string
}

// String is the word.
func (c *choice) String() string {
	if c.value == nil {
		return ""
	}
	return *c.value
}

// Set takes a word.
func (c *choice) Set(word string) error {
	if !slices.Contains(c.choices, word) {
		return fmt.Errorf("want one of %s", strings.Join(c.choices, ", "))
	}
	*c.value = word
	return nil
}

// Type is what help calls the word.
func (c *choice) Type() string { return cmp.Or(c.kind, "format") }

// checkPort reports that a number of a flag is no port.
func checkPort(flag string, port int) error {
	if port < 1 || port > 65535 {
		return fmt.Errorf("%s %d is not a port; use a number from 1 to 65535", flag, port)
	}
	return nil
}

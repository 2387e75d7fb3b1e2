// SPDX-License-Identifier: Apache-2.0

package commandline

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// AddFormat gives a command the flag that chooses how it prints, the first choice by default.
func AddFormat(cmd *cobra.Command, format *string, choices ...string) {
	flag := &choice{value: format, choices: choices}
	*format = choices[0]
	cmd.Flags().VarP(flag, "output", "o", "how to print: "+strings.Join(choices, ", "))
	Must(cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
}

// AddChoice gives a command a flag that takes one of a few words, by default the one that value has. kind is what help calls it.
func AddChoice(cmd *cobra.Command, value *string, name, kind, usage string, choices ...string) {
	cmd.Flags().Var(&choice{value: value, choices: choices, kind: kind}, name, usage+": "+strings.Join(choices, ", "))
	Must(cmd.RegisterFlagCompletionFunc(name, cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
}

// Must is for what can only fail by a mistake in the package of the commands.
func Must(err error) {
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

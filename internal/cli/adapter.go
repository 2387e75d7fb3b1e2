// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
)

// adapterFlag is the value of a flag that names a host of the filter.
type adapterFlag struct{ host *ability.Host }

// String is the name of the host.
func (f adapterFlag) String() string {
	if f.host == nil {
		return ""
	}
	return f.host.Name()
}

// Set takes a name.
func (f adapterFlag) Set(name string) error {
	host, err := ability.Find(name)
	if err == nil {
		*f.host = host
	}
	return err
}

// Type is what help calls the name.
func (adapterFlag) Type() string { return "adapter" }

// judgedFor is what the flag is about where a document is judged.
const judgedFor = "the `adapter` that the document is for, and its Envoy"

// addAdapter gives a command the flag that names the host, the wasm filter by default.
func addAdapter(cmd *cobra.Command, host *ability.Host, usage string) {
	*host = ability.Hosts()[0]
	cmd.Flags().Var(adapterFlag{host}, "adapter", usage+": "+strings.Join(ability.Names(), ", "))
	must(cmd.RegisterFlagCompletionFunc("adapter", cobra.FixedCompletions(ability.Names(), cobra.ShellCompDirectiveNoFileComp)))
}

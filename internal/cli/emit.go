// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/finding"
)

func newEmit(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "emit",
		Short: "Make the configuration that runs a document on Envoy, Istio or Envoy Gateway",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newEmitEnvoy(a), newEmitIstio(a), newEmitEnvoyGateway(a))
	return cmd
}

// emission is what the commands that emit have in common.
type emission struct {
	plugin emit.Plugin
	out    string
	force  bool
	// checked is the plugin's document as it was read.
	checked check.Checked
	// isPartial reports that something of it was left out.
	isPartial bool
}

// add gives a command the flags. rootID is the default of --root-id.
func (e *emission) add(cmd *cobra.Command, name, rootID string) {
	flags := cmd.Flags()
	flags.StringVar(&e.out, "out", "", "the `folder` to write all files to; without it the first file is printed")
	flags.BoolVar(&e.force, "force", false, "overwrite files")
	flags.StringVar(&e.plugin.Name, "name", name, "the name of the filter")
	flags.StringVar(&e.plugin.RootID, "root-id", rootID, "the root_id of the filter; each listener needs its own")
	must(cmd.MarkFlagDirname("out"))
}

// load reads the document, which must be a good one.
func (e *emission) load(a *app, names []string) error {
	checked, err := a.load(orStdin(names)[0])
	if err != nil {
		return err
	}
	e.checked, e.plugin.Document = checked, checked.Source.Text
	return nil
}

// report prints what an engine cannot say. Something that is left out ends the command with findings, once the files are written.
func (e *emission) report(a *app, list finding.List) error {
	if err := list.Text(a.err, colour(a.err)); err != nil {
		return err
	}
	e.isPartial = list.HasErrors()
	return nil
}

// deliver writes the files, or prints the first one, and says whether they hold the whole document.
func (e *emission) deliver(a *app, files []emit.File) error {
	if err := e.write(a, files); err != nil {
		return err
	}
	if e.isPartial {
		return errFindings
	}
	return nil
}

// write writes the files, or prints the first one.
func (e *emission) write(a *app, files []emit.File) error {
	if e.out == "" {
		_, err := a.out.Write(files[0].Text)
		return err
	}
	if err := emit.Write(e.out, files, e.force); err != nil {
		if errors.Is(err, emit.ErrExists) {
			return usage(fmt.Errorf("%w; --force overwrites", err))
		}
		return unreadable(err)
	}
	for _, f := range files {
		if _, err := fmt.Fprintln(a.out, filepath.Join(e.out, f.Name)); err != nil {
			return err
		}
	}
	return nil
}

// The engines: what decides what clients see.
const (
	wasmEngine       = "wasm"
	localReplyEngine = "local-reply"
	overrideEngine   = "response-override"
)

// addEngine gives a command the flag that chooses the engine, the first one by default.
func addEngine(cmd *cobra.Command, engine *string, choices ...string) {
	*engine = choices[0]
	cmd.Flags().Var(&choice{value: engine, choices: choices}, "engine", "the `engine` that answers: "+strings.Join(choices, ", "))
	must(cmd.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions(choices, cobra.ShellCompDirectiveNoFileComp)))
}

// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
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
	plugin      emit.Plugin
	out, format string
	force       bool
	// adapter is what runs the document.
	adapter ability.Host
	// load gives the document in the place of the argument or of stdin; nil where only these do.
	load func(cmd *cobra.Command, names []string) (check.Checked, error)
	// checked is the plugin's document as it was read.
	checked check.Checked
	// left is what the files do not say of it, an error for what was left out.
	left finding.List
}

// add gives a command the flags. rootID is the default of --root-id.
func (e *emission) add(cmd *cobra.Command, name, rootID string) {
	flags := cmd.Flags()
	flags.StringVar(&e.out, "out", "", "the `folder` to write all files to; without it the first file is printed")
	addForce(cmd, &e.force)
	flags.StringVar(&e.plugin.Name, "name", name, "the `name` of the filter")
	flags.StringVar(&e.plugin.RootID, "root-id", rootID, "the `root_id` of the filter; each listener needs its own")
	addAdapter(cmd, &e.adapter, "the filter's `adapter`, and its Envoy")
	addFormat(cmd, &e.format, "text", "json")
}

// isModule reports whether the filter is to be the dynamic module.
func (e *emission) isModule() bool { return e.adapter.Adapter == ability.Module }

// run is what such a command does: it checks its flags, loads the document, which must be a good one, and delivers the files.
func (e *emission) run(a *app, checkFlags func() error, files func() ([]emit.File, error)) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, names []string) error {
		if err := checkFlags(); err != nil {
			return usageOf(cmd, err)
		}
		load := e.load
		if load == nil {
			load = func(_ *cobra.Command, names []string) (check.Checked, error) {
				return a.loadFor(orStdin(names)[0], e.adapter)
			}
		}
		checked, err := load(cmd, names)
		if err != nil {
			return err
		}
		e.checked, e.plugin.Document = checked, checked.Source.Text
		made, err := files()
		if err != nil {
			return err
		}
		return e.deliver(a, made)
	}
}

// deliver writes the files, or prints them, and says whether they hold the whole document.
func (e *emission) deliver(a *app, files []emit.File) error {
	if err := e.write(files); err != nil {
		return err
	}
	emitted := make([]emittedFile, len(files))
	for i, f := range files {
		emitted[i] = emittedFile{Name: filepath.Join(e.out, f.Name)}
		if e.out == "" {
			emitted[i].Text = string(f.Text)
		}
	}
	if err := e.print(a, emitted); err != nil {
		return err
	}
	if e.left.HasErrors() {
		return errFindings
	}
	return nil
}

// write writes the files into the folder, if there is one.
func (e *emission) write(files []emit.File) error {
	if e.out == "" {
		return nil
	}
	outputs := make([]output, len(files))
	for i, f := range files {
		outputs[i] = output{filepath.Join(e.out, f.Name), f.Text, e.force}
	}
	return writeFiles(outputs...)
}

// emittedFile is a file for programs. Text is "" for one that was written.
type emittedFile struct {
	Name string `json:"name"`
	Text string `json:"text,omitempty"`
}

// print prints the names of the files that were written, or the text of the first one. As JSON all of them are there.
func (e *emission) print(a *app, files []emittedFile) error {
	if e.format == "json" {
		return a.json(struct {
			Files    []emittedFile    `json:"files"`
			Findings []finding.Linked `json:"findings"`
		}{files, e.left.Linked()})
	}
	if err := e.left.Text(a.err, colour(a.err)); err != nil {
		return err
	}
	if e.out == "" {
		_, err := io.WriteString(a.out, files[0].Text)
		return err
	}
	for _, f := range files {
		if _, err := fmt.Fprintln(a.out, f.Name); err != nil {
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
	addChoice(cmd, engine, "engine", "engine", "what answers", choices...)
}

// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/presets"
)

// initFlags are the flags of init.
type initFlags struct {
	presets []string
	force   bool
	format  string
}

func newInit(a *app) *cobra.Command {
	var flags initFlags
	var about strings.Builder
	var names []string
	for _, preset := range presets.All() {
		fmt.Fprintf(&about, "\n  %-8s  %s", preset.Name, preset.About)
		names = append(names, preset.Name)
	}
	cmd := &cobra.Command{
		Use:   "init [FOLDER]",
		Short: "Begin a document, with its first tests",
		Long: `init writes a document to begin with, its first tests, their JSON Schemas for editors, and the page if there is one, into a folder:
the one that you are in, or FOLDER. Presets say what it is for; several go together:
` + about.String() + `

Without --force no file is overwritten: when one of them is there already, nothing is written.`,
		Example: "  gwr init\n  gwr init --preset problem,html,cors errors",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			folder := "."
			if len(args) > 0 {
				folder = args[0]
			}
			return a.begin(folder, flags)
		},
	}
	cmd.Flags().StringSliceVar(&flags.presets, "preset", []string{presets.Default}, "the `presets` to begin with, with commas between")
	addForce(cmd, &flags.force)
	addFormat(cmd, &flags.format, "text", "json")
	must(cmd.RegisterFlagCompletionFunc("preset", cobra.FixedCompletions(names, cobra.ShellCompDirectiveNoFileComp)))
	return cmd
}

// begin writes the files of a starter.
func (a *app) begin(folder string, flags initFlags) error {
	files, err := presets.Starter(flags.presets)
	if err != nil {
		return usage(fmt.Errorf("--preset: %w", err))
	}
	paths := make([]string, len(files))
	outputs := make([]output, len(files))
	for i, file := range files {
		paths[i] = filepath.Join(folder, filepath.FromSlash(file.Name))
		outputs[i] = output{paths[i], file.Text, flags.force}
	}
	if err := writeFiles(outputs...); err != nil {
		return err
	}
	for _, path := range paths {
		a.say("wrote %s", path)
	}
	if flags.format == "json" {
		return a.json(struct {
			Files []string `json:"files"`
		}{paths})
	}
	_, err = fmt.Fprintf(a.out, `Next:
  gwr test %[2]s
      holds the document to its first tests
  gwr explain %[1]s --type THROTTLED
      shows what a client sees of an error, and why
  gwr build %[1]s --out %[3]s
      makes the document that Envoy gets
`, paths[0], paths[1], strings.TrimSuffix(paths[0], filepath.Ext(paths[0]))+".json")
	return err
}

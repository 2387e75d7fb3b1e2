// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/format"
	"gatewayresponses/internal/source"
)

// fmtFlags are the flags of fmt.
type fmtFlags struct {
	check, diff, write bool
	output             string
}

func newFmt(a *app) *cobra.Command {
	var flags fmtFlags
	cmd := &cobra.Command{
		Use:   "fmt [DOCUMENT...]",
		Short: "Write documents in one form",
		Long: `fmt writes documents in one form: two spaces for each level, and the keys of the format in the order of docs/document.md. YAML
keeps its comments, its empty lines and the way in which its texts are written. The meaning never changes.

The form goes to stdout, or with --write into the file. What cannot be read, or would lose a comment, stays as it is: that is
printed, and the exit code is 1. As JSON, --check and --write say of each file whether it was in its form.`,
		Example: "  gwr fmt --write gateway-responses.yaml\n  gwr fmt --check *.yaml",
		RunE: func(cmd *cobra.Command, names []string) error {
			if flags.output == "json" && !flags.check && !flags.write {
				return usageOf(cmd, errors.New("-o json needs --check or --write; without them the output is the form itself"))
			}
			return a.formatAll(orStdin(names), flags)
		},
	}
	cmd.Flags().BoolVar(&flags.check, "check", false, "list the files that are not in their form, and exit with 1 when there is one")
	cmd.Flags().BoolVar(&flags.diff, "diff", false, "print what would change")
	cmd.Flags().BoolVar(&flags.write, "write", false, "write the form into the file")
	addFormat(cmd, &flags.output, "text", "json")
	cmd.MarkFlagsMutuallyExclusive("write", "diff")
	cmd.MarkFlagsMutuallyExclusive("write", "check")
	return cmd
}

// formatted is what became of one file, for programs.
type formatted struct {
	Name string `json:"name"`
	// InForm reports whether the file was in its form before; without one it is false.
	InForm   bool             `json:"inForm"`
	Findings []finding.Linked `json:"findings"`
}

// formatAll formats files, all of them even when one cannot be formatted.
func (a *app) formatAll(names []string, flags fmtFlags) error {
	failed := false
	files := []formatted{}
	for _, name := range names {
		file, err := a.format(name, flags)
		switch {
		case errors.Is(err, errFindings):
			failed = true
		case err != nil:
			return err
		}
		files = append(files, file)
	}
	if flags.output == "json" {
		if err := a.json(struct {
			Files []formatted `json:"files"`
		}{files}); err != nil {
			return err
		}
	}
	if failed {
		return errFindings
	}
	return nil
}

// format formats one file.
func (a *app) format(name string, flags fmtFlags) (formatted, error) {
	if flags.write && name == standsForStdin {
		return formatted{}, usage(errors.New("--write needs a file; what comes from stdin goes to stdout"))
	}
	text, err := a.text(name, source.MaxSize)
	if err != nil {
		return formatted{}, err
	}
	form, found := format.Source(shown(name), text)
	file := formatted{Name: shown(name), InForm: form != nil && bytes.Equal(text, form), Findings: found.Linked()}
	if flags.output != "json" {
		if err := found.Text(a.err, colour(a.err)); err != nil {
			return file, err
		}
	}
	if form == nil {
		return file, errFindings
	}
	return file, a.deliverForm(name, text, form, flags)
}

// deliverForm does with the form of a file what the flags ask for.
func (a *app) deliverForm(name string, text, form []byte, flags fmtFlags) error {
	same := bytes.Equal(text, form)
	if !flags.check && !flags.diff && !flags.write {
		_, err := a.out.Write(form)
		return err
	}
	var err error
	switch {
	case same:
		return nil
	case flags.write:
		return replaceFile(name, form)
	case flags.output == "json":
	case flags.diff:
		_, err = a.out.Write(diff.Diff(shown(name), text, shown(name)+" (gwr fmt)", form))
	default:
		_, err = fmt.Fprintln(a.out, shown(name))
	}
	if err == nil && flags.check {
		return errFindings
	}
	return err
}

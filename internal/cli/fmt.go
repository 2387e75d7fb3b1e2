// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"gatewayresponses/internal/format"
	"gatewayresponses/internal/source"
)

// fmtFlags are the flags of fmt.
type fmtFlags struct{ check, diff, write bool }

func newFmt(a *app) *cobra.Command {
	var flags fmtFlags
	cmd := &cobra.Command{
		Use:   "fmt [FILE...]",
		Short: "Write documents in one form",
		Long: `fmt writes documents in one form: two spaces for each level, and the keys of the format in the order of docs/document.md. YAML
keeps its comments, its empty lines and the way in which its texts are written. The meaning never changes.

The form goes to stdout, or with --write into the file. What cannot be read, or would lose a comment, stays as it is: that is
printed, and the exit code is 1.`,
		Example: "  gwr fmt --write gateway-responses.yaml\n  gwr fmt --check *.yaml",
		RunE:    func(_ *cobra.Command, names []string) error { return a.formatAll(orStdin(names), flags) },
	}
	cmd.Flags().BoolVar(&flags.check, "check", false, "list the files that are not in their form, and exit with 1 when there is one")
	cmd.Flags().BoolVar(&flags.diff, "diff", false, "print what would change")
	cmd.Flags().BoolVar(&flags.write, "write", false, "write the form into the file")
	cmd.MarkFlagsMutuallyExclusive("write", "diff")
	cmd.MarkFlagsMutuallyExclusive("write", "check")
	return cmd
}

// formatAll formats files, all of them even when one cannot be formatted.
func (a *app) formatAll(names []string, flags fmtFlags) error {
	failed := false
	for _, name := range names {
		switch err := a.format(name, flags); {
		case errors.Is(err, errFindings):
			failed = true
		case err != nil:
			return err
		}
	}
	if failed {
		return errFindings
	}
	return nil
}

// format formats one file.
func (a *app) format(name string, flags fmtFlags) error {
	if flags.write && name == standsForStdin {
		return usage(errors.New("--write needs a file; what comes from stdin goes to stdout"))
	}
	text, err := a.text(name, source.MaxSize)
	if err != nil {
		return err
	}
	formatted, found := format.Source(shown(name), text)
	if err := found.Text(a.err, colour(a.err)); err != nil {
		return err
	}
	same := bytes.Equal(text, formatted)
	switch {
	case formatted == nil:
		return errFindings
	case flags.write && same:
		return nil
	case flags.write:
		return writeFile(name, formatted, true)
	case !flags.check && !flags.diff:
		_, err = a.out.Write(formatted)
		return err
	case same:
		return nil
	}
	if flags.diff {
		_, err = a.out.Write(diff.Diff(shown(name), text, shown(name)+" (gwr fmt)", formatted))
	} else {
		_, err = fmt.Fprintln(a.out, shown(name))
	}
	if err == nil && flags.check {
		return errFindings
	}
	return err
}

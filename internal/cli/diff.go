// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/diff"
	"gatewayresponses/internal/exchange"
)

func newDiff(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff BEFORE AFTER",
		Short: "Say what a change of a document changes for clients",
		Long: `diff compares two documents by what clients see of them: the replies to the same errors, a typical one of each type and what
rules name, on every route, in every media type. It shows status, headers and body before and after; replies in which the
same changes are shown together, and those that stay the same are counted. - reads one of the documents from stdin.

-o markdown is for a comment on a pull request: a table, and the changes behind it, collapsed, within the 65,536 characters that a
comment may have.

The exit code is 0 when clients see no difference and 1 when they do, as that of diff and of git diff --exit-code.`,
		Example: `  gwr diff old.yaml gwr.yaml
  git show main:gwr.yaml | gwr diff - gwr.yaml -o markdown`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, names []string) error {
			var documents [2]exchange.Document
			for i, name := range names {
				var err error
				if documents[i], err = a.loadForExchanges(name); err != nil {
					return err
				}
			}
			return a.printDiff(diff.Of(documents[0], documents[1]), format)
		},
	}
	addFormat(cmd, &format, "text", "json", "markdown")
	return cmd
}

// printDiff prints what changes.
func (a *app) printDiff(report *diff.Report, format string) error {
	var err error
	switch format {
	case "json":
		err = a.json(report.JSON())
	case "markdown":
		err = report.Markdown(a.out)
	default:
		err = report.Text(a.out, colour(a.out))
	}
	if err == nil && !report.Same() {
		return errFindings
	}
	return err
}

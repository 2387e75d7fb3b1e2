// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
)

func newValidate(a *app) *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "validate [FILE...]",
		Short: "Find what is wrong with a document",
		Long: `validate reads documents with the decoder that runs in Envoy and prints all that is wrong, or unwise, with the place where
it was written. Without FILE, or with -, it reads stdin.`,
		Example: "  gwr validate gwr.yaml",
		RunE: func(_ *cobra.Command, names []string) error {
			var all finding.List
			for _, name := range orStdin(names) {
				document, found, err := a.read(name)
				if err != nil {
					return err
				}
				if document != nil {
					_, more := check.Load(document)
					found = append(found, more...)
				}
				all = append(all, found...)
			}
			return a.report(all, format)
		},
	}
	addFormat(cmd, &format, "text", "json")
	return cmd
}

// report prints findings.
func (a *app) report(found finding.List, format string) error {
	var err error
	if format == "json" {
		err = a.json(struct {
			Findings finding.List `json:"findings"`
		}{append(finding.List{}, found...)})
	} else {
		err = found.Text(a.out, colour(a.out))
	}
	if err == nil && found.HasErrors() {
		return errFindings
	}
	return err
}

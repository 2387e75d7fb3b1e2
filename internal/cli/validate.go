// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
)

func newValidate(a *app) *cobra.Command {
	var format string
	var host ability.Host
	cmd := &cobra.Command{
		Use:   "validate [DOCUMENT...]",
		Short: "Find what is wrong with a document",
		Long: `validate reads documents with the decoder that runs in Envoy and prints all that is wrong, or unwise, with the place where
it was written, a code, and where the code is explained. Without DOCUMENT, or with -, it reads stdin. Findings go to stdout, a line
about each document to stderr. Warnings refuse nothing: the exit code is 1 when there is an error. Test files, NAME.test.yaml,
are left out. With --adapter it warns of what that adapter cannot tell on that Envoy.`,
		Example: "  gwr validate gwr.yaml\n  gwr validate -o github *.yaml",
		RunE: func(_ *cobra.Command, names []string) error {
			return a.inspect(names, format, finding.Error, host, func(checked check.Checked) finding.List { return checked.Findings })
		},
	}
	addFormat(cmd, &format, findingFormats...)
	addAdapter(cmd, &host, judgedFor)
	return cmd
}

// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lint"
)

func newLint(a *app) *cobra.Command {
	var format string
	var host ability.Host
	failOn := string(finding.Error)
	cmd := &cobra.Command{
		Use:   "lint [DOCUMENT...]",
		Short: "Find what is valid in a document, but unwise",
		Long: `lint finds all that validate finds, and what is unwise in a good document: entries that never answer, replies that clients or
caches get wrong, errors that look like successes, what clients can write into replies. Without DOCUMENT, or with -, it reads stdin.

What an owner knows better is allowed with a reason: in YAML by a comment in the line or above it,
  # gwr:allow GWR112 clients of 2019 read the body alone
and in YAML and JSON by a member of the object around it, in the root, an entry, a route or a rule,
  "x-gwr-allow": {"GWR112": "clients of 2019 read the body alone"}

With --adapter it warns of what that adapter cannot tell on that Envoy.

The exit code is 1 when there is a finding as severe as --fail-on says.`,
		Example: "  gwr lint gwr.yaml\n  gwr lint --fail-on warning -o sarif gwr.yaml",
		RunE: func(_ *cobra.Command, names []string) error {
			return a.inspect(names, format, finding.Severity(failOn), host, lint.Check)
		},
	}
	addFormat(cmd, &format, findingFormats...)
	addFailOn(cmd, &failOn)
	addAdapter(cmd, &host, judgedFor)
	return cmd
}

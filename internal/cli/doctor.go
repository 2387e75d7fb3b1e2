// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/doctor"
	"gatewayresponses/internal/finding"
)

func newDoctor(a *app) *cobra.Command {
	var format, filter string
	failOn := string(finding.Error)
	cmd := &cobra.Command{
		Use:   "doctor [FILE|URL]",
		Short: "Say what keeps the filter from seeing errors in an Envoy",
		Long: `doctor reads what an Envoy runs and says what keeps the filter from seeing errors or from doing right: where it stands among the
filters, what switches it off, what changes its replies again, how it fails and what document it has. It also lists, for each
chain of filters, who can raise which gateway response type, and whether the filter sees that.

It reads a config_dump, a bootstrap, a file of listeners, http_filters alone, or manifests of Istio and Envoy Gateway, as JSON or
YAML: from FILE, from stdin, or from the admin interface of an Envoy at URL, which is asked for /config_dump.

The exit code is 1 when there is a finding as severe as --fail-on says.`,
		Example: `  gwr doctor http://localhost:9901
  gwr doctor envoy.yaml
  kubectl get envoyfilters,wasmplugins -A -o yaml | gwr doctor`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			report, err := a.examine(cmd.Context(), orStdin(names)[0], doctor.Options{Filter: filter})
			if err != nil {
				return err
			}
			if err := a.printReport(report, format); err != nil {
				return err
			}
			if report.Findings.AsSevereAs(finding.Severity(failOn)) {
				return errFindings
			}
			return nil
		},
	}
	addFormat(cmd, &format, "text", "json")
	addFailOn(cmd, &failOn)
	cmd.Flags().StringVar(&filter, "filter", "", "the configured `name` of the filter, where nothing in its configuration tells what it is")
	return cmd
}

// examine reads what doctor is to look at.
func (a *app) examine(ctx context.Context, name string, options doctor.Options) (*doctor.Report, error) {
	var text []byte
	var err error
	if strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://") {
		if text, err = doctor.Fetch(ctx, name); err != nil {
			return nil, unreadable(err)
		}
	} else if text, err = a.text(name, doctor.MaxSize); err != nil {
		return nil, err
	}
	report, err := doctor.Examine(shown(name), text, options)
	if err != nil {
		return nil, unreadable(err)
	}
	return report, nil
}

// printReport prints what doctor found.
func (a *app) printReport(report *doctor.Report, format string) error {
	if format == "json" {
		return a.json(struct {
			Envoy    string           `json:"envoy,omitempty"`
			Findings []finding.Linked `json:"findings"`
			Chains   []doctor.Chain   `json:"chains"`
		}{report.Envoy, report.Findings.Linked(), report.Chains})
	}
	err := report.Findings.Text(a.out, colour(a.out))
	for i := range report.Chains {
		if i > 0 || len(report.Findings) > 0 {
			_, line := fmt.Fprintln(a.out)
			err = errors.Join(err, line)
		}
		err = errors.Join(err, report.Chains[i].Text(a.out))
	}
	return err
}

// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"strings"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/version"
)

// findingFormats are how findings can be printed.
var findingFormats = []string{"text", "json", "sarif", "github"}

// inspect reads documents for a host and prints what findings finds in them, and then a line about each. It fails when a finding is as severe
// as failOn. A file that cannot be read ends it, once what was found in those before is printed. Test files are left out: people
// write *.yaml.
func (a *app) inspect(names []string, format string, failOn finding.Severity, host ability.Host, findings func(check.Checked) finding.List) error {
	var all finding.List
	var summaries strings.Builder
	var err error
	for _, name := range orStdin(names) {
		if isTestName(name) {
			fmt.Fprintf(&summaries, "%s: left out, gwr test reads it\n", finding.Printable(name))
			continue
		}
		document, found, problem := a.read(name)
		if err = problem; err != nil {
			break
		}
		parts := ""
		if document != nil {
			checked := check.ReadFor(document, host)
			found = append(found, findings(checked)...)
			parts = contents(checked)
		}
		fmt.Fprintf(&summaries, "%s: %s\n", finding.Printable(shown(name)), summary(found, parts))
		all = append(all, found...)
	}
	if problem := a.print(all, format); problem != nil {
		return problem
	}
	if _, problem := io.WriteString(a.err, summaries.String()); problem != nil {
		return problem
	}
	if err == nil && all.AsSevereAs(failOn) {
		return errFindings
	}
	return err
}

// print prints findings.
func (a *app) print(found finding.List, format string) error {
	switch format {
	case "json":
		return a.json(struct {
			Findings []finding.Linked `json:"findings"`
		}{found.Linked()})
	case "sarif":
		return found.SARIF(a.out, version.Number)
	case "github":
		return found.GitHub(a.out)
	default:
		return found.Text(a.out, colour(a.out))
	}
}

// summary says in a few words what was found, and what the document has.
func summary(found finding.List, parts string) string {
	var words []string
	for _, severity := range []finding.Severity{finding.Error, finding.Warning, finding.Info} {
		if n := found.Count(severity); n > 0 {
			words = append(words, listing.Count(n, string(severity), severity.Plural()))
		}
	}
	if words == nil {
		words = []string{"fine"}
	}
	if parts != "" && !found.HasErrors() {
		words = append(words, parts)
	}
	return strings.Join(words, ", ")
}

// contents counts what a document has.
func contents(checked check.Checked) string {
	entries := len(checked.Document.GatewayResponses)
	for i := range checked.Document.Routes {
		entries += len(checked.Document.Routes[i].GatewayResponses)
	}
	return listing.Count(entries, "entry", "entries") + ", " + listing.Count(len(checked.Document.Routes), "route", "routes")
}

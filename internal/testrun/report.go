// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"fmt"
	"io"
	"math"
	"strings"
	"time"

	"gatewayresponses/internal/coverage"
	"gatewayresponses/internal/finding"
)

// Report is what came of a run.
type Report struct {
	Results []Result
	// Coverage is what was reached of each document, nil when nobody asked.
	Coverage []DocumentCoverage
	Duration time.Duration
}

// DocumentCoverage is what was reached of one document.
type DocumentCoverage struct {
	Document *Document
	*coverage.Coverage
}

// Cover works out what was reached, document by document in the order of the results.
func (r *Report) Cover() {
	byDocument := map[*Document]*coverage.Coverage{}
	for i := range r.Results {
		result := &r.Results[i]
		document := result.Suite.Document
		c := byDocument[document]
		if c == nil {
			c = coverage.New(document.Document)
			byDocument[document] = c
			r.Coverage = append(r.Coverage, DocumentCoverage{document, c})
		}
		if result.Facts.Reply.Status != 0 {
			explained := document.Program.Explain(&result.Facts)
			c.Reach(&explained)
		}
	}
}

// LowestCoverage is the lowest percentage among the documents, 100 without any.
func (r *Report) LowestCoverage() int {
	lowest := 100
	for _, c := range r.Coverage {
		lowest = min(lowest, c.Total().Percent())
	}
	return lowest
}

// Failed counts the tests that failed.
func (r *Report) Failed() int {
	failed := 0
	for i := range r.Results {
		if len(r.Results[i].Failures) > 0 {
			failed++
		}
	}
	return failed
}

// Text writes the report for people: failures, then a line that sums up.
func (r *Report) Text(w io.Writer) error {
	var b strings.Builder
	for i := range r.Results {
		r.Results[i].text(&b)
	}
	r.coverageText(&b)
	if len(r.Results) > 0 {
		b.WriteString(r.Summary() + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Summary sums the report up in a line.
func (r *Report) Summary() string {
	tests := fmt.Sprintf("%d tests", len(r.Results))
	if len(r.Results) == 1 {
		tests = "1 test"
	}
	outcome := "all passed"
	if failed := r.Failed(); failed > 0 {
		outcome = fmt.Sprintf("%d failed", failed)
	}
	return fmt.Sprintf("%s in %s, %s", tests, took(r.Duration), outcome)
}

// took words how long something has taken: in milliseconds, rounded up, and from a second on in seconds.
func took(d time.Duration) string {
	if ms := int64(math.Ceil(d.Seconds() * 1000)); ms < 1000 {
		return fmt.Sprintf("%d ms", max(1, ms))
	}
	return fmt.Sprintf("%.1f s", d.Seconds())
}

// text writes what is to say of a test that failed.
func (r *Result) text(b *strings.Builder) {
	if len(r.Failures) == 0 {
		return
	}
	fmt.Fprintf(b, "FAIL %s: %s\n", r.Place(), finding.Printable(r.Test.Name.Value))
	for _, f := range r.Failures {
		fmt.Fprintf(b, "  %s: %s: %s\n", f.Place, f.What, f.Message)
		for line := range strings.Lines(f.Diff) {
			b.WriteString("      " + line)
		}
	}
	if way := r.way(); way != "" {
		fmt.Fprintf(b, "  %s\n", way)
	}
	b.WriteByte('\n')
}

// way says how the reply came about, "" when there is none.
func (r *Result) way() string {
	reply := &r.Facts.Reply
	if reply.Status == 0 {
		return ""
	}
	of := reply.Details
	if of == "" {
		of = "no details"
	}
	way := fmt.Sprintf("Envoy's reply: %d, %s", reply.Status, of)
	trace := &r.Reply.Trace
	if t := trace.Class.Type; t != "" {
		way += fmt.Sprintf("; taken for %s by %s", t, trace.Class.Reason)
	}
	switch {
	case trace.Left != "":
		way += "; left: " + string(trace.Left)
	case trace.Entry != "":
		way += "; answered by " + trace.Entry
	}
	return way
}

// coverageText writes what was reached.
func (r *Report) coverageText(b *strings.Builder) {
	for _, c := range r.Coverage {
		total := c.Total()
		fmt.Fprintf(b, "coverage of %s: %d%% (%d of %d)\n", c.Document.Name, total.Percent(), total.Reached, total.Total)
		for _, kind := range coverage.Kinds() {
			s := c.Of(kind)
			if s.Total == 0 {
				continue
			}
			line := fmt.Sprintf("  %-12s%d of %d", kindNames[kind], s.Reached, s.Total)
			if len(s.Missing) > 0 {
				line += ", without"
			}
			b.WriteString(line + wrapped(len(line), s.Missing) + "\n")
		}
	}
}

// width is how many columns a list of names has.
const width = 100

// wrapped is a list of names that begins at a column, each line after the first with an indent.
func wrapped(column int, names []string) string {
	var b strings.Builder
	for i, name := range names {
		if i > 0 {
			b.WriteByte(',')
		}
		if column+len(name) > width {
			b.WriteString("\n   ")
			column = len("   ")
		}
		b.WriteString(" " + name)
		column += len(name) + len(", ")
	}
	return b.String()
}

// kindNames are the kinds as people read them.
var kindNames = map[coverage.Kind]string{
	coverage.Types: "types", coverage.Entries: "entries", coverage.Routes: "routes", coverage.MediaTypes: "media types",
}

// Findings are the failures as findings: each is an error at the place where something is wanted.
func (r *Report) Findings() finding.List {
	var list finding.List
	for i := range r.Results {
		result := &r.Results[i]
		for _, f := range result.Failures {
			message := result.Test.Name.Value + ": " + f.What + ": " + f.Message
			if f.Diff != "" {
				message += "\n" + strings.TrimSuffix(f.Diff, "\n")
			}
			list = append(list, finding.Finding{Severity: finding.Error, Place: f.Place, Message: message})
		}
	}
	return list
}

// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"gatewayresponses/internal/coverage"
	"gatewayresponses/internal/facts"
)

// JSON is the report as one JSON object.
type JSON struct {
	Tests    []TestJSON     `json:"tests"`
	Coverage []CoverageJSON `json:"coverage,omitempty"`
	Passed   int            `json:"passed"`
	Failed   int            `json:"failed"`
	Seconds  float64        `json:"seconds"`
}

// TestJSON is one test.
type TestJSON struct {
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
	Name     string        `json:"name"`
	Passed   bool          `json:"passed"`
	Failures []FailureJSON `json:"failures,omitempty"`
	// Assumed names what of the error the test does not say.
	Assumed []string      `json:"assumed,omitempty"`
	Status  int           `json:"status,omitempty"`
	Headers facts.Headers `json:"headers,omitempty"`
	Body    string        `json:"body,omitempty"`
	Type    string        `json:"type,omitempty"`
	Entry   string        `json:"entry,omitempty"`
	Left    string        `json:"left,omitempty"`
	Seconds float64       `json:"seconds"`
}

// FailureJSON is one thing that is not as it is wanted.
type FailureJSON struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	What    string `json:"what"`
	Message string `json:"message"`
	Diff    string `json:"diff,omitempty"`
}

// CoverageJSON is what was reached of one document.
type CoverageJSON struct {
	Document string                             `json:"document"`
	Percent  int                                `json:"percent"`
	Parts    map[coverage.Kind]coverage.Summary `json:"parts"`
}

// JSON is the report for programs.
func (r *Report) JSON() JSON {
	failed := r.Failed()
	report := JSON{Tests: []TestJSON{}, Passed: len(r.Results) - failed, Failed: failed, Seconds: r.Duration.Seconds()}
	for i := range r.Results {
		report.Tests = append(report.Tests, r.Results[i].json())
	}
	for _, c := range r.Coverage {
		covered := CoverageJSON{Document: c.Document.Name, Percent: c.Total().Percent(), Parts: map[coverage.Kind]coverage.Summary{}}
		for _, kind := range coverage.Kinds() {
			covered.Parts[kind] = c.Of(kind)
		}
		report.Coverage = append(report.Coverage, covered)
	}
	return report
}

// json is one result.
func (r *Result) json() TestJSON {
	place, trace := r.Place(), &r.Reply.Trace
	test := TestJSON{
		File: place.File, Line: place.Line, Column: place.Column, Name: r.Test.Name.Value, Passed: len(r.Failures) == 0,
		Assumed: r.Assumed, Status: r.Reply.Status, Headers: r.Reply.Headers, Body: string(r.Reply.Body),
		Type: string(trace.Class.Type), Entry: trace.Entry, Left: string(trace.Left), Seconds: r.Duration.Seconds(),
	}
	for _, f := range r.Failures {
		test.Failures = append(test.Failures, FailureJSON{f.Place.File, f.Place.Line, f.Place.Column, f.What, f.Message, f.Diff})
	}
	return test
}

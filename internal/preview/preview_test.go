// SPDX-License-Identifier: Apache-2.0

package preview

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// TestCorpus holds every case of the corpus.
func TestCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			program, findings := engine.Load(c.Document, engine.Everything())
			if program == nil {
				t.Fatal(findings)
			}
			f := c.Facts
			if c.Code != 0 {
				f.Reply.Status = c.Code
			}
			got := Of(program, f)
			if diff := c.Want.Diff(got.Status, got.Headers, got.Body, !c.Head()); diff != "" {
				t.Error(diff)
			}
			if diff := c.Trace.Diff(traceOf(got.Trace)); diff != "" {
				t.Error(diff)
			}
			if c.Want.Untouched && got.Replaced {
				t.Error("the reply is replaced, want it untouched")
			}
		})
	}
}

// traceOf is a trace as cases hold it.
func traceOf(trace engine.Trace) cases.Trace {
	return cases.Trace{
		Type: string(trace.Class.Type), Reason: string(trace.Class.Reason),
		Entry: trace.Entry, Left: string(trace.Left), Dropped: strings.Join(trace.Dropped, " "),
	}
}

// TestKeepsFacts holds that facts can be used again.
func TestKeepsFacts(t *testing.T) {
	program, _ := engine.Load([]byte(`{"gatewayResponses": {"DEFAULT_4XX": {"statusCode": "418", "headers": {"a": "2"}}}}`), engine.Everything())
	f := facts.Facts{Reply: facts.Reply{Status: 403, Headers: facts.Headers{{Name: ":status", Value: "403"}, {Name: "a", Value: "1"}}, HasBody: true, Body: []byte("no")}}
	headers := slices.Clone(f.Reply.Headers)
	first := Of(program, f)
	if second := Of(program, f); !slices.Equal(first.Headers, second.Headers) || string(first.Body) != string(second.Body) {
		t.Errorf("the second reply is %v, the first was %v", second, first)
	}
	if !slices.Equal(f.Reply.Headers, headers) {
		t.Errorf("the facts have changed: %v", f.Reply.Headers)
	}
}

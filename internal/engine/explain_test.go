// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/route"
)

// TestExplainCorpus holds, for every case of the corpus, that an explanation decides as Decide does, and that it agrees with what
// was decided.
func TestExplainCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			program, findings := Load(c.Document, Everything())
			if program == nil {
				t.Fatalf("the document is refused:\n%s", findings)
			}
			e, want := program.Explain(&c.Facts), program.Decide(&c.Facts)
			if diff := cmp.Diff(want, e.Decision, cmpopts.IgnoreFields(Reply{}, "Quote")); diff != "" {
				t.Errorf("Explain decides otherwise (-Decide +Explain):\n%s", diff)
			}
			checkExplanation(t, &e)
		})
	}
}

// checkExplanation holds an explanation against its own decision.
func checkExplanation(t *testing.T, e *Explanation) {
	t.Helper()
	class := e.Decision.Trace.Class
	if byRule := len(e.Rules) > 0 && e.Rules[len(e.Rules)-1].Failing == ""; byRule != (class.Reason == classify.ByRule) {
		t.Errorf("rules %+v, and the reason is %q", e.Rules, class.Reason)
	}
	if class.Reason == classify.ByDetails || class.Reason == classify.ByFlag {
		if e.Known.Row != class.Row {
			t.Errorf("row %q, want %q", e.Known.Row, class.Row)
		}
	}
	for i, look := range e.Looks {
		if look.Found != (i == len(e.Looks)-1 && e.Decision.Reply != nil) && e.Decision.Trace.Entry != BuiltIn && e.Decision.Trace.Entry != GRPCMessage &&
			e.Decision.Trace.Left == "" {
			t.Errorf("looks %+v, and the entry is %q", e.Looks, e.Decision.Trace.Entry)
		}
	}
	checkChanges(t, e)
	if e.Decision.Reply == nil {
		return
	}
	if (e.Status == StatusByNobody) || (e.Status == StatusByTunnel) != e.Decision.Trace.KeptStatus {
		t.Errorf("status by %d", e.Status)
	}
	if chosen := slices.IndexFunc(e.Media, func(m Medium) bool { return m.Chosen }); chosen < 0 && e.Media != nil {
		t.Errorf("no body of %+v is chosen", e.Media)
	}
}

// checkChanges holds that the changes which steps made come to those that were decided.
func checkChanges(t *testing.T, e *Explanation) {
	t.Helper()
	last := map[string][]string{}
	for _, change := range e.Changes {
		last[change.Name] = change.Set
	}
	for _, line := range e.Decision.Headers.Set {
		if diff := cmp.Diff(e.Decision.Headers.Set.Values(line.Name), last[line.Name]); diff != "" {
			t.Errorf("%s was set by no step (-decided +noted):\n%s", line.Name, diff)
		}
	}
	for _, name := range e.Decision.Headers.Remove {
		if values, changed := last[name]; !changed || values != nil {
			t.Errorf("%s was removed by no step: %+v", name, e.Changes)
		}
	}
}

// TestExplain looks at each step of one exchange.
func TestExplain(t *testing.T) {
	program, findings := Load([]byte(`{
		"stageVariables": {"docs": "https://docs.example.com"},
		"gatewayResponses": {"DEFAULT_4XX": {
			"statusCode": 418,
			"headers": {"x-id": "$context.requestId", "x-none": "$method.request.header.none"},
			"responseTemplates": {"text/html": "<p>$context.error.message</p>", "application/json": "{\"docs\": \"$stageVariables.docs\"}"}}},
		"routes": [
			{"name": "named"},
			{"name": "other", "match": {"hosts": ["*.example.org"]}},
			{"name": "posts", "match": {"methods": ["POST"]}},
			{"name": "pets", "match": {"path": "/pets/{petId}"}, "gatewayResponses": {"DEFAULT_5XX": {}}},
			{"name": "late", "match": {"pathPrefix": "/"}}],
		"classification": [
			{"name": "waf", "when": {"filter": ["coraza", "waf*"]}, "responseType": "WAF_FILTERED"},
			{"name": "limits", "when": {"details": ["local_*"], "requestHeaders": [{"name": "x-vip", "present": false}]}, "responseType": "QUOTA_EXCEEDED"},
			{"name": "rest", "when": {"status": ["4xx"]}, "leave": true}]
	}`), Everything())
	if program == nil {
		t.Fatal(findings)
	}
	e := program.Explain(&facts.Facts{
		Request: facts.Request{Headers: facts.Headers{
			{Name: ":method", Value: "GET"},
			{Name: ":authority", Value: "api.example.com:443"},
			{Name: ":path", Value: "/pets/7?a=b"},
			{Name: "accept", Value: "text/html;q=0.5, application/*"},
			{Name: "x-request-id", Value: "r-1"},
		}},
		Reply: facts.Reply{Status: 429, Details: "local_rate_limited", Owner: "limiter", HasBody: true, Headers: facts.Headers{
			{Name: ":status", Value: "429"}, {Name: "content-type", Value: "text/plain"}, {Name: "etag", Value: "x"}, {Name: "x-kept", Value: "1"},
		}},
	})
	for _, want := range []struct {
		name      string
		want, got any
	}{
		{"entry", "DEFAULT_4XX", e.Decision.Trace.Entry},
		{"route", "pets", e.Place.Route},
		{"tried", []route.Trial{
			{Name: "named", Failing: route.OnName},
			{Name: "other", Failing: route.OnHosts, Wanted: []string{"*.example.org"}, Got: "api.example.com"},
			{Name: "posts", Failing: route.OnMethods, Wanted: []string{"POST"}, Got: "GET"},
			{Name: "pets"},
		}, e.Place.Tried},
		{"parameters", map[string]string{"petId": "7"}, e.Place.Parameters},
		{"rules", []classify.Trial{
			{Name: "waf", Failing: classify.OnFilter, Wanted: []string{"coraza", "waf*"}, Got: "limiter"},
			{Name: "limits"},
		}, e.Rules},
		{"looks", []Look{
			{"pets", "QUOTA_EXCEEDED", false},
			{"pets", "DEFAULT_4XX", false},
			{"", "QUOTA_EXCEEDED", false},
			{"", "DEFAULT_4XX", true},
		}, e.Looks},
		{"status", StatusByEntry, e.Status},
		{"message", "Limit Exceeded", e.Message},
		{"values", []Value{{Name: "stageVariables.docs", Known: true, Found: true, Value: "https://docs.example.com"}}, e.Values},
		{"headers", []EntryHeader{
			{Name: "x-id", From: []Value{{Name: "context.requestId", Known: true, Found: true, Value: "r-1"}}, Value: "r-1", Found: true, Sent: true},
			{Name: "x-none", From: []Value{{Name: "method.request.header.none", Known: true}}},
		}, e.Headers},
		{"changes", []Change{
			{StepEntry, "x-id", []string{"r-1"}},
			{StepBody, "vary", []string{"Accept"}},
			{StepBody, "content-type", []string{"application/json"}},
			{StepStale, "etag", nil},
		}, e.Changes},
		{"accept counts", true, e.AcceptCounts},
		{"row", "local_rate_limited", e.Known.Row},
	} {
		if diff := cmp.Diff(want.want, want.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.name, diff)
		}
	}
	var scores []string
	for _, m := range e.Media {
		scores = append(scores, m.Key+" "+m.Range)
	}
	if diff := cmp.Diff([]string{"application/json application/*", "text/html text/html"}, scores); diff != "" {
		t.Errorf("media (-want +got):\n%s", diff)
	}
	if e.Media[1].Quality != 500 || e.Media[1].Chosen || !e.Media[0].Chosen {
		t.Errorf("media %+v", e.Media)
	}
}

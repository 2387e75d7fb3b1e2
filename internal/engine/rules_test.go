// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

func TestRuleFindings(t *testing.T) {
	_, findings := Load([]byte("{\"classification\": [{\"when\": {\"flags\": [\"ut\",\n\"TIMEOUT\", \"UT\"]}, \"leave\": true}]}"), Everything())
	const want = `classification[0].when.flags[0] (line 1, column 41): "ut" is not a response flag; did you mean "UT"?` + "\n" +
		`classification[0].when.flags[1] (line 2, column 1): "TIMEOUT" is not a response flag; use the short name that access logs print, e.g. "UT"`
	if diff := cmp.Diff(want, findings.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestRuleNeeds(t *testing.T) {
	const rule = `"classification": [{"when": {"requestHeaders": [{"name": "Host", "glob": "*.a"}, {"name": "X-B", "present": true}, {"name": "x-b", "equals": "c"}]}, "leave": true}]`
	for _, tc := range []struct {
		name, document string
		want           askedFor
	}{
		{"only the headers that are named", `{` + rule + `}`, askedFor{RequestHeaders: []string{":authority", "x-b"}}},
		{"in mode observe as well", `{"mode": "observe", "emulate": "aws", ` + rule + `}`, askedFor{RequestHeaders: []string{":authority", "x-b"}}},
		{"in mode off nothing", `{"mode": "off", ` + rule + `}`, askedFor{Idle: true}},
		{"with a third one the whole map is cheaper", `{"emulate": "aws", ` + rule + `}`, askedFor{AllRequestHeaders: true}},
		{"all else but the owner is read already", `{"declared": {"header": "x-type"}, "classification": [{"when": {"details": ["rbac_*"], "filter": ["b"], "status": ["4xx"], "responseHeaders": [{"name": "c", "present": true}]}, "leave": true}]}`, askedFor{Fields: facts.FieldOwner}},
		{"the owner is not read for other details", `{"classification": [{"when": {"details": ["a"], "filter": ["b"]}, "leave": true}]}`, askedFor{}},
		{"nor for another status", `{"classification": [{"when": {"status": ["5xx"], "filter": ["b"], "flags": ["UT"]}, "leave": true}]}`, askedFor{}},
		{"nor where producers are trusted for replies of the upstream", `{"declared": {"header": "x-type", "source": "upstream"}}`, askedFor{Upstream: true}},
		{"flags", `{"classification": [{"when": {"flags": ["UT"]}, "leave": true}]}`, askedFor{Fields: facts.FieldFlags}},
		{"the owner of who declares", `{"declared": {"header": "x-type", "filter": ["a"]}}`, askedFor{Fields: facts.FieldOwner}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, asked(load(t, tc.document))); diff != "" {
				t.Errorf("Needs() (-want +got):\n%s", diff)
			}
		})
	}
}

// TestRuleTrace holds how a trace names the rule.
func TestRuleTrace(t *testing.T) {
	program := load(t, `{"classification": [
		{"when": {"status": ["429"]}, "leave": true},
		{"name": "maintenance", "when": {"status": ["503"]}, "responseType": "DEFAULT_5XX", "message": "Back soon"},
		{"when": {"status": ["5xx"]}, "responseType": "MISSING_AUTHENTICATION_TOKEN"}]}`)
	for status, want := range map[int]classify.Result{
		429: {Reason: classify.ByRule, Row: "classification[0]", Known: true, Leave: true},
		503: {Type: "DEFAULT_5XX", Reason: classify.ByRule, Row: "maintenance", Known: true, Message: "Back soon"},
		504: {Type: "MISSING_AUTHENTICATION_TOKEN", Broader: "UNAUTHORIZED", Reason: classify.ByRule, Row: "classification[2]", Known: true},
	} {
		got := program.Decide(&facts.Facts{Reply: facts.Reply{Status: status, Details: "acme", Owner: "acme"}}).Trace.Class
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("class of %d (-want +got):\n%s", status, diff)
		}
	}
}

// TestRulesMakeNoGarbage holds that rules which do not match cost an error reply no memory.
func TestRulesMakeNoGarbage(t *testing.T) {
	program := load(t, `{"declared": {"header": "x-type", "filter": ["waf*"]}, "classification": [
		{"when": {"details": ["jwt_*", "ext_*_error"], "filter": ["*"], "flags": ["UT"], "status": ["4xx"]}, "leave": true},
		{"when": {"requestHeaders": [{"name": "authorization", "glob": "Bearer *"}]}, "leave": true},
		{"when": {"responseHeaders": [{"name": "x-kind", "equals": "b"}]}, "responseType": "THROTTLED"}]}`)
	f := &facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: "authorization", Value: "Basic x"}}},
		Reply: facts.Reply{
			Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "waf",
			Headers: facts.Headers{{Name: "x-kind", Value: "a"}},
		},
	}
	found := false
	got := testing.AllocsPerRun(100, func() {
		_, byRule := program.rules.Find(f, program.dialect())
		_, declared, _ := program.declared.Find(f, program.dialect(), program.answers)
		x := exchange{program: program, facts: f, at: placement{scope: &program.scope}}
		x.finishHeaders()
		found = found || byRule || declared || len(x.headers.Remove) > 0
	})
	if found {
		t.Error("a rule matches")
	}
	if got != 0 {
		t.Errorf("allocations = %v, want 0", got)
	}
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/template"
)

// withTwins is a document with two routes that have the same entries, and each something of its own. tag stands in the text of the
// entries of the second one, and means nothing: with another tag than 1 they are the same entries in another text.
func withTwins(root, entries, first, second, tag string) string {
	route := func(name, own, tag string) string {
		return `{"name":"` + name + `","match":{"hosts":["` + name + `"]},"gatewayResponses":{"WAF_FILTERED":{"x-tag":` + tag + `},` + entries + `}` + own + `}`
	}
	return `{"routes":[` + route("a", first, "1") + "," + route("b", second, tag) + `]` + root + `}`
}

// twins are documents with twins, by what they have in common.
var twins = []struct {
	name, root, entries, first, second string
	// shared reports that nothing has to be compiled twice.
	shared bool
}{
	{"nothing of the scope", "", `"THROTTLED":{"headers":{"x-a":"$context.path"},"responseTemplates":{"application/json":"{}"}}`, "", "", true},
	{"constants", "", `"THROTTLED":{"headers":{"x-a":"$context.apiId"}}`, `,"api":{"id":"one"}`, `,"api":{"id":"two"}`, true},
	{"a constant of one", "", `"THROTTLED":{"headers":{"x-a":"$context.apiId"}}`, `,"api":{"id":"one"}`, "", false},
	{"variables", "", `"THROTTLED":{"headers":{"x-a":"$stageVariables.v"}}`, `,"stageVariables":{"v":"1"}`, `,"stageVariables":{"v":"2"}`, true},
	{"a variable of one", "", `"THROTTLED":{"headers":{"x-a":"$stageVariables.v"}}`, `,"stageVariables":{"v":"1"}`, "", false},
	{"a variable of the document", `,"stageVariables":{"v":"1"}`, `"THROTTLED":{"headers":{"x-a":"$stageVariables.v"}}`, "", `,"stageVariables":{"v":"2"}`, true},
	{
		"URLs", "", `"THROTTLED":{"headers":{"Location":"$stageVariables.v/$context.path"}}`,
		`,"stageVariables":{"v":"https://one.example"}`, `,"stageVariables":{"v":"https://another.example"}`, true,
	},
	{
		"URLs that lead elsewhere", "", `"THROTTLED":{"headers":{"Location":"$stageVariables.v/$context.path"}}`,
		`,"stageVariables":{"v":"https://one.example"}`, `,"stageVariables":{"v":""}`, false,
	},
	{"emulation of one", "", `"THROTTLED":{"headers":{"x-a":"$context.nothing"}}`, `,"emulate":"aws"`, "", false},
	{"escaping of one", "", `"THROTTLED":{"responseTemplates":{"application/json":"{\"a\":\"$context.path\"}"}}`, `,"escaping":"aws"`, "", false},
	{"a warning", "", `"THROTTLED":{"responseTemplates":{"application/json":"{"}}`, "", "", false},
	{"an error", "", `"THROTTLED":{"statusCode":"100","headers":{"x":"$context.nothing"}}`, "", "", false},
	{"something foreign", `,"emulate":"aws"`, `"Throttled":{"StatusCode":"429"}`, "", "", false},
	{
		"a redirect without a status", `,"classification":[{"when":{"status":["302"],"filter":["f"]},"responseType":"X_LOGIN"}]`,
		`"X_LOGIN":{}`, "", "", true,
	},
}

// TestTwins holds that entries in the same text are shared where that can be, and that nobody sees it.
func TestTwins(t *testing.T) {
	for _, tc := range twins {
		t.Run(tc.name, func(t *testing.T) {
			checkTwins(t, tc.root, tc.entries, tc.first, tc.second)
			document, _ := config.Decode([]byte(withTwins(tc.root, tc.entries, tc.first, tc.second, "1")))
			program, _ := Compile(document, Everything())
			bodyOf := func(i int) *body { return &program.routeScopes[i].entries[config.WAFFiltered].bodies[0] }
			if shared := bodyOf(0) == bodyOf(1); shared != tc.shared {
				t.Errorf("shared: %t, want %t", shared, tc.shared)
			}
		})
	}
}

// TestPremises holds that what is asked of a twin does not grow with the number of places in which its entries use a variable.
func TestPremises(t *testing.T) {
	links := strings.Repeat(`<a href='$stageVariables.v/$context.path'>`, 100)
	entries := `"THROTTLED":{"responseTemplates":{"text/html":"` + links + `"}}`
	const own = `,"stageVariables":{"v":"https://a.example"}`
	document, _ := config.Decode([]byte(withTwins("", entries, own, own, "1")))
	program := &Program{}
	c := &compiler{document: document, program: program, scope: &program.scope, abilities: Everything()}
	c.routes()
	want := premises{
		{isDefined, "v"}:                 {value: "stageVariables.v"},
		{leadsWhere, "stageVariables.v"}: {"https://a.example", template.URLShape("https://a.example")},
	}
	if diff := cmp.Diff(want, c.twins[0].premises, cmp.AllowUnexported(premise{}, learnt{})); diff != "" {
		t.Errorf("premises (-want +got):\n%s", diff)
	}
}

// FuzzTwins holds the same for any entries and routes.
func FuzzTwins(f *testing.F) {
	for _, tc := range twins {
		f.Add(tc.root, tc.entries, tc.first, tc.second)
	}
	f.Fuzz(func(t *testing.T, root, entries, first, second string) {
		if len(root)+len(entries)+len(first)+len(second) > 4<<10 {
			return
		}
		checkTwins(t, root, entries, first, second)
	})
}

// checkTwins compares a document that has two routes with the same entries with one in which they are written differently.
func checkTwins(t *testing.T, root, entries, first, second string) {
	t.Helper()
	program, findings := Load([]byte(withTwins(root, entries, first, second, "1")), Everything())
	apart, want := Load([]byte(withTwins(root, entries, first, second, "2")), Everything())
	if diff := cmp.Diff(want, findings); diff != "" {
		t.Errorf("findings (-of entries apart +of twins):\n%s", diff)
	}
	if program == nil || apart == nil {
		return
	}
	for _, host := range []string{"a", "b"} {
		for details, status := range map[string]int{"local_rate_limited": 429, "route_not_found": 404, "rbac_access_denied_matched_policy[none]": 403} {
			exchange := facts.Facts{
				Request: facts.Request{Headers: facts.Headers{{Name: ":authority", Value: host}, {Name: ":path", Value: "/p"}}},
				Reply:   facts.Reply{Status: status, Details: details, HasBody: true},
			}
			got, want := program.Decide(&exchange), apart.Decide(&exchange)
			if diff := cmp.Diff(shown(want), shown(got)); diff != "" {
				t.Errorf("%s from %s (-with entries apart +with twins):\n%s", details, host, diff)
			}
		}
	}
}

// shown is what can be seen of a decision.
func shown(d Decision) (seen struct {
	Trace   Trace
	Status  int
	Body    string
	Headers HeaderChanges
},
) {
	seen.Trace, seen.Headers = d.Trace, d.Headers
	if d.Reply != nil {
		seen.Status, seen.Body = d.Reply.Status, string(d.Reply.Body)
	}
	return seen
}

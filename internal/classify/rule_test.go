// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

var (
	errors    = []config.StatusRange{{Low: 400, High: 499}}
	redirects = []config.StatusRange{{Low: 302, High: 302}}
)

// TestRulesByStatus holds which rules are for a redirect and which for an error, and that MayFind says so from the status and
// the details alone.
func TestRulesByStatus(t *testing.T) {
	for _, tc := range []struct {
		name    string
		when    config.When
		status  int
		details string
		// mayFind is what status and details allow, found what the owner "oauth2" then makes of it.
		mayFind, found bool
	}{
		{"a redirect that is named", config.When{Filters: texts("oauth2"), Statuses: redirects}, 302, "oauth.redirect", true, true},
		{"of another filter", config.When{Filters: texts("lua"), Statuses: redirects}, 302, "oauth.redirect", true, false},
		{"another redirect", config.When{Filters: texts("oauth2"), Statuses: redirects}, 307, "oauth.redirect", false, false},
		{"other details", config.When{Details: texts("oauth.*"), Statuses: redirects}, 302, "direct_response", false, false},
		{"a rule without statuses is for errors", config.When{Filters: texts("oauth2")}, 302, "oauth.redirect", false, false},
		{"and for all of them", config.When{Filters: texts("oauth2")}, 401, "oauth.denied", true, true},
		{"a success is for no rule", config.When{Filters: texts("oauth2")}, 200, "oauth.logged_in", false, false},
		{"white space in details", config.When{Details: texts("a_b"), Statuses: errors}, 403, "a b", true, true},
		{"a redirect of the upstream", config.When{Details: texts("*"), Statuses: redirects}, 302, "via_upstream", false, false},
		{"an error of the upstream", config.When{Source: config.SourceUpstream, Statuses: errors}, 404, "via_upstream", true, true},
		{"an error of Envoy", config.When{Source: config.SourceUpstream, Statuses: errors}, 404, "route_not_found", false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			rules := NewRules([]config.Rule{{When: tc.when, ResponseType: config.Unauthorized}})
			if got := rules.MayFind(tc.status, tc.details); got != tc.mayFind {
				t.Errorf("MayFind(%d, %q) = %v, want %v", tc.status, tc.details, got, tc.mayFind)
			}
			_, found := rules.Find(&facts.Facts{Reply: facts.Reply{Status: tc.status, Details: tc.details, Owner: "oauth2"}}, Envoy)
			if found != tc.found {
				t.Errorf("Find = %v, want %v", found, tc.found)
			}
		})
	}
}

func TestRedirects(t *testing.T) {
	rules := []config.Rule{{When: config.When{Statuses: errors}}, {When: config.When{Filters: texts("oauth2")}}}
	if NewRules(rules).Redirects() {
		t.Error("rules for errors name redirects")
	}
	if !NewRules(append(rules, config.Rule{When: config.When{Statuses: append(errors, redirects...)}})).Redirects() {
		t.Error("a rule for a redirect names none")
	}
}

// TestDeclaredOwnTypes holds that a producer can name the document's own types, and no other ones.
func TestDeclaredOwnTypes(t *testing.T) {
	declared := NewDeclared(&config.Declared{Header: "X-Type"}, map[config.ResponseType]bool{"X_BOT": true})
	for _, tc := range []struct {
		name           string
		status         int
		want           config.ResponseType
		found, unknown bool
	}{
		{"X_BOT", 403, "X_BOT", true, false},
		{"THROTTLED", 403, config.Throttled, true, false},
		{"X_BOTS", 403, "", false, true},
		{"X_", 403, "", false, true},
		{"X_BOT", 302, "", false, false},
		{"", 403, "", false, false},
	} {
		reply := facts.Reply{Status: tc.status, Details: "a", Headers: facts.Headers{{Name: "x-type", Value: tc.name}}}
		result, found, unknown := declared.Find(&facts.Facts{Reply: reply}, AWS, func(config.ResponseType) bool { return false })
		if result.Type != tc.want || found != tc.found || unknown != tc.unknown {
			t.Errorf("Find of %q with status %d = %q, %v, %v", tc.name, tc.status, result.Type, found, unknown)
		}
		if got := declared.MayFind(tc.status, "a"); got != (tc.status >= 400) {
			t.Errorf("MayFind(%d) = %v", tc.status, got)
		}
		if got := declared.Headers(&reply) != nil; got != (tc.status >= 400) {
			t.Errorf("headers of a reply with status %d are removed: %v", tc.status, got)
		}
	}
	if nowhere := NewDeclared(nil, nil); nowhere.MayFind(403, "a") {
		t.Error("where no producer names types, one may be found")
	}
}

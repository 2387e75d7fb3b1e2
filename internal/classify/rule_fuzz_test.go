// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// FuzzRules holds what is true of rules, whatever a document and an exchange hold: a condition that is added makes a rule
// hold less often, an element that is added to a list more often; present and absent are opposites; white space in details
// is "_"; redirects are named by their status only; and what is found may be found.
func FuzzRules(f *testing.F) {
	f.Add("rbac_*", "rbac denied", "*.rbac", "envoy.rbac", "x-a", "a*", "X-A", "abc", 403)
	f.Add("", "", "*", "", "host", "", ":authority", "", 503)
	f.Add("*", "via_upstream", "*", "", "host", "", ":authority", "", 404)
	f.Add("oauth.*", "oauth.redirect", "oauth2", "oauth2", "a", "", "a", "", 302)
	f.Fuzz(func(t *testing.T, detailsGlob, details, filterGlob, owner, name, value, header, line string, status int) {
		if len(detailsGlob)+len(details)+len(filterGlob)+len(owner)+len(value)+len(line) > 4<<10 {
			return
		}
		exchange := &facts.Facts{
			Request: facts.Request{Headers: facts.Headers{{Name: header, Value: line}}},
			Reply:   facts.Reply{Status: status, Details: details, Owner: owner, Headers: facts.Headers{{Name: header, Value: line}}},
		}
		holds := func(when config.When) bool {
			rules := NewRules([]config.Rule{{Name: "rule", When: when, Leave: true}})
			_, found := rules.Find(exchange, Envoy)
			if found && !rules.MayFind(status, details) {
				t.Errorf("a rule names a reply with status %d and details %q, but MayFind = false", status, details)
			}
			if found && status < 400 && when.Statuses == nil {
				t.Errorf("a rule without statuses names a reply with status %d", status)
			}
			return found
		}
		one := config.When{Details: texts(detailsGlob)}
		both := config.When{Details: texts(detailsGlob), Filters: texts(filterGlob)}
		if holds(both) && !holds(one) {
			t.Error("a rule holds with two conditions, but not with one of them")
		}
		if holds(one) && !holds(config.When{Details: texts(filterGlob, detailsGlob)}) {
			t.Error("a rule holds with one element on a list, but not with two")
		}
		if got := holds(config.When{Details: texts(underscores.Replace(detailsGlob))}); got != holds(one) {
			t.Error("white space in a glob on details is not \"_\"")
		}
		redirects := []config.StatusRange{{Low: 300, High: 399}}
		if status >= 300 && status < 400 && holds(config.When{Details: texts(detailsGlob), Statuses: redirects}) != (glob.Match(printed(detailsGlob), printed(details)) && !isUpstream(details)) {
			t.Errorf("a rule for redirects is wrong about status %d, details %q and glob %q", status, details, detailsGlob)
		}
		if status < 400 || isUpstream(details) {
			return
		}
		condition := func(test config.HeaderTest) []config.HeaderCondition {
			return []config.HeaderCondition{{Name: config.Text{Value: name}, Test: test, Value: value}}
		}
		present := holds(config.When{RequestHeaders: condition(config.HeaderPresent)})
		if present == holds(config.When{RequestHeaders: condition(config.HeaderAbsent)}) {
			t.Errorf("header %q is both present and absent, or neither", name)
		}
		for _, test := range []config.HeaderTest{config.HeaderEquals, config.HeaderGlob} {
			got := holds(config.When{RequestHeaders: condition(test)})
			if got && !present {
				t.Errorf("header %q is not there, but test %d holds", name, test)
			}
			if got != holds(config.When{ResponseHeaders: condition(test)}) {
				t.Errorf("test %d of header %q differs between request and reply", test, name)
			}
		}
	})
}

// texts are strings of a document.
func texts(values ...string) []config.Text {
	var all []config.Text
	for _, value := range values {
		all = append(all, config.Text{Value: value})
	}
	return all
}

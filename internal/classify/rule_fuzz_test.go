// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// FuzzRules holds what is true of rules, whatever a document and an exchange hold: a condition that is added makes a rule
// hold less often, an element that is added to a list more often; present and absent are opposites; and white space in
// details is "_".
func FuzzRules(f *testing.F) {
	f.Add("rbac_*", "rbac denied", "*.rbac", "envoy.rbac", "x-a", "a*", "X-A", "abc")
	f.Add("", "", "*", "", "host", "", ":authority", "")
	f.Fuzz(func(t *testing.T, detailsGlob, details, filterGlob, owner, name, value, header, line string) {
		if len(detailsGlob)+len(details)+len(filterGlob)+len(owner)+len(value)+len(line) > 4<<10 {
			return
		}
		exchange := &facts.Facts{
			Request: facts.Request{Headers: facts.Headers{{Name: header, Value: line}}},
			Reply:   facts.Reply{Status: 403, Details: details, Owner: owner, Headers: facts.Headers{{Name: header, Value: line}}},
		}
		holds := func(when config.When) bool {
			_, found := NewRules([]config.Rule{{Name: "rule", When: when, Leave: true}}).Find(exchange, Envoy)
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

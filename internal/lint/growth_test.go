// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/manyapis"
	"gatewayresponses/internal/source"
)

// repeated is a document whose list called key has n elements, in which # is their number.
func repeated(key, element string, n int) []byte {
	elements := make([]string, n)
	for i := range elements {
		elements[i] = strings.ReplaceAll(element, "#", strconv.Itoa(i))
	}
	return []byte(`{"` + key + `":[` + strings.Join(elements, ",\n") + `]}`)
}

// TestCheckIsLinear holds that the time to check a document grows as its size.
func TestCheckIsLinear(t *testing.T) {
	for what, make := range map[string]func(n int) []byte{
		"APIs":  manyapis.Different,
		"rules": func(n int) []byte { return repeated("classification", `{"when":{"details":["a#"]},"leave":true}`, n) },
		"routes": func(n int) []byte {
			return repeated("routes", `{"name":"r#","match":{"pathPrefix":"/a#","methods":["GET"]},"gatewayResponses":{"THROTTLED":{}}}`, n)
		},
		"allowances": func(n int) []byte {
			return repeated("routes", `{"name":"r#","x-gwr-allow":{"GWR107":"ours"},"gatewayResponses":{"THROTTLED":{}}}`, n)
		},
	} {
		growth.Check(t, what, func(n int) func() {
			document, found := source.Read("gwr.json", make(n/32))
			if document == nil {
				t.Fatal(found)
			}
			checked := check.Read(document)
			if checked.Program == nil {
				t.Fatal(what, n, checked.Findings[0].Message)
			}
			return func() { Check(checked) }
		})
	}
}

// TestManyRules holds that the comparison of rules and of routes ends where it would take too long.
func TestManyRules(t *testing.T) {
	c := &comparer{2}
	for range 3 {
		covered(c, []int{1, 2}, []int{2}, func(wide, narrow int) bool { return wide == narrow })
	}
	if !c.isOver() {
		t.Errorf("%d comparisons are left, want none", c.left)
	}
	if covered(c, []int{2}, []int{2}, func(wide, narrow int) bool { return wide == narrow }) {
		t.Error("what was not compared is called covered")
	}
}

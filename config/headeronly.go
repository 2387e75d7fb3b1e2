// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// headerOnly reads what holds for replies without a body, which are sent anew.
func (d *decoder) headerOnly(at Text) {
	d.fields(at, schema{fields: []field{
		{"addedByRoutes", func(key Text) { d.document.AddedByRoutes = d.addedByRoutes(key) }},
	}})
}

// addedByRoutes reads the names of headers that routes add to every reply, in lower case.
func (d *decoder) addedByRoutes(key Text) []string {
	var names []string
	seen := map[string]bool{}
	for _, text := range d.listOf(key, checkAddedHeader) {
		if name := chars.Lower(text.Value); !d.Repeated(text, name, seen) {
			names = append(names, name)
		}
	}
	return names
}

// checkAddedHeader tells what is wrong with the name of a header that routes add. No reply that is sent anew carries over
// what frames the old one, or describes its body.
func checkAddedHeader(name string) *flaw {
	problem := checkHeaderToken(name)
	lower := chars.Lower(name)
	if problem == nil && (lower == "content-type" || reserved(name) != "" && !strings.HasPrefix(lower, "x-amzn-")) {
		problem = &flaw{Error, whole, "header " + quote.Text(name) + " is never carried over to another reply; remove it"}
	}
	return problem
}

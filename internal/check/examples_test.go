// SPDX-License-Identifier: Apache-2.0

package check_test

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/catalogue"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// notFromDocuments are codes up to GWR099 that no document makes here: the tests of package plugin make the first, those of package
// engine the second.
var notFromDocuments = []code.Code{code.NotLoaded, code.HostCannotTell}

// withoutExample are documents for codes whose example fits no page.
var withoutExample = map[code.Code]string{
	code.NoDocument:   "",
	code.MoreFindings: "{" + strings.Repeat(`"a":1,`, 1002) + `"b":1}`,
}

// TestExamples holds that the example of each code has a finding with this code.
func TestExamples(t *testing.T) {
	for _, section := range catalogue.Sections() {
		for _, e := range section.Entries {
			if e.Code >= 100 || slices.Contains(notFromDocuments, e.Code) {
				continue
			}
			text := e.Example
			if other, ok := withoutExample[e.Code]; ok {
				text = other
			} else if text == "" {
				t.Errorf("%s has no example", e.Code)
			}
			document, found := source.Read("example.json", []byte(text))
			if document == nil {
				t.Fatalf("%s: %v", e.Code, found)
			}
			_, found = check.Load(document)
			if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Code == e.Code }) {
				t.Errorf("%s: %s\nhas no such finding, but %v", e.Code, text, found)
			}
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
)

// extremes are values that break what is not escaped.
var extremes = []struct {
	has   string
	value string
	ok    bool
}{
	{"no value", "", false},
	{"an empty value", "", true},
	{"a double quote in it", `"`, true},
	{"a backslash in it", `\`, true},
	{"a line feed in it", "a\nb", true},
	{"a byte in it that is not UTF-8", "\xff", true},
	{"8 KiB", strings.Repeat("a", 8<<10), true},
}

// jsonForSomeValues looks for templates under a JSON media type that some value of a variable keeps from being JSON.
func jsonForSomeValues(s *subject, report report) {
	for e := range s.entries {
		for text, body := range e.bodies {
			if !template.IsJSON(body.MediaType) || !isJSON(body, -1, "", true) {
				continue // what is no JSON even with plain values is told already
			}
			for i, name := range body.Template.Names() {
				for _, extreme := range extremes {
					if !isJSON(body, i, extreme.value, extreme.ok) {
						report(place{text, body.Template.Places()[i]}, "the body is not JSON when "+quote.Text("$"+name)+" has "+extreme.has+
							`; use "escaping": "auto", or write `+quote.Text("${"+name+"|json}")+" within quotes")
						break
					}
				}
			}
		}
	}
}

// isJSON reports whether a body is JSON with a value in one of its variables, and plain values in the others.
func isJSON(body engine.CompiledBody, variable int, value string, ok bool) bool {
	text, _ := body.Template.Render(nil, template.NoLimit, func(i int) (string, bool) {
		if i == variable {
			return value, ok
		}
		return body.Plain(i)
	})
	return engine.IsJSON(text)
}

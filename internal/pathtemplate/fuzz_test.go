// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"slices"
	"strings"
	"testing"
)

// FuzzMatch holds the laws of templates for any template and any target.
func FuzzMatch(f *testing.F) {
	for _, tc := range matchCases {
		f.Add(tc.template, tc.target)
	}
	for _, tc := range badTemplates {
		f.Add(tc.template, "/")
	}
	f.Fuzz(func(t *testing.T, text, target string) {
		template, problem := Parse(text)
		if problem != nil {
			if problem.Offset < 0 || problem.Offset > len(text) || problem.Message == "" {
				t.Errorf("Parse(%q) fails at byte %d: %q", text, problem.Offset, problem.Message)
			}
			return
		}
		path := PathOf(target)
		if template.Match(path) {
			checkTaken(t, template, path)
		}
	})
}

// checkTaken holds what is true of a path that a template takes.
func checkTaken(t *testing.T, template *Template, path Path) {
	t.Helper()
	literal := template.Literal()
	if !path.HasPrefix(literal) {
		t.Errorf("%q takes %q, which does not begin with %q", template, path, literal)
	}
	if !slices.Contains(slices.Collect(path.Prefixes(literal.Depth())), literal.String()) {
		t.Errorf("%q is none of the prefixes of %q", literal, path)
	}
	// The values put into the template give the path again.
	values := template.Values(path)
	var parts []string
	for _, s := range template.segments {
		if s.name == "" {
			parts = append(parts, s.literal)
			continue
		}
		value := values[s.name]
		if value == "" || !s.rest && strings.Contains(value, "/") {
			t.Errorf("%q takes %q: {%s} is %q", template, path, s.name, value)
		}
		parts = append(parts, value)
	}
	if got := join(parts); got != path {
		t.Errorf("%q takes %q, and its values give %q", template, path, got)
	}
}

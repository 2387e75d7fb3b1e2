// SPDX-License-Identifier: Apache-2.0

package template

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// maxFuzz is how long inputs may be, so that fuzzing stays fast.
const maxFuzz = 4 << 10

// grammar is the EBNF of the manual for a name without braces.
var grammar = func() *regexp.Regexp {
	const path, hyphens = `[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*`, `(?:-+[A-Za-z0-9_]+)*`
	name := regexp.MustCompile(`^(?:context\.` + path + `|stageVariables\.` + path + hyphens +
		`|method\.request\.[A-Za-z0-9_]+(?:\.` + path + hyphens + `)?)`)
	name.Longest()
	return name
}()

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"", "text", "$context.path", "a$$context.path.$stageVariables.a-b-.${context.x y|url}", "$method.request.header.a.b-c-.d",
		"$method.request.header-a", "${context", "${context.a", "${context.a|", "${context.a|b}", "$contextual.a", "${stageVariables.}",
		`{"a":"$context.a\$context.b"}`, "<a href='$context.a'>$context.b</a>",
	} {
		for _, mediaType := range []string{"text/plain", "application/json", "text/html", "application/xml", "image/png"} {
			f.Add(text, mediaType)
		}
	}
	f.Fuzz(func(t *testing.T, text, mediaType string) {
		if len(text) > maxFuzz {
			return
		}
		for _, unsafe := range []Unsafe{Refuse, Empty, Insert} {
			parsed, findings := Parse(text, Options{MediaType: mediaType, Unsafe: unsafe, Resolve: resolve, Owners: ownersValues})
			checkFindings(t, text, parsed, findings)
			if !strings.Contains(text, "$") {
				checkStatic(t, text, parsed)
			}
			checkPlaces(t, text, parsed)
			if parsed == nil && unsafe != Refuse && !strings.Contains(text, "context.unknown") {
				t.Errorf("Parse(%q) with Unsafe %d refuses: %v", text, unsafe, findings)
			}
		}
		p := parser{text: text, lastBrace: strings.LastIndexByte(text, '}')}
		p.scan()
		checkVariables(t, text, p.variables)
		checkParts(t, text, p.variables, p.template())
	})
}

// checkPlaces: each variable of a template stands where it says, as its name.
func checkPlaces(t *testing.T, text string, parsed *Template) {
	if parsed == nil {
		return
	}
	for i, at := range parsed.Places() {
		if name := strings.TrimPrefix(strings.TrimPrefix(text[at:], "$"), "{"); text[at] != '$' || !strings.HasPrefix(name, parsed.Names()[i]) {
			t.Errorf("Parse(%q): variable %q stands at byte %d", text, parsed.Names()[i], at)
		}
	}
}

// checkFindings: there is a template or there are errors; all findings are in the text and in its order.
func checkFindings(t *testing.T, text string, parsed *Template, findings []Finding) {
	t.Helper()
	refused := slices.ContainsFunc(findings, func(f Finding) bool { return !f.Warning })
	if (parsed == nil) != refused {
		t.Errorf("Parse(%q) = %v with findings %v, want a template or errors", text, parsed, findings)
	}
	if !slices.IsSortedFunc(findings, func(a, b Finding) int { return a.Offset - b.Offset }) {
		t.Errorf("Parse(%q): findings are not in the order of the text: %v", text, findings)
	}
	for _, finding := range findings {
		if finding.Code == 0 || finding.Offset < 0 || finding.Offset >= len(text) || finding.Message == "" {
			t.Errorf("Parse(%q): finding %+v has no code, is outside the text or empty", text, finding)
		}
	}
}

// checkStatic: a text without "$" is good and renders to itself.
func checkStatic(t *testing.T, text string, parsed *Template) {
	t.Helper()
	if parsed == nil || len(parsed.Names()) > 0 {
		t.Fatalf("Parse(%q) = %+v, want a static template", text, parsed)
	}
	if got, whole := parsed.Render(nil, len(text), nil); string(got) != text || !whole {
		t.Errorf("Render(%q) = %q, %v, want the same", text, got, whole)
	}
}

// checkVariables: without braces, variables are exactly where the grammar has one, and as long as can be.
func checkVariables(t *testing.T, text string, variables []variable) {
	t.Helper()
	at := 0
	for _, v := range variables {
		between, source := text[at:v.start], text[v.start:v.end]
		at = v.end
		for i := range between {
			if between[i] == '$' && grammar.MatchString(between[i+1:]) {
				t.Errorf("no variable found at %q of %q", between[i:], text)
			}
		}
		if strings.HasPrefix(source, "${") {
			if !strings.HasPrefix(source, "${"+v.name) || rootOf(v.name) == "" || strings.ContainsAny(v.name, "|}") {
				t.Errorf("%q of %q is called %q", source, text, v.name)
			}
			continue
		}
		if want := grammar.FindString(text[v.start+1:]); v.name != want || source != "$"+want {
			t.Errorf("%q of %q is called %q, want %q", source, text, v.name, want)
		}
	}
}

// checkParts: the text between the slots is that of the template, in its order.
func checkParts(t *testing.T, text string, variables []variable, parsed *Template) {
	t.Helper()
	var whole strings.Builder
	for i, v := range variables {
		whole.WriteString(parsed.slots[i].before)
		whole.WriteString(text[v.start:v.end])
	}
	whole.WriteString(parsed.tail)
	if whole.String() != text {
		t.Errorf("parts of %q make up %q", text, whole.String())
	}
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/growth"
)

// largeDocuments are documents up to about the largest size, whose n is theirs, and which once took time that grew with
// the square of it: seconds in which an Envoy worker answers nobody.
var largeDocuments = []struct {
	name  string
	n     int
	build func(n int) string
}{
	{"unknown variables", 50_000, func(n int) string { return withTemplate("text/plain", strings.Repeat("$context.pathh ", n)) }},
	{"unknown variables emulating aws", 50_000, func(n int) string {
		return `{"emulate":"aws",` + withTemplate("text/plain", strings.Repeat("$context.pathh ", n))[1:]
	}},
	{"undefined stage variables", 8_000, undefinedStageVariables},
	{"unknown keys", 80_000, func(n int) string { return "{" + numbered(n, `"k#":0,`) + `"mode":"off"}` }},
	{"request headers", 30_000, func(n int) string { return withTemplate("text/plain", numbered(n, "$method.request.header.h# ")) }},
	{"resources", 60_000, func(n int) string {
		return `{"routes":[{"name":"a","resources":[` + numbered(n, `"/a/#/{b}",`) + `"/"]}]}`
	}},
	{"deep resources", 4_000, func(n int) string {
		return `{"routes":[{"name":"a","resources":[` + numbered(n, `"/#`+strings.Repeat("/a", 90)+`",`) + `"/"]}]}`
	}},
	{"cors headers", 60_000, func(n int) string {
		return `{"cors":{"allowOrigins":["*"],"exposeHeaders":[` + numbered(n, `"h#",`) + `"last"]}}`
	}},
	{"html page", 9_000, func(n int) string {
		return withTemplate("text/html", strings.Repeat(
			"<!-- --><p title='$context.path'>$context.path</p><a href='/?$context.path'>$context.stage</a>\\n", n))
	}},
	{"html text", 60_000, func(n int) string { return withTemplate("text/html", strings.Repeat("$context.path ", n)) }},
	{"html title", 60_000, func(n int) string {
		return withTemplate("text/html", "<title>"+strings.Repeat("$context.path ", n)+"</title>")
	}},
	{"html title with a tag name", 60_000, func(n int) string {
		return withTemplate("text/html", "<title><"+strings.Repeat("$context.path", n)+"</title>")
	}},
	{"html comments", 100_000, func(n int) string { return withTemplate("text/html", "$context.path"+strings.Repeat("<!-- -->", n)) }},
	{"html comments that end with a bang", 100_000, func(n int) string {
		return withTemplate("text/html", strings.Repeat("<!--a--!>", n)+"$context.path")
	}},
	{"html attribute", 30_000, func(n int) string {
		return withTemplate("text/html", "<p "+strings.Repeat("a", 14*n)+"='"+strings.Repeat("$context.path ", n)+"'>")
	}},
	{"html tag name", 60_000, func(n int) string {
		return withTemplate("text/html", "<"+strings.Repeat("a", 8*n)+strings.Repeat(" a='b'", n)+">$context.path")
	}},
	{"html url", 60_000, func(n int) string {
		return withTemplate("text/html", "<a href='"+strings.Repeat("$context.path", n)+"'>")
	}},
	{"html url behind a scheme", 20_000, func(n int) string {
		return withTemplate("text/html", "<a href='"+strings.Repeat("${context.path|url}", n)+":"+strings.Repeat("$context.path", n)+"'>")
	}},
	{"html urls", 60_000, func(n int) string {
		return withTemplate("text/html", "<img srcset='/"+strings.Repeat("$context.path", n)+"'>")
	}},
}

// withTemplate is a document with one template, written as JSON has it.
func withTemplate(mediaType, text string) string {
	return `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"` + mediaType + `":"` + text + `"}}}}`
}

// undefinedStageVariables uses n stage variables and defines n others.
func undefinedStageVariables(n int) string {
	return `{"stageVariables":{` + numbered(n, `"defined#":"x",`) + `"last":"x"},` +
		withTemplate("text/plain", numbered(n, "$stageVariables.undefined# "))[1:]
}

// numbered repeats text, with the number of the repetition in the place of "#".
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Replace(text, "#", strconv.Itoa(100_000+i), 1))
	}
	return b.String()
}

// TestLoadLarge loads every large document to its end, and holds that the work grows as its size.
func TestLoadLarge(t *testing.T) {
	for _, tc := range largeDocuments {
		t.Run(tc.name, func(t *testing.T) {
			text := []byte(tc.build(tc.n))
			if program, findings := Load(text, Everything()); program == nil && !findings.HasErrors() {
				t.Errorf("%d bytes are refused without an error", len(text))
			}
			growth.Check(t, "loading", func(size int) func() {
				text := []byte(tc.build(size / 4))
				return func() { Load(text, Everything()) }
			})
		})
	}
}

// TestManyHeaders holds the same for replies with many headers: a route document has room for thousands.
func TestManyHeaders(t *testing.T) {
	growth.Check(t, "a reply with many headers", func(size int) func() {
		program, findings := Load([]byte(`{"gatewayResponses":{"THROTTLED":{"headers":{`+numbered(size/8, `"h#":"x",`)+`"last":"x"}}}}`), Everything())
		if program == nil {
			t.Fatal(findings)
		}
		exchange := &facts.Facts{Reply: facts.Reply{Status: 429, Details: "local_rate_limited"}}
		return func() { program.Decide(exchange) }
	})
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/facts"
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

// TestLoadTimeGrowsLinearly holds that four times the document takes about four times as long. It was 16 times.
func TestLoadTimeGrowsLinearly(t *testing.T) {
	const limit, attempts = 10, 3
	for _, tc := range largeDocuments {
		t.Run(tc.name, func(t *testing.T) {
			small, large := []byte(tc.build(tc.n/4)), []byte(tc.build(tc.n))
			var fast, slow time.Duration
			for range attempts {
				// The shortest of some is least disturbed by what else the machine does.
				if fast, slow = loadTime(small), loadTime(large); slow <= limit*fast {
					return
				}
			}
			t.Errorf("%d bytes take %v and %d take %v, want at most %d times as long", len(small), fast, len(large), slow, limit)
		})
	}
}

// loadTime is the shortest time that a document loads in.
func loadTime(text []byte) time.Duration {
	shortest := time.Hour
	for range 3 {
		start := time.Now()
		Load(text)
		shortest = min(shortest, time.Since(start))
	}
	return shortest
}

// TestReplyTimeGrowsLinearly holds the same for a reply with many headers: a route document has room for thousands.
func TestReplyTimeGrowsLinearly(t *testing.T) {
	const n, limit, attempts = 8_000, 10, 3
	var fast, slow time.Duration
	for range attempts {
		if fast, slow = replyTime(n/4), replyTime(n); slow <= limit*fast {
			return
		}
	}
	t.Errorf("%d headers take %v and %d take %v, want at most %d times as long", n/4, fast, n, slow, limit)
}

// replyTime is the shortest time that a reply with n headers takes.
func replyTime(n int) time.Duration {
	program, _ := Load([]byte(`{"gatewayResponses":{"THROTTLED":{"headers":{` + numbered(n, `"h#":"x",`) + `"last":"x"}}}}`))
	exchange := &facts.Facts{Reply: facts.Reply{Status: 429, Details: "local_rate_limited"}}
	shortest := time.Hour
	for range 3 {
		start := time.Now()
		program.Decide(exchange)
		shortest = min(shortest, time.Since(start))
	}
	return shortest
}

func BenchmarkLoad(b *testing.B) {
	for _, bc := range largeDocuments {
		b.Run(bc.name, func(b *testing.B) {
			text := []byte(bc.build(bc.n))
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				Load(text)
			}
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// FuzzParseGrowth: the work on a template grows as its length, whatever is repeated in it.
func FuzzParseGrowth(f *testing.F) {
	for _, seed := range []struct{ mediaType, head, fragment, tail string }{
		{"text/html", "", "<!--a--!>", ""},
		{"text/html", "", "<!--a--!>", "$context.path"},
		{"text/html", "", "<!--->-", "-->"},
		{"text/html", "", "<!-- --", ""},
		{"text/html", "", "<title></title", "$context.path"},
		{"text/html", "<svg>", "<title></title>", "$context.path"},
		{"text/html", "<svg>", "<![CDATA[]]>", "$context.path"},
		{"text/html", "", "<script><!--<script></script>", "$context.path"},
		{"text/html", "", "<p a='$context.path' b=\"", ""},
		{"text/html", "", "<a href='${context.path|url}' href='", "'>"},
		{"text/html", "<a href='", "${context.path|url}", "'>"},
		{"text/html", "<a href='", "$context.path", ":'>"},
		{"text/html", "<a href='", "/\\", "$context.path'>"},
		{"text/html", "<img srcset='", "/$context.path 1x, ", "'>"},
		{"text/html", "<img srcset='", "$stageVariables.part ", "'>"},
		{"text/html", "", "<noscript><!--</noscript>", "$context.path"},
		{"text/html", "", "<noscript><noscript>", "$context.path"},
		{"text/html", "<meta http-equiv='refresh' content='", "$context.path;", "'>"},
		{"application/xml", "", "<!a<!--", "$context.path"},
		{"application/xml", "", "<script>", "$context.path"},
		{"application/xhtml+xml", "", "<script>", "$context.path</script>"},
		{"application/json", "", "$context.path  ", ":"},
		{"application/json", "\"", "\\u00$context.path", "\""},
		{"text/plain", "", "${context.path", ""},
		{"text/plain", "", "${context.path", "}"},
		{"text/plain", "", "$context.a-", ""},
		{"text/plain", "", "$method.request.", ""},
		{"text/plain", "$stageVariables.", "a-", ""},
		{"text/css", "", "$context.unknown", ""},
	} {
		f.Add(seed.mediaType, seed.head, seed.fragment, seed.tail)
	}
	f.Fuzz(func(t *testing.T, mediaType, head, fragment, tail string) {
		if max(len(head), len(fragment), len(tail), len(mediaType)) > growth.MaxFragment {
			return
		}
		options := Options{MediaType: mediaType, Resolve: resolve, Owners: ownersValues}
		if mediaType == "" {
			options.Header = "Location"
		}
		what := "parsing " + mediaType + " with " + strconv.Quote(fragment) + " behind " + strconv.Quote(head)
		growth.Check(t, what, func(size int) func() {
			text := growth.Repeat(head, fragment, tail, size)
			return func() { Parse(text, options) }
		})
	})
}

// FuzzRenderGrowth: the work on a rendered text grows as the length of the template and of the value, and a text never gets
// longer than its limit.
func FuzzRenderGrowth(f *testing.F) {
	for _, mediaType := range []string{"text/plain", "application/json", "text/html", "application/x-www-form-urlencoded"} {
		f.Add(mediaType, "$context.path", "<\"&")
		f.Add(mediaType, `"${context.path|json}" `, "\x00")
	}
	f.Fuzz(func(t *testing.T, mediaType, fragment, value string) {
		if max(len(mediaType), len(fragment), len(value)) > growth.MaxFragment {
			return
		}
		options := Options{MediaType: mediaType, Resolve: resolve, Owners: ownersValues}
		growth.Check(t, "rendering "+strconv.Quote(fragment), func(size int) func() {
			parsed, _ := Parse(growth.Repeat("", fragment, "", size), options)
			if parsed == nil {
				return func() {}
			}
			return func() { fillAll(parsed, value, true) }
		})
		parsed, _ := Parse(fragment, options)
		if parsed == nil {
			return
		}
		growth.Check(t, "rendering of "+strconv.Quote(value), func(size int) func() {
			long := growth.Repeat("", value, "", size)
			return func() { fillAll(parsed, long, true) }
		})
		checkLimit(t, parsed, value)
	})
}

// checkLimit: a limit that the text keeps changes nothing; one that it does not keep gives no text.
func checkLimit(t *testing.T, parsed *Template, value string) {
	t.Helper()
	whole := string(fillText(parsed, value))
	for _, limit := range []int{len(whole), len(whole) - 1} {
		got, ok := parsed.Render([]byte("before"), limit, func(int) (string, bool) { return value, true })
		if want := limit == len(whole); ok != want || want && string(got) != "before"+whole || !want && got != nil {
			t.Errorf("Render within %d bytes = %q, %v; the text is %q", limit, got, ok, whole)
		}
	}
}

// fillText fills every slot with the same value.
func fillText(parsed *Template, value string) []byte {
	text, _ := parsed.Render(nil, NoLimit, func(int) (string, bool) { return value, true })
	return text
}

// TestRenderStops: a text that gets too long is given up where it does.
func TestRenderStops(t *testing.T) {
	parsed := parse(t, strings.Repeat("$context.path", 1_000), "text/plain", Refuse)
	asked, value := 0, strings.Repeat("x", 60_000)
	text, whole := parsed.Render(nil, 1<<20, func(int) (string, bool) { asked++; return value, true })
	if want := 1<<20/len(value) + 1; text != nil || whole || asked != want {
		t.Errorf("Render = %d bytes, %v after %d values, want none, false after %d", len(text), whole, asked, want)
	}
}

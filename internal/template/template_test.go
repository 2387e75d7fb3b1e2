// SPDX-License-Identifier: Apache-2.0

package template

import (
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// values are what the variables of the tests hold. A name that is missing here has no value.
var values = map[string]string{
	"context.path":                "/a b?",
	"context.stage":               "prod",
	"context.status":              "404",
	"context.error.message":       `say "no" & <go>`,
	"context.error.messageString": `say "no"`,
	"context.hostile":             "</title><script>alert('1')</script>\"\\\n\x00\xff\ufffe",
	"context.nested":              "${context.path} $context.stage",
	"context.empty":               "",
	"stageVariables.docs":         "https://docs.example.com",
	"stageVariables.docs-url":     "https://docs.example.com/url",
	"method.request.header.x-id":  "id-1",
	"context.a b/c$d":             "braced",
}

// resolve knows every name but those that begin with "context.unknown".
func resolve(name, _ string) (Kind, *Remark) {
	switch {
	case strings.HasPrefix(name, "context.unknown"):
		return KindText, &Remark{Code: code.UnknownVariable, Message: "unknown variable " + quote.Text(name)}
	case name == "context.error.messageString" || name == "context.error.noMessageString":
		return KindQuoted, nil
	case name == "stageVariables.absent":
		return KindAbsent, nil
	case name == "context.status" || name == "context.noStatus" || name == "context.notJSON":
		return KindJSON, nil
	default:
		return KindText, nil
	}
}

// ownersValues are the values of the owner's variables in the tests.
func ownersValues(name string) []string {
	switch strings.TrimPrefix(name, "stageVariables.") {
	case name:
		return []string{"prod"}
	case "scheme":
		return []string{"https"}
	case "host":
		return []string{"docs.example.com"}
	case "domain":
		return []string{"example.com"}
	case "slash":
		return []string{"/"}
	case "sometimes":
		return []string{owners, ""}
	case "part":
		return []string{"a", ""}
	case "empty":
		return nil
	}
	return []string{owners}
}

// parse parses a template that must be good.
func parse(t *testing.T, text, mediaType string, unsafe Unsafe) *Template {
	t.Helper()
	parsed, findings := Parse(text, Options{MediaType: mediaType, Unsafe: unsafe, Resolve: resolve, Owners: ownersValues})
	if parsed == nil {
		t.Fatalf("Parse(%q) = %v", text, findings)
	}
	return parsed
}

// render fills a template from values.
func render(parsed *Template, values map[string]string) string {
	text, _ := parsed.Render(nil, NoLimit, func(i int) (string, bool) {
		value, ok := values[parsed.Names()[i]]
		return value, ok
	})
	return string(text)
}

func TestNames(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		want       []string
	}{
		{"empty", "", nil},
		{"text", "no variables", nil},
		{"one", "$context.path", []string{"context.path"}},
		{"twice", "$context.path$context.path", []string{"context.path", "context.path"}},
		{"longest match", "$context.error.messageString}", []string{"context.error.messageString"}},
		{"dot at the end", "$context.path.", []string{"context.path"}},
		{"two dots", "$context.path..stage", []string{"context.path"}},
		{"dot before a variable", "$context.path.$context.stage", []string{"context.path", "context.stage"}},
		{"underscore and digits", "$context.a_1.b2", []string{"context.a_1.b2"}},
		{"no hyphen in context", "$context.a-b", []string{"context.a"}},
		{"no letters beyond ASCII", "$context.añb", []string{"context.a"}},
		{"hyphen in a stage variable", "$stageVariables.docs-url/", []string{"stageVariables.docs-url"}},
		{"hyphens in a stage variable", "$stageVariables.a--b-c", []string{"stageVariables.a--b-c"}},
		{"hyphen at the end", "$stageVariables.docs-", []string{"stageVariables.docs"}},
		{"hyphen at the start", "$stageVariables.-docs", nil},
		{"nothing after a hyphenated word", "$stageVariables.a-b.c", []string{"stageVariables.a-b"}},
		{"hyphen in the last word", "$stageVariables.a.b-c", []string{"stageVariables.a.b-c"}},
		{"header", "$method.request.header.X-Request-Id;", []string{"method.request.header.X-Request-Id"}},
		{"hyphen at the end of a header", "$method.request.header.x-.", []string{"method.request.header.x"}},
		{"dotted header", "$method.request.header.a.b-c", []string{"method.request.header.a.b-c"}},
		{"no hyphen in the position", "$method.request.header-x", []string{"method.request.header"}},
		{"position alone", "$method.request.body", []string{"method.request.body"}},
		{"bare roots", "$context $stageVariables $method.request $method $", nil},
		{"bare roots with a dot", "$context. $stageVariables.. $method.request.", nil},
		{"longer word", "$contextual.path $stageVariablesX.a $method.requests.a", nil},
		{"unknown root", "$input.path('$') $util.x ${foo} ${foo.bar|baz}", nil},
		{"other case", "$Context.path $CONTEXT.path", nil},
		{"no dollar", "method.request.header.x context.path {context.path}", nil},
		{"dollars", "$$", nil},
		{"dollar before a variable", "$$context.path", []string{"context.path"}},
		{"braces", "${context.path}", []string{"context.path"}},
		{"braces before text", "${context.stage}s", []string{"context.stage"}},
		{"any character in braces", "${context.a b/c$d}", []string{"context.a b/c$d"}},
		{"filter", "${context.path|url}${context.path|json}${context.path|html}", []string{"context.path", "context.path", "context.path"}},
		{"bare root in braces", "${context} ${stageVariables|json} ${method.request}", nil},
		{"longer word in braces", "${contextual.path} ${contextual", nil},
		{"brace before a variable", "${$context.path}", []string{"context.path"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			parsed := parse(t, tc.text, "", Refuse)
			if diff := cmp.Diff(tc.want, parsed.Names()); diff != "" {
				t.Errorf("Parse(%q).Names() mismatch (-want +got):\n%s", tc.text, diff)
			}
		})
	}
}

func TestRender(t *testing.T) {
	for _, tc := range []struct{ name, mediaType, text, want string }{
		{"text around", "text/plain", "a $context.stage b $context.status c", "a prod b 404 c"},
		{"header value", "", "$context.error.message", `say "no" & <go>`},
		{"absent in text", "text/plain", "[$context.absent]", "[]"},
		{"empty in text", "text/plain", "[$context.empty]", "[]"},
		{"message string in text", "text/plain", "$context.error.messageString", `"say \"no\""`},
		{"no message string in text", "text/plain", "$context.error.noMessageString", "null"},
		{"never looked at again", "text/plain", "$context.nested", "${context.path} $context.stage"},
		{"split over two variables", "text/plain", "$$context.empty{context.path}", "${context.path}"},
		{"url filter", "text/plain", "?to=${context.path|url}", "?to=%2Fa%20b%3F"},
		{"json filter", "text/plain", `{"m":"${context.error.message|json}"}`, `{"m":"say \"no\" & <go>"}`},
		{"html filter", "text/plain", "<p>${context.error.message|html}</p>", "<p>say &quot;no&quot; &amp; &lt;go&gt;</p>"},
		{"filter of an absent value", "text/plain", "[${context.absent|url}]", "[]"},
		{"filter before the quotes", "text/plain", "${context.error.messageString|url}", `"say%20%22no%22"`},
		{"form", "application/x-www-form-urlencoded", "m=$context.error.message", "m=say%20%22no%22%20%26%20%3Cgo%3E"},
		{"message string in a form", "application/x-www-form-urlencoded", "m=$context.error.messageString", "m=%22say%20%5C%22no%5C%22%22"},
		{"static text of any type", "text/css", "a { content: '$' }", "a { content: '$' }"},

		{"in a JSON string", "application/json", `{"m":"($context.error.message)"}`, `{"m":"(say \"no\" & <go>)"}`},
		{
			"control characters in a JSON string", "application/json", `"$context.hostile"`,
			`"</title><script>alert('1')</script>\"\\\n\u0000` + "\ufffd\ufffe\"",
		},
		{"bare in JSON", "application/json", `{"p":$context.path}`, `{"p":"/a b?"}`},
		{"number bare", "application/json", `{"s":$context.status}`, `{"s":404}`},
		{"number in a string", "application/json", `{"s":"$context.status"}`, `{"s":"404"}`},
		{"no number after all", "application/json", `{"s":$context.notJSON}`, `{"s":"1;2"}`},
		{"absent number", "application/json", `{"s":$context.noStatus}`, `{"s":null}`},
		{"message string bare", "application/json", `{"m":$context.error.messageString}`, `{"m":"say \"no\""}`},
		{"message string in a string", "application/json", `{"m":"$context.error.messageString"}`, `{"m":"say \"no\""}`},
		{"no message string bare", "application/json", `{"m":$context.error.noMessageString}`, `{"m":null}`},
		{"no message string in a string", "application/json", `{"m":"$context.error.noMessageString"}`, `{"m":""}`},
		{"absent bare", "application/json", `{"p":$context.absent}`, `{"p":null}`},
		{"absent in a string", "application/json", `{"p":"a$context.absent"}`, `{"p":"a"}`},
		{"empty bare", "application/json", `{"p":$context.empty}`, `{"p":""}`},
		{"name of a member", "application/json", `{$context.stage : 1}`, `{"prod" : 1}`},
		{"number as the name of a member", "application/json", `{$context.status:1}`, `{"404":1}`},
		{"absent name of a member", "application/json", `{$context.absent:1}`, `{"":1}`},
		{"after an escaped quote", "application/json", `{"m":"\"$context.path"}`, `{"m":"\"/a b?"}`},
		{"after an escaped backslash", "application/json", `{"m":"\\$context.path"}`, `{"m":"\\/a b?"}`},
		{"after an escaped character", "application/json", `{"m":"\u0024$context.stage"}`, `{"m":"\u0024prod"}`},
		{"after a string", "application/json", `{"a":"b\\","p":$context.stage}`, `{"a":"b\\","p":"prod"}`},
		{"filter in JSON", "application/json", `"${context.path|url}"`, `"%2Fa%20b%3F"`},
		{"number through a filter", "application/json", `${context.status|url}`, `404`},
		{"problem+json", "Application/Problem+JSON; charset=utf-8", `$context.stage`, `"prod"`},
		{"text/json", "text/json", `$context.stage`, `"prod"`},

		{"HTML text", "text/html; charset=utf-8", "<p>$context.error.message</p>", "<p>say &quot;no&quot; &amp; &lt;go&gt;</p>"},
		{"HTML attribute", "text/html", `<p title='$context.error.message'>`, `<p title='say &quot;no&quot; &amp; &lt;go&gt;'>`},
		{
			"HTML title", "text/html", `<title>$context.hostile</title>`,
			"<title>&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;\\\n\ufffd\ufffd\ufffd</title>",
		},
		{"HTML textarea", "text/html", "<textarea>a < $context.stage</textarea>", "<textarea>a < prod</textarea>"},
		{"message string in HTML", "text/html", "<p>$context.error.messageString</p>", "<p>&quot;say \\&quot;no\\&quot;&quot;</p>"},
		{"no message string in HTML", "text/html", "<p>$context.error.noMessageString</p>", "<p>null</p>"},
		{"URL begins with a stage variable", "text/html", `<a href="$stageVariables.docs/e">`, `<a href="https://docs.example.com/e">`},
		{"URL begins with the filter", "text/html", `<a href="${context.path|url}">`, `<a href="%2Fa%20b%3F">`},
		{"URL with a variable in its query", "text/html", `<a href="/login?to=$context.path">`, `<a href="/login?to=/a b?">`},
		{
			"XML text", "application/xml", "<m>$context.hostile</m>",
			"<m>&lt;/title&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;\\\n\ufffd\ufffd\ufffd</m>",
		},
		{"XML attribute", "application/problem+xml", `<m a="$context.error.message"/>`, `<m a="say &quot;no&quot; &amp; &lt;go&gt;"/>`},
		{"text/xml", "text/xml", `<m>$context.path</m>`, `<m>/a b?</m>`},
		{"XHTML", "application/xhtml+xml", `<p>$context.path</p>`, `<p>/a b?</p>`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			all := map[string]string{"context.notJSON": "1;2"}
			for name, value := range values {
				all[name] = value
			}
			if got := render(parse(t, tc.text, tc.mediaType, Refuse), all); got != tc.want {
				t.Errorf("Render(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestRenderRaw(t *testing.T) {
	for _, tc := range []struct{ name, mediaType, text, want string }{
		{"bare in JSON", "application/json", `{"m":$context.error.message}`, `{"m":say "no" & <go>}`},
		{"in a JSON string", "application/json", `{"m":"$context.error.message"}`, `{"m":"say "no" & <go>"}`},
		{"number", "application/json", `{"s":$context.status}`, `{"s":404}`},
		{"absent bare", "application/json", `{"m":$context.absent}`, `{"m":}`},
		{"message string bare", "application/json", `{"m":$context.error.messageString}`, `{"m":"say \"no\""}`},
		{"message string in a string", "application/json", `{"m":"$context.error.messageString"}`, `{"m":""say \"no\"""}`},
		{"no message string bare", "application/json", `{"m":$context.error.noMessageString}`, `{"m":null}`},
		{"no message string in a string", "application/json", `{"m":"$context.error.noMessageString"}`, `{"m":"null"}`},
		{"after a backslash", "application/json", `{"m":"\$context.stage"}`, `{"m":"\prod"}`},
		{"filter", "application/json", `{"m":"${context.error.message|json}"}`, `{"m":"say \"no\" & <go>"}`},
		{"text", "text/plain", "$context.error.message", `say "no" & <go>`},
		{"HTML", "text/html", "<p>$context.error.message", `<p>say "no" & <go>`},
		{"filter in HTML", "text/html", "<p>${context.error.message|html}", "<p>say &quot;no&quot; &amp; &lt;go&gt;"},
		{"script", "text/html", "<script>f('$context.path')</script>", "<script>f('/a b?')</script>"},
		{"comment", "text/html", "<!-- $context.path -->", "<!-- /a b? -->"},
		{"attribute without quotes", "text/html", "<p title=$context.path>", "<p title=/a b?>"},
		{"XML", "application/xml", "<m>$context.error.message</m>", `<m>say "no" & <go></m>`},
		{"CDATA", "application/xml", "<m><![CDATA[$context.path]]></m>", "<m><![CDATA[/a b?]]></m>"},
		{"form", "application/x-www-form-urlencoded", "p=$context.path", "p=/a b?"},
		{"type without escaping", "text/css", "a { content: '$context.path' }", "a { content: '/a b?' }"},
		{"not closed", "application/json", `"${context.stage"`, `"${context.stage"`},
		{"unknown filter", "text/plain", "${context.stage|upper}", "prod"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := render(parse(t, tc.text, tc.mediaType, Insert), values); got != tc.want {
				t.Errorf("Render(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestRenderAppends(t *testing.T) {
	parsed := parse(t, "$context.stage", "text/plain", Refuse)
	text, _ := parsed.Render([]byte("before "), len("prod"), func(int) (string, bool) { return "prod", true })
	if got, want := string(text), "before prod"; got != want {
		t.Errorf("Render(%q) = %q, want %q", "before ", got, want)
	}
}

func TestRenderAllocates(t *testing.T) {
	parsed := parse(t, `{"message":$context.error.message,"id":"$context.stage","status":$context.status}`, "application/json", Refuse)
	dst := make([]byte, 0, 1<<10)
	value := func(int) (string, bool) { return `a "value"`, true }
	if got := testing.AllocsPerRun(100, func() { parsed.Render(dst, NoLimit, value) }); got != 0 {
		t.Errorf("Render into a large enough buffer allocates %v times, want 0", got)
	}
}

// TestRenderReserves holds that a text that is given up early takes no memory for the rest of its template.
func TestRenderReserves(t *testing.T) {
	const limit = 100
	parsed := parse(t, strings.Repeat("$context.stage ", 10_000), "text/plain", Refuse)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parsed.Render(nil, limit, func(int) (string, bool) { return "prod", true })
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 16<<10 {
		t.Errorf("Render up to %d bytes allocates %d", limit, got)
	}
	if _, whole := parsed.Render(nil, -1, func(int) (string, bool) { return "", true }); whole {
		t.Error("a text is whole that has less than no room")
	}
}

func TestIsJSON(t *testing.T) {
	for _, tc := range []struct {
		mediaType string
		want      bool
	}{
		{"application/json", true},
		{"APPLICATION/JSON ; charset=utf-8", true},
		{"application/problem+json", true},
		{"text/json", true},
		{"application/json-seq", false},
		{"application/xml", false},
		{"text/plain", false},
		{"", false},
	} {
		t.Run(tc.mediaType, func(t *testing.T) {
			if got := IsJSON(tc.mediaType); got != tc.want {
				t.Errorf("IsJSON(%q) = %v, want %v", tc.mediaType, got, tc.want)
			}
		})
	}
}

func TestIsJSONNumber(t *testing.T) {
	for _, tc := range []struct {
		text string
		want bool
	}{
		{"0", true},
		{"-0", true},
		{"404", true},
		{"1.5", true},
		{"-10.05e+3", true},
		{"1E-9", true},
		{"", false},
		{"-", false},
		{"01", false},
		{"+1", false},
		{"1.", false},
		{".5", false},
		{"1e", false},
		{"1e+", false},
		{"1 ", false},
		{"0x1", false},
		{"--1", false},
		{"1,2", false},
		{"NaN", false},
	} {
		t.Run(tc.text, func(t *testing.T) {
			if got := isJSONNumber(tc.text); got != tc.want {
				t.Errorf("isJSONNumber(%q) = %v, want %v", tc.text, got, tc.want)
			}
		})
	}
}

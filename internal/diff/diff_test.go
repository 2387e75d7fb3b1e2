// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/survey"
)

// compare compares two documents.
func compare(t *testing.T, before, after string) *Report {
	t.Helper()
	var documents []exchange.Document
	for _, text := range []string{before, after} {
		document, _ := config.Decode([]byte(text))
		program, findings := engine.Load([]byte(text), engine.Everything())
		if program == nil {
			t.Fatal(findings)
		}
		documents = append(documents, exchange.Document{Config: document, Program: program})
	}
	return Of(documents[0], documents[1])
}

func TestText(t *testing.T) {
	const throttled = `"THROTTLED": {"headers": {"Retry-After": "5"}, "responseTemplates": {"application/json": "{\"message\":$context.error.messageString,\"n\":1}"}}`
	for _, tc := range []struct{ name, before, after, want string }{
		{"nothing", `{"gatewayResponses": {` + throttled + `}}`, `{ "x-a": 1, "gatewayResponses": {` + throttled + `} }`, "0 replies change, 19 the same\n"},
		{
			"status, header and body",
			`{"gatewayResponses": {` + throttled + `}}`,
			`{"gatewayResponses": {` + strings.NewReplacer(`{"headers"`, `{"statusCode": 503, "headers"`, `"5"`, `"7"`, `\"n\":1`, `\"n\":2`).Replace(throttled) + `}}`,
			"THROTTLED\n  -HTTP 429\n  +HTTP 503\n  -retry-after: 5\n  +retry-after: 7\n  @@ -1,4 +1,4 @@\n   {\n     \"message\": \"Too Many Requests\",\n" +
				"  -  \"n\": 1\n  +  \"n\": 2\n   }\n\n1 reply changes, 18 the same\n",
		},
		{
			"a new media type", `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "no"}}}}`,
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "no", "text/html": "<p>"}}}}`,
			"THROTTLED; text/html\n   HTTP 429\n  -content-type: text/plain\n  +content-type: text/html\n  +vary: Accept\n  @@ -1,1 +1,1 @@\n  -no\n  +<p>\n\n" +
				"THROTTLED; text/plain\n   HTTP 429\n  +vary: Accept\n\n2 replies change, 18 the same\n",
		},
		{
			"an entry that is new", `{}`, `{"gatewayResponses": {"QUOTA_EXCEEDED": {"responseTemplates": {"text/plain": ""}}}}`,
			"0 replies change, 19 the same\n", // Envoy's reply has no body either
		},
		{
			"a rule", `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}, "X_A": {"statusCode": 404}}}`,
			`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}, "X_A": {"statusCode": 418, "responseTemplates": {"application/json": "1"}}},
				"classification": [{"when": {"details": ["rbac_*"]}, "responseType": "X_A"}]}`,
			"ACCESS_DENIED -> X_A\n  -HTTP 404\n  +HTTP 418\n  @@ -1,3 +1,1 @@\n  -{\n  -  \"message\": \"User is not authorized to access this resource\"\n  -}\n  +1\n\n" +
				"1 reply changes, 19 the same\n",
		},
		{
			"a rule for what services send", `{}`,
			`{"gatewayResponses": {"X_A": {"responseTemplates": {"text/plain": "no"}}}, "classification": [{"when": {"status": [404], "source": "any"}, "responseType": "X_A"}]}`,
			"RESOURCE_NOT_FOUND -> X_A\n  -HTTP 404 (left as it is: noEntry)\n  +HTTP 404\n  +content-type: text/plain\n  @@ -0,0 +1,1 @@\n  +no\n\n" +
				"X_A\n  -HTTP 404 (left as it is: upstream)\n  +HTTP 404\n  +content-type: text/plain\n  @@ -0,0 +1,1 @@\n  +no\n\n2 replies change, 18 the same\n",
		},
		{
			"a rule for a type that the tables have, too", `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "no"}}}}`,
			`{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "no"}}}, "classification": [{"when": {"filter": ["shop.quota"], "status": [403]}, "responseType": "THROTTLED"}]}`,
			"ACCESS_DENIED -> THROTTLED\n  -HTTP 403 (left as it is: deliberate)\n  +HTTP 403\n  +content-type: text/plain\n  @@ -0,0 +1,1 @@\n  +no\n\n1 reply changes, 19 the same\n",
		},
		{
			"the same for several, and on a route", `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "a"}}}, "routes": [{"name": "r", "gatewayResponses": {"UNAUTHORIZED": {}}}]}`,
			`{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "a"}, "headers": {"x-a": "b"}}}, "routes": [{"name": "r", "gatewayResponses": {"UNAUTHORIZED": {}}}]}`,
			"ACCESS_DENIED, AUTHORIZER_FAILURE; also on route r\n",
		},
		{
			"routes", `{"routes": [{"name": "a"}, {"name": "b", "match": {"pathPrefix": "/b"}}, {"name": "c"}]}`,
			`{"routes": [{"name": "c"}, {"name": "b", "match": {"pathPrefix": "/c"}}, {"name": "d"}]}`,
			"route \"a\" is gone\nroute \"d\" is new\nroute \"b\" takes other requests: its match changes\nthe order of routes changes: the first whose match holds takes a request\n" +
				"0 replies change, ",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := compare(t, tc.before, tc.after).Text(&b, false); err != nil {
				t.Fatal(err)
			}
			got := b.String()
			if !strings.HasSuffix(tc.want, "the same\n") {
				got = got[:min(len(got), len(tc.want))]
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

// TestMarkdown holds the form of a comment, and that nothing in a document breaks out of it.
func TestMarkdown(t *testing.T) {
	report := compare(t, `{}`, `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/plain": "`+"````"+`\n</details>@all"}}},
		"routes": [{"name": "a|b@team<i>", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404}}}]}`)
	var b bytes.Buffer
	if err := report.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	want := "### What clients will see: 3 replies change, 34 the same\n\n- route \"a\\|b&#64;team&lt;i&gt;\" is new\n\n" +
		"| type | route | media type | before | after | changes |\n|---|---|---|---|---|---|\n" +
		"| THROTTLED |  |  | 429 text/plain, left | 429 text/plain | body |\n" +
		"| THROTTLED | a\\|b&#64;team&lt;i&gt; |  | 429 text/plain, left | 429 text/plain | body |\n" +
		"| ACCESS_DENIED | a\\|b&#64;team&lt;i&gt; |  | 403 text/plain, left | 404 application/json | status, content-type, body |\n\n" +
		"<details><summary>THROTTLED; also on route a|b&#64;team&lt;i&gt;: 429</summary>\n\n" +
		"`````diff\n-HTTP 429 (left as it is: noEntry)\n+HTTP 429\n@@ -1,1 +1,2 @@\n-local_rate_limited\n+````\n+</details>@all\n`````\n\n</details>\n\n" +
		"<details><summary>ACCESS_DENIED; route a|b&#64;team&lt;i&gt;: 403 -> 404</summary>\n\n```diff\n-HTTP 403 (left as it is: noEntry)\n+HTTP 404\n" +
		"-content-type: text/plain\n+content-type: application/json\n@@ -1,1 +1,3 @@\n-RBAC: access denied\n+{\n+  \"message\": \"User is not authorized to access this resource\"\n+}\n```\n\n</details>\n"
	want = strings.Replace(want, "403 -> 404", "403 -&gt; 404", 1)
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("Markdown (-want +got):\n%s", diff)
	}
}

func TestWhom(t *testing.T) {
	change := func(route, of, media string) Change {
		return Change{Key: survey.Key{Route: route, Type: config.ResponseType(of), Media: media}}
	}
	g := Group{Changes: []Change{
		change("", "A", ""), change("", "B", ""), change("", "A", "text/html"), change("r", "A", ""), change("r", "B", ""), change("s", "C", ""), change("u", "C", ""),
	}}
	for i := range 10 {
		g.Changes = append(g.Changes, change(fmt.Sprintf("t%d", i), "D", "a/b"))
	}
	want := []string{"A, B; also on route r", "A; text/html", "C; routes s, u", "D; a/b; routes t0, t1, t2, t3, t4, t5, t6, t7 and 2 more"}
	if diff := cmp.Diff(want, g.whom()); diff != "" {
		t.Errorf("whom (-want +got):\n%s", diff)
	}
}

// TestMarkdownFits holds that a comment stays below what GitHub takes, however much changes, and says what it lacks.
func TestMarkdownFits(t *testing.T) {
	var routes []map[string]any
	for i := range 400 {
		routes = append(routes, map[string]any{"name": fmt.Sprintf("route-%d-%s", i, strings.Repeat("n", 200)), "gatewayResponses": map[string]any{
			"THROTTLED": map[string]any{"responseTemplates": map[string]any{"text/plain": strings.Repeat(fmt.Sprintf("line %d\n", i), 100)}},
		}})
	}
	text, err := json.Marshal(map[string]any{"routes": routes})
	if err != nil {
		t.Fatal(err)
	}
	report := compare(t, `{}`, string(text))
	var b bytes.Buffer
	if err := report.Markdown(&b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 65536 || report.Changed != 400 {
		t.Errorf("%d changes give %d bytes", report.Changed, b.Len())
	}
	for _, want := range []string{"more about routes\n", " more | | | | | |\n", "is not shown here; gwr diff shows it."} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the comment lacks %q", want)
		}
	}
}

func TestJSON(t *testing.T) {
	report := compare(t, `{}`, `{"gatewayResponses": {"QUOTA_EXCEEDED": {"statusCode": 430, "responseTemplates": {"text/plain": "no"}}}}`)
	text, err := json.Marshal(report.JSON())
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"changes":[{"type":"QUOTA_EXCEEDED","route":"","mediaType":"","details":"rate_limited_by_quota","originalStatus":429,` +
		`"before":{"type":"QUOTA_EXCEEDED","left":"noEntry","replaced":false,"status":429,"headers":[],"body":""},` +
		`"after":{"type":"QUOTA_EXCEEDED","entry":"QUOTA_EXCEEDED","replaced":true,"status":430,"headers":[{"name":"content-type","value":"text/plain"},{"name":"content-length","value":"2"}],"body":"no"},` +
		`"headers":["+content-type: text/plain"],"body":"@@ -0,0 +1,1 @@\n+no\n"}],"notes":[],"changed":1,"unchanged":18}`
	got := string(text)
	if diff := cmp.Diff(sorted(want), sorted(got)); diff != "" {
		t.Errorf("JSON (-want +got):\n%s", diff)
	}
}

// sorted is JSON as Go values, in which the order of header lines does not matter.
func sorted(text string) any {
	var value any
	if err := json.Unmarshal([]byte(strings.ReplaceAll(text, `{"name":"content-length","value":"2"},{"name":"content-type","value":"text/plain"}`,
		`{"name":"content-type","value":"text/plain"},{"name":"content-length","value":"2"}`)), &value); err != nil {
		return err.Error()
	}
	return value
}

// TestGrowth holds that the work grows with the number of routes, and no faster.
func TestGrowth(t *testing.T) {
	growth.Check(t, "a comparison of documents with routes", func(size int) (work func()) {
		var b strings.Builder
		b.WriteString(`{"gatewayResponses": {"DEFAULT_4XX": {}}, "routes": [`)
		for i := range size / 50 {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, `{"name": "r%d", "match": {"pathPrefix": "/%d"}, "gatewayResponses": {"THROTTLED": {}}}`, i, i)
		}
		text := b.String() + "]}"
		return func() { compare(t, text, text) }
	})
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/wasmhost"
)

// maxWork is the most processor time that one reply may take in the VM, whatever a client sends and a route's owner writes. It is
// some times what the work takes: what is to be found here once took seconds.
const maxWork = 200 * time.Millisecond

// maxHeaderBytes is what Envoy takes of request headers by default, 60 KiB, but for what the other headers need.
const maxHeaderBytes = 60<<10 - 256

// TestWasmWorkOfClients sends what makes most work: all that Envoy lets a client send, in every part that a document can ask for.
func TestWasmWorkOfClients(t *testing.T) {
	const asking = `{"gatewayResponses":{"ACCESS_DENIED":{
		"responseParameters":{"gatewayresponse.header.x-a":"method.request.querystring.a","gatewayresponse.header.x-b":"method.request.querystring.b",
			"gatewayresponse.header.x-c":"method.request.multivaluequerystring.a"},
		"responseTemplates":{"text/html":"<a href='/?$context.path'>$context.identity.userAgent","application/json":"[$context.path,$context.identity.userAgent]"}}},
		"routes":[{"name":"a","match":{"hosts":["*.example.com"],"path":"/{a}/b/{c+}"}},{"name":"b","match":{"pathPrefix":"/a/a"}}],
		"classification":[{"name":"r","when":{"details":["x*"],"requestHeaders":[{"name":"user-agent","glob":"*a*a*a*b"}]},"responseType":"THROTTLED"}],
		"cors":{"allowOrigins":["https://*.example.com"]},"declared":{"header":"x-type"}}`
	host := newHost(t, wasmhost.Options{}, asking)
	fill := func(fragment string) string { return growth.Repeat("", fragment, "", maxHeaderBytes) }
	for _, tc := range []struct{ name, header, value string }{
		{"a query of nothing", ":path", "/?" + fill("&")},
		{"many parameters", ":path", "/?" + fill("a&")},
		{"encoded parameters", ":path", "/?" + fill("%61=%26&")},
		{"a long path", ":path", fill("/a")},
		{"an encoded path", ":path", "/" + fill("%2F")},
		{"slashes", ":path", fill("/")},
		{"a long host", ":authority", fill("a.") + "example.com"},
		{"many media types", "accept", fill("a/b;q=0.1,")},
		{"many parameters of a media type", "accept", "text/html" + fill(";a=\"\\\"\"")},
		{"a long origin", "origin", "https://" + fill("a.") + "example.com"},
		{"a long user agent", "user-agent", fill("<")},
		{"control characters", "user-agent", fill("\x7f")},
		{"what a glob looks for", "user-agent", fill("a")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := denied()
			headers := facts.Headers{{Name: tc.header, Value: tc.value}}
			for _, line := range x.Facts.Request.Headers {
				if line.Name != tc.header {
					headers = append(headers, line)
				}
			}
			x.Facts.Request.Headers = headers
			growth.Within(t, "the reply", maxWork, func() { wantHealthy(t, host.Do(x)) })
		})
	}
}

// TestWasmWorkOfRouteDocuments puts documents into the metadata of a route that make most work in 64 KiB, good and bad ones.
func TestWasmWorkOfRouteDocuments(t *testing.T) {
	templateOf := func(mediaType, text string) string {
		return `{"gatewayResponses":{"ACCESS_DENIED":{"responseTemplates":{"` + mediaType + `":"` + text + `"}}}}`
	}
	numbered := func(n int, text string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(text, "#", strconv.Itoa(10_000+i)))
		}
		return b.String()
	}
	for _, tc := range []struct{ name, document string }{
		{"comments", templateOf("text/html", strings.Repeat("<!--a--!>", 7_000)+"$context.path")},
		{"undefined stage variables", `{"stageVariables":{` + numbered(1_200, `"defined#":"x",`) + `"last":"x"},` + templateOf("text/plain", numbered(1_000, "$stageVariables.undefined# "))[1:]},
		{"unknown variables", templateOf("text/plain", numbered(3_000, "$context.path# "))},
		{"unknown keys", "{" + numbered(5_000, `"k#":0,`) + `"mode":"off"}`},
		{"unknown types", `{"gatewayResponses":{` + numbered(1_500, `"MISSING_AUTHENTICATION_TOKEN#":{},`) + `"THROTTLED":{}}}`},
		{"bad mappings", `{"gatewayResponses":{"ACCESS_DENIED":{"responseParameters":{` + numbered(900, `"gatewayresponse.header.h#":"method.requests.header.a",`) + `"gatewayresponse.header.last":"'x'"}}}}`},
		{"places where nothing escapes", templateOf("text/html", strings.Repeat("<$context.path ", 4_000))},
		{"query parameters", templateOf("text/plain", numbered(1_400, "$method.request.querystring.q# "))},
		{"a quoted user agent", templateOf("application/json", `\"`+strings.Repeat("$context.identity.userAgent", 2_200)+`\"`)},
		{"links behind long stage variables", `{"stageVariables":{"a":"` + strings.Repeat("a, ", 100) + `"},` + templateOf("text/html", "<img srcset='"+strings.Repeat("$stageVariables.a ", 990)+"'>")[1:]},
		{"tags in noscript", templateOf("text/html", strings.Repeat("<noscript><b></noscript>", 2_500)+"$context.path")},
		{"paths of resources", `{"resources":[` + numbered(3_000, `"/a/{b#}",`) + `"/c"]}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if len(tc.document) > 64<<10 {
				t.Fatalf("%d bytes are no route document", len(tc.document))
			}
			host, n := newHost(t, wasmhost.Options{}, holding), 0
			growth.Within(t, "the verdict and the reply", maxWork, func() {
				x := denied()
				x.Facts.Request.Headers = append(x.Facts.Request.Headers, facts.Header{Name: "user-agent", Value: growth.Repeat("", "\x7f<", "", maxHeaderBytes)})
				// A space more, and no verdict is known.
				n++
				x.Properties = map[string]any{documentOnRoute: tc.document + strings.Repeat(" ", n)}
				wantHealthy(t, host.Do(x))
			})
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/wasmhost"
)

// greedyDocuments are route documents that hold as much of one thing as they may, or as they have room for. "#" in a piece is
// the number of the repetition.
func greedyDocuments() map[string]string {
	const size = config.MaxRouteDocument - 200
	fill := func(head, piece, tail string) string {
		parts := max(1, strings.Count(piece, ",")+strings.Count(piece, "{")+strings.Count(piece, "["))
		if strings.Contains(piece, "$context") {
			parts = strings.Count(piece, "$")
		}
		var b strings.Builder
		b.WriteString(head)
		for i := 0; b.Len()+len(piece)+len(tail)+5 < size && i < (config.MaxRouteParts-10)/parts; i++ {
			b.WriteString(strings.ReplaceAll(piece, "#", strconv.Itoa(i)))
		}
		b.WriteString(tail)
		return b.String()
	}
	// long fills a document with what does not count.
	long := func(head, piece, tail string) string {
		return head + strings.Repeat(piece, (size-len(head)-len(tail))/len(piece)) + tail
	}
	template := func(media, piece string) string {
		return fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"`+media+`":"`, piece, `"}}}}`)
	}
	return map[string]string{
		"nested objects":            fill("", `{"a":`, ""),
		"nested arrays":             fill(`{"x-a":`, "[", ""),
		"unknown keys":              fill("{", `"k#":1,`, `"k":1}`),
		"short unknown keys":        fill("{", `"#":1,`, `"k":1}`),
		"one key again":             fill("{", `"mode":"off",`, `"mode":"off"}`),
		"extensions":                fill("{", `"x-#":1,`, `"x-a":1}`),
		"a long key":                long(`{"`, "k", `":1}`),
		"a long string":             long(`{"x-a":"`, `\u00e9`, `"}`),
		"types":                     fill(`{"gatewayResponses":{`, `"X_#":{},`, `"THROTTLED":{}}}`),
		"unknown types":             fill(`{"gatewayResponses":{`, `"T#":{},`, `"THROTTLED":{}}}`),
		"statuses":                  fill(`{"gatewayResponses":{`, `"X_#":{"statusCode":"x"},`, `"THROTTLED":{}}}`),
		"headers":                   fill(`{"gatewayResponses":{"DEFAULT_4XX":{"headers":{`, `"h#":"x",`, `"h":"x"}}}}`),
		"headers with variables":    fill(`{"gatewayResponses":{"DEFAULT_4XX":{"headers":{`, `"h#":"$context.path",`, `"h":"x"}}}}`),
		"headers with typos":        fill(`{"gatewayResponses":{"DEFAULT_4XX":{"headers":{`, `"h#":"$context.pth",`, `"h":"x"}}}}`),
		"bad headers":               fill(`{"gatewayResponses":{"DEFAULT_4XX":{"headers":{`, `"h #":"x",`, `"h":"x"}}}}`),
		"mappings":                  fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseParameters":{`, `"gatewayresponse.header.h#":"'x'",`, `"gatewayresponse.header.h":"'x'"}}}}`),
		"bad mappings":              fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseParameters":{`, `"#":"x",`, `"x":"x"}}}}`),
		"mappings with typos":       fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseParameters":{`, `"gatewayresponse.header.h#":"contxt.path",`, `"gatewayresponse.header.h":"'x'"}}}}`),
		"media types":               fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{`, `"a/b#":"x",`, `"a/b":"x"}}}}`),
		"bad media types":           fill(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{`, `"#":"x",`, `"a/b":"x"}}}}`),
		"stage variables":           fill(`{"stageVariables":{`, `"v#":"x",`, `"v":"x"}}`),
		"undefined stage variables": fill(`{"stageVariables":{`, `"v#":"x",`, `"v":"x"},"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/plain":"`+strings.Repeat("$stageVariables.u ", 1000)+`"}}}}`),
		"resources":                 fill(`{"resources":[`, `"/a/#",`, `"/a/b"]}`),
		"short resources":           fill(`{"resources":[`, `"/#",`, `"/a/b"]}`),
		"resources of parameters":   long(`{"resources":[`, `"/{a}/{b}/{c}",`, `"/a/b"]}`),
		"bad resources":             fill(`{"resources":[`, `"#",`, `"/a/b"]}`),
		"deep resources":            fill(`{"resources":[`, `"/#`+strings.Repeat("/a", 95)+`",`, `"/a/b"]}`),
		"variables as text":         template("text/plain", "$context.path "),
		"variables as JSON":         `{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"application/json":"[` + fill("", "$context.path,", "") + `1]"}}}}`,
		"typos":                     template("text/plain", "$context.pth "),
		"many typos":                template("text/plain", "$context.p#th "),
		"typos emulating aws":       `{"emulate":"aws",` + template("text/plain", "$context.p#th ")[1:],
		"open braces":               template("text/plain", "${context."),
		"dollars":                   template("text/plain", "$"),
		"HTML page":                 long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"$context.path`, "<p class='a'>text</p>", `"}}}}`),
		"XML page":                  long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/xml":"<r>$context.path`, "<p class='a'>text</p>", `</r>"}}}}`),
		"JSON page":                 long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"application/json":"[$context.path`, `,{\"a\":1}`, `]"}}}}`),
		"text page":                 long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/plain":"$context.path`, `context. `, `"}}}}`),
		"HTML start of comments":    long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"$context.path`, `<!--a--!>`, `"}}}}`),
		"HTML open quotes":          long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"$context.path`, `<a b='`, `"}}}}`),
		"HTML tag names":            long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"$context.path`, `<`, `"}}}}`),
		"HTML titles":               long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"$context.path`, `<title>`, `"}}}}`),
		"HTML scripts":              long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"<script>$context.path`, `</scrip`, `"}}}}`),
		"entities":                  long(`{"gatewayResponses":{"DEFAULT_4XX":{"responseTemplates":{"text/html":"<a href='$context.path`, `&#1;`, `'>"}}}}`),
		"HTML comments":             template("text/html", "<!--a--!>"),
		"HTML tags":                 template("text/html", "<svg><a $context.path>"),
		"HTML attributes":           template("text/html", "<p a='$context.path'>"),
		"HTML links":                template("text/html", "<a href='$context.path'>"),
		"HTML text":                 template("text/html", "$context.path<"),
		"HTML quotes":               template("text/html", "<a b='"),
		"XML":                       template("application/xml", "<a b='$context.path'/>"),
		"CDATA":                     template("application/xml", "<![CDATA[$context.path]]>"),
		"forms":                     template("application/x-www-form-urlencoded", "a=$context.path&"),
		"unknown media":             template("image/png", "$context.path"),
		"raw HTML":                  `{"escaping":"aws",` + template("text/html", "<a $context.path>")[1:],
	}
}

// TestWasmVerdicts holds that no route document makes a client wait, whatever it holds.
func TestWasmVerdicts(t *testing.T) {
	const most = 20 * time.Millisecond
	for name, text := range greedyDocuments() {
		t.Run(name, func(t *testing.T) {
			host, n := newHost(t, wasmhost.Options{}, `{"routeDocuments": true, "mode": "observe"}`), 0
			growth.Within(t, "a verdict", most, func() {
				x := denied()
				// A space more makes another document of it.
				n++
				x.Facts.Route.DocumentRoute, x.Facts.Route.Document = "observe", strings.Repeat(" ", n)+text
				host.Do(x)
			})
		})
	}
}

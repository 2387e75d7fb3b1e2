// SPDX-License-Identifier: Apache-2.0

package template

import "testing"

// BenchmarkRender renders four variables in each syntax.
func BenchmarkRender(b *testing.B) {
	values := []string{"User is not authorized to access this resource", "ACCESS_DENIED", "/pets/7", "0b0b3a31-0f9c-4a9d-9f5c-0a6c6f4f3a11"}
	for _, bc := range []struct{ name, mediaType, text string }{
		{"json", "application/json", `{"message":$context.a,"type":"$context.b","path":"$context.c","id":"$context.d"}`},
		{"html", "text/html", `<h1>$context.a</h1><p>$context.b</p><p title="$context.c">$context.d</p>`},
		{"plain", "text/plain", `$context.a ($context.b, $context.c, $context.d)`},
		{"header with a filter", "", `<https://docs.example.com/${context.a|url}>; rel="$context.b $context.c $context.d"`},
	} {
		b.Run(bc.name, func(b *testing.B) {
			parsed, findings := Parse(bc.text, Options{MediaType: bc.mediaType, Resolve: func(string, string) (Kind, *Remark) { return KindText, nil }})
			if parsed == nil {
				b.Fatal(findings)
			}
			b.ReportAllocs()
			for b.Loop() {
				parsed.Render(nil, NoLimit, func(i int) (string, bool) { return values[i], true })
			}
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package config

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestLongKey decodes a document whose longest key has thousands of others below it.
func TestLongKey(t *testing.T) {
	const most = 64 << 20
	var b strings.Builder
	b.WriteString(`{"gatewayResponses":{"` + strings.Repeat("K", 500_000) + `":{"headers":{"x":""`)
	for i := range 20_000 {
		fmt.Fprintf(&b, `,"x-%d":"v"`, i)
	}
	b.WriteString("}}}}")
	text := []byte(b.String())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, findings := Decode(text)
	runtime.ReadMemStats(&after)
	if len(findings) != 1 {
		t.Errorf("findings %s, want one", findings)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > most {
		t.Errorf("decoding takes %d bytes, want at most %d", used, most)
	}
}

// TestStaticValueLength holds the limit of a static value, which a case file would bury in text.
func TestStaticValueLength(t *testing.T) {
	longest := strings.Repeat("é", MaxHeaderValue/2)
	for _, tc := range []struct{ name, literal, want string }{
		{"longest", longest, ""},
		{"a byte more", longest + "x", `gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 105): the static value has 8193 bytes; use at most 8192`},
	} {
		_, findings := Decode([]byte(`{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseParameters":{"gatewayresponse.header.a":     "'` + tc.literal + `'"}}}}`))
		if got := findings.String(); got != tc.want || findings.HasErrors() != (tc.want != "") {
			t.Errorf("%s: findings %q, want %q", tc.name, got, tc.want)
		}
	}
}

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

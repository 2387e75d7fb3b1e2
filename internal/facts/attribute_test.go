// SPDX-License-Identifier: Apache-2.0

package facts

import (
	"encoding/binary"
	"math"
	"strconv"
	"testing"
)

func integer(value int64) string {
	return string(binary.LittleEndian.AppendUint64(nil, uint64(value)))
}

func TestAttributeText(t *testing.T) {
	for _, tc := range []struct{ name, raw, want string }{
		{"nothing", "", ""},
		{"text", "Zoë \"Z\"", "Zoë \"Z\""},
		{"lines", "a\r\n\tb", "a\r\n\tb"},
		{"text of 8 bytes", "alice@ab", "alice@ab"},
		{"text of 8 bytes with a line end", "alice\nab", "alice\nab"},
		{"text of one byte", "1", "1"},
		{"true", Boolean(true), "true"},
		{"false", Boolean(false), "false"},
		{"one byte that is neither", "\x02", ""},
		{"integer", Number(42), "42"},
		{"negative", Number(-7), "-7"},
		{"zero", Number(0), "0"},
		{"fraction", Number(0.1), "0.1"},
		{"small", Number(1e-9), "0.000000001"},
		{"large integer", Number(1732200000), "1732200000"},
		{"huge", Number(1e300), "1e+300"},
		{"status", integer(403), "403"},
		{"one", integer(1), "1"},
		{"minus one", integer(-1), "-1"},
		{"nanoseconds since 1970", integer(1732200000123456789), "1732200000123456789"},
		{"list", "\x01\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00admin\x00\x00", ""},
		{"empty list", "\x00\x00\x00\x00", ""},
		{"invalid UTF-8", "\xff\xfe", ""},
		{"control character", "a\x1bb", ""},
		{"delete", "a\x7fb", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := (Attributes{"p": tc.raw}).Text("p"); got != tc.want {
				t.Errorf("Text of %q = %q, want %q", tc.raw, got, tc.want)
			}
		})
	}
	if got := Attributes(nil).Text("p"); got != "" {
		t.Errorf("Text of no attribute = %q", got)
	}
}

// FuzzAttributeText holds that a value arrives as text without control characters or not at all, and a number as one that
// reads back to it.
func FuzzAttributeText(f *testing.F) {
	f.Add("alice", 42.5)
	f.Add("\x00\x01", math.Inf(-1))
	f.Fuzz(func(t *testing.T, raw string, value float64) {
		if got := (Attributes{"": raw}).Text(""); got != "" && !isText(got) {
			t.Errorf("Text of %q = %q, which is no text", raw, got)
		}
		checkNumber(t, value)
	})
}

// checkNumber holds that a double of sensible size reads back.
func checkNumber(t *testing.T, value float64) {
	t.Helper()
	raw := Number(value)
	if isText(raw) || math.IsNaN(value) || math.IsInf(value, 0) || value != 0 && math.Abs(value) < 0x1p-511 {
		return
	}
	got := (Attributes{"": raw}).Text("")
	back, err := strconv.ParseFloat(got, 64)
	if err != nil || back != value {
		t.Errorf("Text of the number %g = %q", value, got)
	}
}

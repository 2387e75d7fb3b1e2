// SPDX-License-Identifier: Apache-2.0

package chars

import (
	"strings"
	"testing"
)

func TestTokens(t *testing.T) {
	for text, want := range map[string]int{
		"x-request-id": 12, "!#$%&'*+-.^_`|~09azAZ": 21,
		"": 0, " x": 0, "a b": 1, "a:b": 1, "é": 0, "a\x7f": 1, "@": 0, "[": 0, "{": 0, "a/b": 1,
	} {
		if got := TokenLength(text); got != want {
			t.Errorf("TokenLength(%q) = %d, want %d", text, got, want)
		}
		if got := IsToken(text); got != (want > 0 && want == len(text)) {
			t.Errorf("IsToken(%q) = %v", text, got)
		}
	}
}

func TestForbidden(t *testing.T) {
	for value, want := range map[string]int{
		"": -1, "a\tb": -1, "é": -1, "a\r\nb": 1, "\x00": 0, "ab\x7f": 2, "a\x1f": 1,
	} {
		if got := Forbidden(value); got != want {
			t.Errorf("Forbidden(%q) = %d, want %d", value, got, want)
		}
	}
}

func TestHex(t *testing.T) {
	for c := range 256 {
		want := strings.Index(UpperHex, Upper(string([]byte{byte(c)})))
		if got := Hex(byte(c)); got != want {
			t.Errorf("Hex(%q) = %d, want %d", rune(c), got, want)
		}
	}
}

func TestPercentEscape(t *testing.T) {
	for text, want := range map[string]int{
		"%41": 'A', "%e9x": 0xe9, "%2F%41": '/', "": -1, "%": -1, "%4": -1, "%4g": -1, "%g4": -1, "41": -1, "x%41": -1,
	} {
		got, ok := PercentEscape(text)
		if ok != (want >= 0) || ok && int(got) != want {
			t.Errorf("PercentEscape(%q) = %q, %v", text, got, ok)
		}
	}
	for c := range 256 {
		if got, ok := PercentEscape(string(AppendPercentEscape(nil, byte(c)))); !ok || got != byte(c) {
			t.Errorf("the byte %#x comes back as %#x, %v", c, got, ok)
		}
	}
}

// TestCase compares with package strings for ASCII, and sees that nothing else changes.
func TestCase(t *testing.T) {
	ascii := make([]byte, 128)
	for i := range ascii {
		ascii[i] = byte(i)
	}
	text := string(ascii)
	if got, want := Lower(text), strings.ToLower(text); got != want {
		t.Errorf("Lower: %q, want %q", got, want)
	}
	if got, want := Upper(text), strings.ToUpper(text); got != want {
		t.Errorf("Upper: %q, want %q", got, want)
	}
	const kelvin, longS = "\u212a", "\u017f"
	if got := Lower(kelvin + "É"); got != kelvin+"É" {
		t.Errorf("Lower changed other letters than those of ASCII: %q", got)
	}
	for _, row := range []struct {
		a, b string
		want bool
	}{
		{"Content-Type", "content-TYPE", true},
		{"", "", true},
		{"a", "ab", false},
		{"a", "b", false},
		{"@", "`", false},
		{"k", kelvin, false},
		{"s", longS, false},
		{"é", "É", false},
	} {
		if got := EqualFold(row.a, row.b); got != row.want {
			t.Errorf("EqualFold(%q, %q) = %v", row.a, row.b, got)
		}
	}
}

func TestAppendUnescaped(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		kept       byte
		want       string
	}{
		{"nothing", "", 0, "x"},
		{"plain", "a+b", 0, "xa+b"},
		{"escapes", "%41%c3%A9%00", 0, "xA\xc3\xa9\x00"},
		{"no digits", "100% %zz %4", 0, "x100% %zz %4"},
		{"percent before an escape", "%%41", 0, "x%A"},
		{"once only", "%2541", 0, "x%41"},
		{"kept", "a%2fb%2Fc%2e", '/', "xa%2Fb%2Fc."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := string(AppendUnescaped([]byte("x"), tc.text, tc.kept)); got != tc.want {
				t.Errorf("AppendUnescaped(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

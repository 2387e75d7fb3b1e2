// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

func TestEncodeGRPCMessage(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"printable ASCII", `a Z 0 ~ " \ +`, `a Z 0 ~ " \ +`},
		{"percent", "50% off", "50%25 off"},
		{"line ends and tab", "a\r\n\tb", "a%0D%0A%09b"},
		{"delete", "a\x7fb", "a%7Fb"},
		{"UTF-8", "é€", "%C3%A9%E2%82%AC"},
		{"not UTF-8", "a\xffb\xc3", "a%EF%BF%BDb%EF%BF%BD"},
		{"spaces at the ends", " a b ", "%20a b%20"},
		{"one space", " ", "%20"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := encodeGRPCMessage(tc.text); got != tc.want {
				t.Errorf("encodeGRPCMessage(%q) = %q, want %q", tc.text, got, tc.want)
			}
		})
	}
}

func TestDecodeGRPCMessage(t *testing.T) {
	for _, tc := range []struct{ name, encoded, want string }{
		{"plain", "RBAC: access denied", "RBAC: access denied"},
		{"upper and lower case", "%C3%a9", "é"},
		{"no digits", "100% %zz %4", "100% %zz %4"},
		{"at the end", "a%2", "a%2"},
		{"once only", "%2541", "%41"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := decodeGRPCMessage(tc.encoded); got != tc.want {
				t.Errorf("decodeGRPCMessage(%q) = %q, want %q", tc.encoded, got, tc.want)
			}
		})
	}
}

// FuzzGRPCMessage holds that decoding gives the text back, and that what is sent is a header value that no hop changes.
func FuzzGRPCMessage(f *testing.F) {
	for _, seed := range []string{"", " ", "50% off", "%41", "é\r\nx", "a\xff\xc3", strings.Repeat("\x00", 9)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		encoded := encodeGRPCMessage(text)
		if got, want := decodeGRPCMessage(encoded), strings.ToValidUTF8(text, "\uFFFD"); got != want {
			t.Errorf("encoded as %q and decoded, %q is %q", encoded, want, got)
		}
		if strings.TrimSpace(encoded) != encoded || strings.ContainsFunc(encoded, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q is encoded as %q, which is no clean header value", text, encoded)
		}
	})
}

// FuzzGRPCMessageGrowth holds that the work on a message grows as its length.
func FuzzGRPCMessageGrowth(f *testing.F) {
	f.Add("%")
	f.Add("%41")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, fragment string) {
		if len(fragment) > growth.MaxFragment {
			return
		}
		growth.Check(t, "writing and reading "+strconv.Quote(fragment), func(size int) func() {
			text := growth.Repeat("", fragment, "", size)
			return func() { decodeGRPCMessage(text); encodeGRPCMessage(text) }
		})
	})
}

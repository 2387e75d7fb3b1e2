// SPDX-License-Identifier: Apache-2.0

package route

import (
	"strings"
	"testing"
)

func TestHostOf(t *testing.T) {
	for authority, want := range map[string]string{
		"API.Example.com": "api.example.com", "a:8080": "a", "[::1]:443": "[::1]", "[::1]": "[::1]", "": "",
		"\u212a.example.com":                          "\u212a.example.com", // the Kelvin sign is no k
		strings.Repeat("a", 255):                      strings.Repeat("a", 255),
		strings.Repeat("a", 256):                      "",
		strings.Repeat("a", 255) + ":" + "0123456789": strings.Repeat("a", 255),
	} {
		if got := hostOf(authority); got != want {
			t.Errorf("hostOf(%q) = %q, want %q", authority, got, want)
		}
	}
}

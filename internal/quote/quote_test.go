// SPDX-License-Identifier: Apache-2.0

package quote

import (
	"strings"
	"testing"
)

func TestText(t *testing.T) {
	full := strings.Repeat("x", maxText)
	for _, tc := range []struct{ name, in, want string }{
		{"empty", "", `""`},
		{"nothing breaks a log line", "a\r\n\"\x00\u2028", `"a\r\n\"\x00\u2028"`},
		{"as long as can be", full, `"` + full + `"`},
		{"cut", full + "y", `"` + full + `"...`},
		{"cut between characters", full[1:] + "é", `"` + full[1:] + `"...`},
		{"not UTF-8", strings.Repeat("\x80", maxText+1), `"` + strings.Repeat(`\x80`, maxText-4) + `"...`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := Text(tc.in); got != tc.want {
				t.Errorf("Text(%q) = %s, want %s", tc.in, got, tc.want)
			}
		})
	}
}

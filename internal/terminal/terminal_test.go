// SPDX-License-Identifier: Apache-2.0

package terminal

import "testing"

// TestHarmless holds what a terminal is told: colours, and no other sequence.
func TestHarmless(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"\x1b[31merror\x1b[0m: é\tx\r\n", "\x1b[31merror\x1b[0m: é\tx\r\n"},
		{"\x1b[2J\x1b]0;title\a", "�[2J�]0;title�"},
		{"over\rwritten\b\x7f", "over�written��"},
		{"a\u009b31mb\u202ec\u2066", "a�31mb�c�"},
		{"\x9b2J\xff\xc3", "�2J��"},
		{"\x1b[8mhidden\x1b[38;5;1m\x1b[", "�[8mhidden�[38;5;1m�["},
	} {
		if got := string(harmless([]byte(tc.text))); got != tc.want {
			t.Errorf("%q becomes %q, want %q", tc.text, got, tc.want)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"gatewayresponses/config"
)

func TestMergeVary(t *testing.T) {
	for _, tc := range []struct{ name, value, want string }{
		{"none", "", "Accept"},
		{"one", "Origin", "Origin, Accept"},
		{"several", "Origin, Accept-Encoding", "Origin, Accept-Encoding, Accept"},
		{"there already", "origin, ACCEPT", "origin, ACCEPT"},
		{"star", "Origin, *", "Origin, *"},
		{"longer name", "Accept-Language", "Accept-Language, Accept"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := mergeVary(tc.value, "Accept"); got != tc.want {
				t.Errorf("mergeVary(%q) = %q, want %q", tc.value, got, tc.want)
			}
		})
	}
}

func TestValidValue(t *testing.T) {
	for _, tc := range []struct {
		name, value string
		want        bool
	}{
		{"empty", "", true},
		{"text", "a b", true},
		{"tab", "a\tb", true},
		{"bytes above ASCII", "\xff\xc3\xa4", true},
		{"line feed", "a\nb", false},
		{"carriage return", "a\rb", false},
		{"nul", "a\x00b", false},
		{"delete", "a\x7fb", false},
		{"as long as allowed", strings.Repeat("a", config.MaxHeaderValue), true},
		{"too long", strings.Repeat("a", config.MaxHeaderValue+1), false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := validValue(tc.value); got != tc.want {
				t.Errorf("validValue(%.20q) = %v, want %v", tc.value, got, tc.want)
			}
		})
	}
}

func TestReasonPhrase(t *testing.T) {
	for _, tc := range []struct {
		name   string
		status int
		want   string
	}{
		{"known", 431, "Request Header Fields Too Large"},
		{"unknown client error", 444, "Bad Request"},
		{"unknown server error", 599, "Internal Server Error"},
		{"beyond the classes", 700, "Internal Server Error"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := reasonPhrase(tc.status); got != tc.want {
				t.Errorf("reasonPhrase(%d) = %q, want %q", tc.status, got, tc.want)
			}
		})
	}
}

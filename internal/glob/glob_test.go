// SPDX-License-Identifier: Apache-2.0

package glob

import (
	"strings"
	"testing"
)

// matchCases also seed FuzzMatch.
var matchCases = []struct {
	name          string
	pattern, text string
	want          bool
}{
	{"equal", "route_not_found", "route_not_found", true},
	{"different", "route_not_found", "route", false},
	{"case differs", "route", "Route", false},
	{"longer text", "route", "route_not_found", false},
	{"empty pattern, empty text", "", "", true},
	{"empty pattern", "", "a", false},
	{"empty text", "a", "", false},
	{"a star and no text", "*", "", true},
	{"a star and some text", "*", "anything", true},
	{"star at the end", "http1.*", "http1.codec_error", true},
	{"star at the end for no text", "http1.*", "http1.", true},
	{"star at the end, another head", "http1.*", "http2.codec_error", false},
	{"star at the start", "*_error", "codec_error", true},
	{"star at the start, another tail", "*_error", "codec_errors", false},
	{"star in the middle", "unk*wn_api_key", "unkonwn_api_key", true},
	{"head and tail may not overlap", "aba*aba", "ababa", false},
	{"head and tail touch", "aba*aba", "abaaba", true},
	{"two stars", "a*b*c", "a-b-b-c", true},
	{"two stars, parts in another order", "a*b*c", "acb", false},
	{"a part between stars is missing", "*b*", "acd", false},
	{"a part occurs more often than the text has room for", "*ab*ab", "xab", false},
	{"stars in a row", "a**b", "ab", true},
	{"nothing else is special", "[keys]?.", "[keys]?.", true},
	{"a bracket is no class", "[k]", "k", false},
	{"a question mark is no wildcard", "a?c", "abc", false},
	{"a dot is no wildcard", "a.c", "abc", false},
	{"bytes, not characters", "*\x80*", "\u0080", true},
}

func TestMatch(t *testing.T) {
	for _, tc := range matchCases {
		t.Run(tc.name, func(t *testing.T) {
			if got := Match(tc.pattern, tc.text); got != tc.want {
				t.Errorf("Match(%q, %q) = %v, want %v", tc.pattern, tc.text, got, tc.want)
			}
		})
	}
}

// TestMatchIsLinear would not end if every star were tried at every place.
func TestMatchIsLinear(t *testing.T) {
	pattern := strings.Repeat("*a", 10_000) + "b"
	text := strings.Repeat("a", 1_000_000)
	if Match(pattern, text) {
		t.Errorf("Match of %d stars = true, want false", strings.Count(pattern, "*"))
	}
}

func TestMatchDoesNotAllocate(t *testing.T) {
	allocations := testing.AllocsPerRun(100, func() {
		Match("jwt_authn_access_denied{*}*", "jwt_authn_access_denied{Jwt_is_expired}")
	})
	if allocations != 0 {
		t.Errorf("Match allocates %v times, want 0", allocations)
	}
}

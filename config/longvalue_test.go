// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"
	"testing"
)

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

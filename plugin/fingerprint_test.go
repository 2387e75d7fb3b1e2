// SPDX-License-Identifier: Apache-2.0

package main

import "testing"

// TestFingerprint compares with values of the published test suite of FNV-1a.
func TestFingerprint(t *testing.T) {
	for text, want := range map[string]string{"": "cbf29ce484222325", "a": "af63dc4c8601ec8c", "foobar": "85944171f73967e8"} {
		if got := fingerprint(text); got != want {
			t.Errorf("fingerprint(%q) = %s, want %s", text, got, want)
		}
	}
}

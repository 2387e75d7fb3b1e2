// SPDX-License-Identifier: Apache-2.0

package cors

import (
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

func TestIsOrigin(t *testing.T) {
	for text, want := range map[string]bool{
		"https://a.example":                true,
		"http://localhost:3000":            true,
		"http://127.0.0.1":                 true,
		"http://[::1]":                     true,
		"http://[::1]:3000":                true,
		"capacitor://localhost":            true,
		"chrome-extension://abcdefghijklm": true,
		"https://under_score.example":      true,

		"":                          false,
		"null":                      false,
		"*":                         false,
		"https://":                  false,
		"://a":                      false,
		"a.example":                 false,
		"https://a.example/":        false,
		"https://a.example:":        false,
		"https://a.example:x":       false,
		"https://a:1:2":             false,
		"https://A.example":         false,
		"https://a@b":               false,
		"https://a b":               false,
		"https://a,https://b":       false,
		"https://a.example\r\nx: y": false,
		"https://[::1":              false,
		"https://[]":                false,
		"https://[::1].a.example":   false,
		"https://é.example":         false,
	} {
		if got := isOrigin(text); got != want {
			t.Errorf("isOrigin(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestLongOrigin holds that an origin which is too long for one is not sent back.
func TestLongOrigin(t *testing.T) {
	allowed := newAllowedOrigins([]string{"https://*.example.org"})
	for length, want := range map[int]bool{100: true, 512 - len("https://.example.org"): true, 513 - len("https://.example.org"): false} {
		long := "https://" + strings.Repeat("a", length) + ".example.org"
		if _, ok := allowed.allow(facts.Headers{{Name: "origin", Value: long}}); ok != want {
			t.Errorf("an origin of %d bytes: allowed = %v, want %v", len(long), ok, want)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package config

import "testing"

func TestParseGRPCStatus(t *testing.T) {
	for number, want := range map[string]string{
		"0": "OK", "8": "RESOURCE_EXHAUSTED", "16": "UNAUTHENTICATED",
		"": "UNKNOWN", "17": "UNKNOWN", "-1": "UNKNOWN", "08": "UNKNOWN", "OK": "UNKNOWN",
	} {
		if got := ParseGRPCStatus(number).String(); got != want {
			t.Errorf("ParseGRPCStatus(%q) = %s, want %s", number, got, want)
		}
	}
}

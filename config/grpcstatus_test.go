// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"strings"
	"testing"
)

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

// TestPackageCommentGRPC holds that the manual page has every gRPC status with its number.
func TestPackageCommentGRPC(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	for number, name := range grpcStatusNames {
		if want := name + " (" + GRPCStatus(number).Number() + ")"; !strings.Contains(string(text), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

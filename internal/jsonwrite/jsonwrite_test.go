// SPDX-License-Identifier: Apache-2.0

package jsonwrite

import (
	"encoding/json"
	"testing"

	"go.yaml.in/yaml/v4"
)

// TestString holds that JSON and YAML read a string alike.
func TestString(t *testing.T) {
	for _, text := range []string{"", "plain", "no", "a: b # c", "\"\\\n\t\x00\x7f", "\u0085\u2028\ufeff\uffff", "<&>", "\U0001f600", "\ufffd"} {
		var fromYAML, fromJSON string
		if err := yaml.Unmarshal([]byte(String(text)), &fromYAML); err != nil || fromYAML != text {
			t.Errorf("String(%q) = %s, read as YAML as %q, %v", text, String(text), fromYAML, err)
		}
		if err := json.Unmarshal([]byte(String(text)), &fromJSON); err != nil || fromJSON != text {
			t.Errorf("String(%q) = %s, read as JSON as %q, %v", text, String(text), fromJSON, err)
		}
	}
	if got := String("<a href='&'>"); got != `"<a href='&'>"` {
		t.Errorf("HTML becomes %s, want it as it is", got)
	}
}

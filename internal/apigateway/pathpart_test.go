// SPDX-License-Identifier: Apache-2.0

package apigateway

import "testing"

// TestCheckPathPart holds which texts are path parts.
func TestCheckPathPart(t *testing.T) {
	for part, right := range map[string]bool{
		"pets": true, "v1.0_a-b:c": true, "{petId}": true, "{proxy+}": true, "..": true,
		"": false, "a/b": false, "{": false, "}": false, "{}": false, "{+}": false, "a{b}": false, "{a}b": false, "{a": false, "a}": false, "{a{b}}": false,
		"a+": false, "a b": false, "é": false, "{a+b}": false,
	} {
		if err := CheckPathPart(part); (err == nil) != right {
			t.Errorf("CheckPathPart(%q) = %v, want it to be right: %v", part, err, right)
		}
	}
}

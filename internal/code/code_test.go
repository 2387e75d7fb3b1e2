// SPDX-License-Identifier: Apache-2.0

package code

import "testing"

// TestText says that a number is read as it is written, and that nothing else is read.
func TestText(t *testing.T) {
	for _, want := range []Code{0, 7, 42, 999, 1000, 65535} {
		text, err := want.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		var got Code
		if err := got.UnmarshalText(text); err != nil || got != want {
			t.Errorf("%s is read as %d, %v", text, got, err)
		}
	}
	for _, bad := range []string{"", "7", "GWR7", "GWR0007", "gwr007", "GWR00x", "GWR-01", "GWR99999999999999999999999"} {
		if err := new(Code).UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

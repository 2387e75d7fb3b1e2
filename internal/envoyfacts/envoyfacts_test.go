// SPDX-License-Identifier: Apache-2.0

package envoyfacts

import "testing"

// TestAll holds that the facts are all there.
func TestAll(t *testing.T) {
	if got := len(read(details)); got != 363 {
		t.Errorf("details.csv has %d facts, want 363", got)
	}
	if got, want := len(All()), len(read(details))+len(read(later)); got != want {
		t.Errorf("there are %d facts, want %d", got, want)
	}
}

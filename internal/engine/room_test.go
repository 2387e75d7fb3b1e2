// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/facts"
)

// TestRoom decides on all replies of the corpus in one room, one after the other: nothing of one shows in the next, or stays.
func TestRoom(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	var room Room
	for _, c := range all {
		program, findings := Load(c.Document, Everything())
		if program == nil {
			t.Fatalf("%s: the document is refused:\n%s", c.Name, findings)
		}
		f := c.Facts
		want, got := program.Decide(&f), program.DecideIn(&room, &f)
		// Functions cannot be compared.
		for _, decision := range []Decision{want, got} {
			if decision.Reply != nil {
				decision.Reply.Complete([]byte("original"))
			}
		}
		ignore := cmp.FilterValues(func(a, b []byte) bool { return len(a) == 0 && len(b) == 0 }, cmp.Ignore())
		if diff := cmp.Diff(want, got, ignore); diff != "" {
			t.Errorf("%s (-alone +in a room)\n%s", c.Name, diff)
		}
		room.Clear()
		for _, line := range room.set[:cap(room.set)] {
			if line != (facts.Header{}) {
				t.Errorf("%s: %q stays", c.Name, line)
			}
		}
	}
}

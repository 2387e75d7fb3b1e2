// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRoom replaces replies of every kind in one room, one after the other: the edits are those of Replace, and nothing of them stays.
func TestRoom(t *testing.T) {
	var room Room
	for shape := range uint16(1 << 13) {
		h := &modelHost{bits: shape, panicking: -1}
		h.reply([]byte{3, 0, 4}, []byte("new"))
		rewrite, want := Replace(&h.facts, h.decide, h.ends, Host{AddsBody: true, Holds: true})
		again, got := ReplaceIn(&room, &h.facts, h.decide, h.ends)
		if diff := cmp.Diff(want, got, cmp.FilterValues(func(a, b []Edit) bool { return len(a)+len(b) == 0 }, cmp.Ignore())); diff != "" {
			t.Fatalf("shape %b (-alone +in a room)\n%s", shape, diff)
		}
		if rewrite.Counter() != again.Counter() || rewrite.Done() != again.Done() {
			t.Fatalf("shape %b: counter %v, done %t; want %v, %t", shape, again.Counter(), again.Done(), rewrite.Counter(), rewrite.Done())
		}
		room.Clear()
		checkCleared(t, &room)
	}
}

// TestRoomAfterPanic holds that nothing stays of a reply whose edits a panic cut short.
func TestRoomAfterPanic(t *testing.T) {
	room := Room{edits: make([]Edit, 0, usualChanges)}
	h := &modelHost{bits: 1, panicking: -1}
	h.reply([]byte{3, 0, 4}, []byte("new"))
	r := &Rewrite{facts: &h.facts, reply: h.decide.Reply, headers: h.decide.Headers}
	if len(r.appendChanges(room.edits, h.ends)) == 0 {
		t.Fatal("there are no edits")
	}
	room.Clear()
	checkCleared(t, &room)
}

// checkCleared holds that no edit is left in the memory of a room.
func checkCleared(t *testing.T, room *Room) {
	t.Helper()
	for _, e := range room.edits[:cap(room.edits)] {
		if !cmp.Equal(e, Edit{}) {
			t.Fatalf("%+v stays", e)
		}
	}
}

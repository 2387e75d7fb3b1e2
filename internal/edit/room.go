// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Room is memory for one reply after the other, for hosts where each takes its memory from many. The zero value is ready.
type Room struct {
	rewrite Rewrite
	edits   []Edit
}

// maxRoom is how many edits are kept for further replies.
const maxRoom = 64

// ReplaceIn is Replace for a host that adds bodies, holds chunks and changes headers one by one, in memory that is used again: rewrite
// and edits are good until Clear.
func ReplaceIn(room *Room, f *facts.Facts, decision engine.Decision, endOfStream bool) (*Rewrite, []Edit) {
	r := &room.rewrite
	*r = Rewrite{facts: f, trace: decision.Trace, reply: decision.Reply, headers: decision.Headers, holds: true}
	room.edits = r.appendRest(r.appendChanges(room.edits, endOfStream), endOfStream)
	return r, room.edits
}

// Clear ends the reply. None of its texts stay, also after a panic half way: they may be memory of the host.
func (r *Room) Clear() {
	clear(r.edits[:cap(r.edits)])
	*r = Room{edits: r.edits[:0]}
	if cap(r.edits) > maxRoom {
		r.edits = nil
	}
}

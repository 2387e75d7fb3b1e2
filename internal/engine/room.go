// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/vars"
)

// Room is memory for one decision after the other, for hosts where each takes its memory from many. The zero value is ready.
type Room struct {
	reply Reply
	env   vars.Env
	set   facts.Headers
	body  []byte
}

// maxRoomBody and maxRoomHeaders are how many bytes of a body and how many header lines are kept for further decisions.
const (
	maxRoomBody    = 64 << 10
	maxRoomHeaders = 64
)

// DecideIn is Decide in memory that is used again: the decision is good until Clear.
func (p *Program) DecideIn(room *Room, f *facts.Facts) Decision {
	x := exchange{program: p, facts: f, has: headersOf(f.Reply.Headers), room: room}
	decision := x.decide()
	if decision.Reply != nil && cap(x.headers.Set) > cap(room.set) {
		room.set = x.headers.Set
	}
	return decision
}

// Clear ends the decision. None of its texts stay: they may be memory of the host.
func (r *Room) Clear() {
	clear(r.set[:cap(r.set)])
	*r = Room{set: r.set[:0], body: r.body[:0]}
	if cap(r.set) > maxRoomHeaders {
		r.set = nil
	}
	if cap(r.body) > maxRoomBody {
		r.body = nil
	}
}

// newReply is a reply to fill in.
func (x *exchange) newReply() *Reply {
	if x.room == nil {
		return &Reply{}
	}
	return &x.room.reply
}

// newEnvironment is an environment to fill in.
func (x *exchange) newEnvironment() *vars.Env {
	if x.room == nil {
		return &vars.Env{}
	}
	return &x.room.env
}

// newHeaders is an empty list of headers with room for count lines.
func (x *exchange) newHeaders(count int) facts.Headers {
	if x.room == nil || cap(x.room.set) < count {
		return make(facts.Headers, 0, count)
	}
	return x.room.set[:0]
}

// renderBody renders a body.
func (x *exchange) renderBody(chosen *body) (text []byte, fits bool) {
	if x.room == nil {
		return chosen.render(nil, x.environment(), maxReply)
	}
	if text, fits = chosen.render(x.room.body[:0], x.environment(), maxReply); fits {
		x.room.body = text
	}
	return text, fits
}

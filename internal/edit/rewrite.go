// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Rewrite is one reply in the course of being replaced.
type Rewrite struct {
	facts   *facts.Facts
	trace   engine.Trace
	reply   *engine.Reply
	headers engine.HeaderChanges
	// step is what the next chunk is for.
	step step
	// needsBytes reports that the reply may be one to HEAD, whose body must not be sent, unless the original has a byte.
	needsBytes bool
	// original is what was collected of the original body.
	original []byte
	// gone is how many bytes of it have been taken from chunks that were emptied.
	gone int
	// progress is how far the callback at work has come, and pending what it has decided.
	progress progress
	pending  []Edit
	// holds reports whether the host can hold chunks, and held whether it holds the latest one.
	holds, held bool
	// sent are the headers of a nested reply, nil for a reply that is changed in place.
	sent facts.Headers
	// err is the first thing that went wrong after something had been changed.
	err error
}

// Nested reports whether a nested reply takes the place of the original one, which must not go on.
func (r *Rewrite) Nested() bool { return r.sent != nil }

// Done reports whether nothing is left to do once the edits for the headers are carried out. What becomes of a nested reply
// shows in its end only: local_reply_config is applied to it once more, and may change it.
func (r *Rewrite) Done() bool { return r.step == stepNone && !r.Nested() }

// Note keeps the first error of an edit that the host refused; nil is none.
func (r *Rewrite) Note(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Err is what went wrong, nil for a reply that was replaced as decided.
func (r *Rewrite) Err() error { return r.err }

// Result is what tells the client how the exchange ended: the status, or for gRPC the name of the gRPC status.
func (r *Rewrite) Result() string {
	if r.reply.GRPC != "" {
		return r.reply.GRPC
	}
	return facts.StatusText(r.reply.Status)
}

// Details are the response code details of the original reply.
func (r *Rewrite) Details() string { return r.facts.Reply.Details }

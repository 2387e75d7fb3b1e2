// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"errors"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// step is what is done with a chunk of the original body.
type step uint8

const (
	// stepNone: no chunk is waited for.
	stepNone step = iota
	// stepReplace: the new body takes the place of the chunk.
	stepReplace
	// stepCollect: the new body quotes the original one, so the original is collected first, up to facts.MaxBody.
	stepCollect
	// stepDrop: the new body has left; what comes after it is dropped.
	stepDrop
)

// firstStep is what is done with the first chunk, and whether only after the first byte. Over HTTP/1 a reply to HEAD ends with
// its headers; over HTTP/2 an upstream may end it with an empty chunk, or with trailers. A length of 0 announces that no byte
// comes.
func firstStep(f *facts.Facts, reply *engine.Reply, endOfStream bool) (first step, needsBytes bool) {
	_, coded := f.Reply.Headers.First("transfer-encoding")
	needsBytes = classify.IsUpstream(&f.Reply) && !coded && !f.Reply.IsUpgrade()
	length, known := contentLength(f.Reply.Headers)
	switch {
	case endOfStream:
		return stepNone, false
	case needsBytes && known && length == 0:
		return stepDrop, false
	case reply.Framing() == engine.Unsized:
		return stepCollect, needsBytes
	default:
		return stepReplace, needsBytes
	}
}

// errNoChunk says that trailers came when no chunk of the upstream's body was at hand, so that there was no place for the
// new one.
var errNoChunk = errors.New("the upstream's reply has trailers and no body to replace")

// Reads is how many bytes of a chunk Body needs, from its beginning.
func (r *Rewrite) Reads(size int) int {
	if r.step != stepCollect {
		return 0
	}
	return max(0, min(size, facts.MaxBody-len(r.original)))
}

// Body returns the edits for a chunk of the original body, size bytes long, and whether the host shall hold the chunk, which
// then has no bytes. chunk is its beginning, as much as Reads asks for.
//
// Held chunks are what Trailers can put the new body in the place of. Nothing is held unless trailers are certain to come: those that a
// filter adds when a body ends are forgotten when its last chunk is held, and the stream hangs. A host that cannot hold quotes the
// first chunk then, where no length says which is the last.
func (r *Rewrite) Body(size int, chunk []byte, endOfStream bool) (edits []Edit, hold bool) {
	edits, hold = r.body(size, chunk, endOfStream)
	return r.decided(edits), hold
}

// body is Body without regard to a panic.
func (r *Rewrite) body(size int, chunk []byte, endOfStream bool) (edits []Edit, hold bool) {
	r.held = false
	if r.needsBytes = r.needsBytes && size == 0; r.needsBytes || r.step == stepNone {
		return nil, false
	}
	if r.step == stepCollect {
		r.original = append(r.original, chunk...)
		ends := announcesTrailers(r.facts.Reply.Headers)
		_, known := contentLength(r.facts.Reply.Headers)
		switch {
		case endOfStream, len(r.original) >= quotable(r.facts.Reply.Headers), ends && !known && !r.holds && size > 0:
			r.complete()
		default:
			r.held = ends && r.holds
		}
	}
	if r.step == stepReplace {
		r.step = stepDrop
		return []Edit{{Op: ReplaceBody, Body: r.reply.Body}}, false
	}
	if size > 0 {
		edits = []Edit{{Op: ReplaceBody}}
	}
	return edits, r.held
}

// quotable is how many bytes of a body are quoted.
func quotable(headers facts.Headers) int {
	if length, known := contentLength(headers); known {
		return int(min(length, facts.MaxBody))
	}
	return facts.MaxBody
}

// announcesTrailers reports whether an upstream over HTTP/2 says that trailers come. Those of HTTP/1 Envoy drops by default.
func announcesTrailers(headers facts.Headers) bool {
	_, announced := headers.First("trailer")
	_, coded := headers.First("transfer-encoding")
	return announced && !coded
}

// complete completes a body with what was collected of the original one.
func (r *Rewrite) complete() {
	r.reply.Complete(r.original)
	r.step = stepReplace
}

// Trailers returns the edits that end a body which trailers of the upstream follow: no chunk was the last. The trailers go
// with the body that they ended, and stay with one that was given up.
//
// A body can leave from here only when a chunk is held; Envoy may otherwise write to one that is gone. Without any chunk the
// new one is missing, as the old one was.
func (r *Rewrite) Trailers() []Edit {
	if r.step == stepNone {
		return r.decided(nil)
	}
	edits := []Edit{{Op: RemoveTrailers}}
	switch {
	case r.step == stepCollect && r.held:
		r.complete()
		edits = append(edits, Edit{Op: ReplaceBody, Body: r.reply.Body})
	case r.step != stepDrop && r.misses():
		r.Note(errNoChunk)
	}
	r.step = stepDrop
	return r.decided(edits)
}

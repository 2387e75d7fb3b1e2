// SPDX-License-Identifier: Apache-2.0

package edit

// Fixed is what is left to do with a body when the headers have gone, where the new one does not quote the original one. It can be
// carried out by itself, without the Rewrite that it comes from.
type Fixed struct {
	// Replaces reports that Body takes the place of the first chunk. All other chunks are emptied.
	Replaces bool
	Body     []byte
	// NeedsBytes reports that chunks pass as they are until the first one that has a byte.
	NeedsBytes bool
	// Missed reports that an error is to be noted when trailers come before Body has gone. All trailers are removed, anyway.
	Missed bool
}

// Fixed says what Body and Trailers will do; false when they need the original body, or when nothing is left to do.
func (r *Rewrite) Fixed() (fixed Fixed, ok bool) {
	if r.step != stepReplace && r.step != stepDrop {
		return Fixed{}, false
	}
	fixed = Fixed{Replaces: r.step == stepReplace, NeedsBytes: r.needsBytes}
	if fixed.Replaces {
		fixed.Body = r.reply.Body
		fixed.Missed = r.misses()
	}
	return fixed, true
}

// misses reports whether the new body is missed when trailers come in the place of the chunk that it waits for.
func (r *Rewrite) misses() bool {
	_, known := contentLength(r.facts.Reply.Headers)
	return (r.step == stepCollect || len(r.reply.Body) > 0) && (!known || !r.needsBytes)
}

// SPDX-License-Identifier: Apache-2.0

package edit

// progress is how far the callback at work has come with its part of the body.
type progress uint8

const (
	// progressNone: nothing has been decided.
	progressNone progress = iota
	// progressDecided: the edits are known.
	progressDecided
	// progressApplied: they have been carried out.
	progressApplied
)

// Begin is called when a callback for the body or its trailers begins.
func (r *Rewrite) Begin() { r.progress, r.pending = progressNone, nil }

// decided keeps edits until they are carried out, and returns them.
func (r *Rewrite) decided(edits []Edit) []Edit {
	r.progress, r.pending = progressDecided, edits
	return edits
}

// Applied is called when the edits of Body or Trailers have been carried out.
func (r *Rewrite) Applied() { r.progress, r.gone = progressApplied, len(r.original) }

// RescueBody returns the edits that bring a reply to its end after a panic of the adapter or the engine in the callback for a chunk,
// and whether the host shall hold the chunk. Its arguments are those of Body. The new headers have left by then. So the new body
// must follow if there is one; where it would have quoted the original, whose length was not announced, the original itself
// follows, as whole as it was.
func (r *Rewrite) RescueBody(size int, endOfStream bool) (edits []Edit, hold bool) {
	switch {
	case r.progress == progressApplied:
		return nil, r.held
	case r.progress == progressDecided:
		return r.pending, r.held
	case r.step != stepCollect:
		return r.Body(size, nil, endOfStream)
	}
	r.giveUp()
	if r.gone > 0 {
		edits = []Edit{{Op: PrependBody, Body: r.original[:r.gone]}}
	}
	return edits, false
}

// RescueTrailers is RescueBody for the callback of the trailers.
func (r *Rewrite) RescueTrailers() []Edit {
	switch {
	case r.progress == progressApplied:
		return nil
	case r.progress == progressDecided:
		return r.pending
	case r.step != stepCollect || !r.held:
		return r.Trailers()
	}
	r.giveUp()
	return []Edit{{Op: ReplaceBody, Body: r.original[:r.gone]}}
}

// giveUp leaves the rest of the body as it is. From then on the rewrite is done.
func (r *Rewrite) giveUp() { r.step, r.held = stepNone, false }

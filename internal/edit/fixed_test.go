// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"bytes"
	"testing"
)

// fixedHost carries a Fixed out by itself.
type fixedHost struct {
	Fixed
	hasReplaced, missed bool
}

// chunk returns what becomes of a chunk.
func (h *fixedHost) chunk(data []byte) []byte {
	if h.NeedsBytes && len(data) == 0 {
		return data
	}
	h.NeedsBytes = false
	if h.Replaces && !h.hasReplaced {
		h.hasReplaced = true
		return h.Body
	}
	return nil
}

// trailers ends the body.
func (h *fixedHost) trailers() { h.missed = h.Missed && !h.hasReplaced }

// TestFixed holds that a body which is carried out by itself is the one that the Rewrite gives, chunk by chunk, for every kind of reply.
func TestFixed(t *testing.T) {
	ran := 0
	for shape := range uint16(1 << 13) {
		for _, chunks := range [][]byte{{3, 0, 4}, {0, 3}, {0, 0}, {}} {
			h := &modelHost{bits: shape, panicking: -1}
			h.reply(chunks, []byte("new"))
			rewrite, _ := Replace(&h.facts, h.decide, h.ends, h.adapts)
			fixed, ok := rewrite.Fixed()
			if !ok {
				continue
			}
			ran++
			checkFixed(t, h, rewrite, &fixedHost{Fixed: fixed})
		}
	}
	if ran < 1000 {
		t.Errorf("%d replies had a body that is known", ran)
	}
}

// checkFixed compares them on one exchange.
func checkFixed(t *testing.T, h *modelHost, rewrite *Rewrite, alone *fixedHost) {
	t.Helper()
	h.rewrite = rewrite
	for i, chunk := range h.chunks {
		end := i == len(h.chunks)-1 && !h.trailers
		want, hold := h.body(chunk, end, false)
		if got := alone.chunk(chunk); hold || !bytes.Equal(got, want) {
			t.Fatalf("chunk %d of %+v: %q alone, %q with the Rewrite, held: %v", i, h.facts.Reply, got, want, hold)
		}
	}
	if h.trailers {
		h.end(false)
		alone.trailers()
	}
	if alone.missed != (rewrite.Err() != nil) {
		t.Fatalf("%+v: missed: %v alone, %v with the Rewrite", h.facts.Reply, alone.missed, rewrite.Err())
	}
}

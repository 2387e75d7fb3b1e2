// SPDX-License-Identifier: Apache-2.0

// Package edit turns a decision of the engine into edits: what an adapter has to do to the reply at hand, in order.
//
// It is plain data in and plain data out. It knows neither a host nor an ABI, so that every adapter carries out the same
// edits; it keeps the rules of HTTP that adapters share: lengths, what a body callback does, what a nested reply carries
// over, what is counted and what the access log can show.
//
//	headers.go  Leave and Replace: the edits when the reply's headers are at hand
//	body.go     Rewrite.Body, Rewrite.Trailers: those for each chunk and at the end
//	fixed.go    what is left to do with a body that is known, for adapters that carry it out by themselves
//	rescue.go   those that bring a body to its end after a panic
//	nested.go   replies that end with their headers and get a body
//	tell.go     counters and filter state
//
// # The law of lengths
//
// The bytes that a client gets are those that the headers announce, whatever chunks, end and trailers come: a client that waits for
// bytes, or takes them for the next reply, is worse off than one that sees the original. So a length is announced where the
// original announced one, and a body is sent where one was.
package edit

import "gatewayresponses/internal/facts"

// Op is what an edit does.
type Op uint8

// The edits.
const (
	// ReplaceHeader gives the first header line called Name the Value, or adds it.
	ReplaceHeader Op = iota
	// AddHeader adds a header line.
	AddHeader
	// RemoveHeader removes all header lines called Name.
	RemoveHeader
	// SetHeaders replaces all header lines by Headers, those that stay among them. Only hosts that say so in Host are asked for it.
	SetHeaders
	// SetFilterState leaves Value under the key Name for the access log. A reply is right without it.
	SetFilterState
	// SendNested sends a reply with Status, Details, Headers and Body in the place of the one at hand, which must not go on.
	SendNested
	// AddBody gives a reply that ends with its headers the Body. Only hosts that say so in Host are asked for it.
	AddBody
	// ReplaceBody puts Body in the place of the chunk at hand, or in the trailers callback of all chunks that are held.
	ReplaceBody
	// PrependBody puts Body before the chunk at hand.
	PrependBody
	// RemoveTrailers removes all trailers.
	RemoveTrailers
)

// Edit is one change of a reply. Fields that its Op does not name are zero.
type Edit struct {
	Op          Op
	Name, Value string
	Status      int
	Details     string
	Headers     facts.Headers
	Body        []byte
}

// Host is what hosts differ in.
type Host struct {
	// AddsBody says that a reply that ends with its headers can be given a body. Without it such a reply is replaced by a
	// nested one. The facts of such a host hold the method of the request.
	AddsBody bool
	// Holds says that chunks can be held, and that the body that takes their place may be larger than the buffers of the host.
	Holds bool
	// Sets reports whether these headers can be written all at once, which is no dearer than to change two. Nil: none can.
	Sets func(facts.Headers) bool
}

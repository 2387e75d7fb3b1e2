// SPDX-License-Identifier: Apache-2.0

// Package wire writes what C shall do to a reply as bytes, so that Go need not call C for each edit.
//
// A list is a sequence of records, each a head of four numbers in the byte order of the machine and two texts:
//
//	uint32 op, uint32 number, uint32 length of name, uint32 length of value, name, value
//
// There is no padding. module/bridge.h has the same format for C, and a test of it reads lists as C does.
package wire

import (
	"encoding/binary"

	"gatewayresponses/internal/edit"
)

// Op is what C does with a record.
type Op uint32

// The operations. Their numbers are those of bridge.h.
const (
	// SetHeader gives the response header Name the Value, in the place of all its lines.
	SetHeader Op = iota + 1
	// AddHeader adds a line to the response headers.
	AddHeader
	// RemoveHeader removes all lines called Name.
	RemoveHeader
	// SetFilterState leaves Value under the key Name.
	SetFilterState
	// AddBody gives a reply that ends with its headers the body Value.
	AddBody
	// ReplaceBody puts Value in the place of the chunk at hand, or of what is held.
	ReplaceBody
	// PrependBody puts Value before the chunk at hand.
	PrependBody
	// RemoveTrailers removes all response trailers.
	RemoveTrailers
	// Count adds 1 to the counter with that Number, whose labels have the values Name and Value.
	Count
	// Result says what the reply counts as in the end: Name is the type, Value what the client gets of it.
	Result
	// FixedBody says what is left to do with the body: Number has the bits below, Value is the new body.
	FixedBody
	// Failed says that something of the reply went wrong, which changes what it counts as.
	Failed
)

// The bits of the number of a FixedBody, see edit.Fixed.
const (
	Replaces   = 1
	NeedsBytes = 2
	Missed     = 4
)

// StatePrefix begins the keys of filter state, as Envoy lets those of a Wasm filter begin: access logs are the same for both.
const StatePrefix = "wasm."

// headSize is how many bytes a head has.
const headSize = 16

// List is a list of records in the making. The zero value is an empty one.
type List struct{ bytes []byte }

// In returns an empty list that stands in room until it gets longer than that.
func In(room []byte) List { return List{room[:0]} }

// Bytes are the records, good until the list is changed.
func (l *List) Bytes() []byte { return l.bytes }

// Reset empties the list, and keeps its memory.
func (l *List) Reset() { l.bytes = l.bytes[:0] }

// Edits appends edits. One that this host is not asked for makes the reply a failed one.
func (l *List) Edits(edits []edit.Edit) {
	for i := range edits {
		l.edit(&edits[i])
	}
}

// edit appends one edit.
func (l *List) edit(e *edit.Edit) {
	switch e.Op {
	case edit.ReplaceHeader:
		l.put(SetHeader, 0, "", e.Name, e.Value)
	case edit.AddHeader:
		l.put(AddHeader, 0, "", e.Name, e.Value)
	case edit.RemoveHeader:
		l.put(RemoveHeader, 0, "", e.Name, "")
	case edit.SetFilterState:
		l.put(SetFilterState, 0, StatePrefix, e.Name, e.Value)
	case edit.AddBody:
		l.putBody(AddBody, 0, e.Body)
	case edit.ReplaceBody:
		l.putBody(ReplaceBody, 0, e.Body)
	case edit.PrependBody:
		l.putBody(PrependBody, 0, e.Body)
	case edit.RemoveTrailers:
		l.put(RemoveTrailers, 0, "", "", "")
	default:
		l.Failed()
	}
}

// Count appends that a counter moves; labels are the values of its labels, two at most.
func (l *List) Count(counter int, labels ...string) {
	var values [2]string
	copy(values[:], labels)
	l.put(Count, uint32(counter), "", values[0], values[1])
}

// Result appends what the reply counts as in the end.
func (l *List) Result(c edit.Counter) { l.put(Result, 0, "", c.Group, c.Result) }

// Fixed appends what is left to do with the body.
func (l *List) Fixed(fixed edit.Fixed) {
	var bits uint32
	for _, flag := range []struct {
		set bool
		bit uint32
	}{{fixed.Replaces, Replaces}, {fixed.NeedsBytes, NeedsBytes}, {fixed.Missed, Missed}} {
		if flag.set {
			bits |= flag.bit
		}
	}
	l.putBody(FixedBody, bits, fixed.Body)
}

// Failed appends that something of the reply went wrong.
func (l *List) Failed() { l.put(Failed, 0, "", "", "") }

// put appends a record whose name has a prefix.
func (l *List) put(op Op, number uint32, prefix, name, value string) {
	l.head(op, number, len(prefix)+len(name), len(value))
	l.bytes = append(l.bytes, prefix...)
	l.bytes = append(l.bytes, name...)
	l.bytes = append(l.bytes, value...)
}

// putBody appends a record whose value is a body.
func (l *List) putBody(op Op, number uint32, body []byte) {
	l.head(op, number, 0, len(body))
	l.bytes = append(l.bytes, body...)
}

// head appends a head. No text comes near 4 GiB: headers have 8 KiB, bodies 1 MiB, at most.
func (l *List) head(op Op, number uint32, name, value int) {
	for _, n := range [...]uint32{uint32(op), number, uint32(name), uint32(value)} {
		l.bytes = binary.NativeEndian.AppendUint32(l.bytes, n)
	}
}

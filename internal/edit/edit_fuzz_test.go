// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"slices"
	"strconv"
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// FuzzLengths holds the law of lengths: the bytes that a client gets are those that the headers announce, for every kind of
// reply, and whatever order chunks, the end of the stream and trailers come in, and wherever a callback panics; and nothing waits for
// what does not come.
//
// shape is a reply and a decision, one bit each; body are the chunks of the original, one for each byte, which is its length; panics is the
// callback that panics, counted from 1, and in its lower two bits the stage. 0 is no panic.
func FuzzLengths(f *testing.F) {
	for shape := range uint16(1 << 12) {
		f.Add(shape, []byte{3, 0, 4}, []byte(`{"a":1}`), uint8(0))
	}
	f.Add(uint16(0b101), []byte{255, 255, 255, 255}, []byte("{}"), uint8(0))
	f.Fuzz(func(t *testing.T, shape uint16, chunks, body []byte, panics uint8) {
		if len(chunks) > 100 || len(body) > 1<<10 {
			return
		}
		checkLengths(t, shape, chunks, body, panics)
	})
}

// TestLengthsAfterPanics holds the same law with a panic at every point of every callback.
func TestLengthsAfterPanics(t *testing.T) {
	for shape := range uint16(1 << 12) {
		for panics := uint8(stages); panics < 5*uint8(stages) && !t.Failed(); panics++ {
			checkLengths(t, shape, []byte{3, 0, 4}, []byte(`{"a":1}`), panics)
		}
	}
}

// checkLengths holds the law for one exchange.
func checkLengths(t *testing.T, shape uint16, chunks, body []byte, panics uint8) {
	t.Helper()
	h := &modelHost{bits: shape, panicking: int(panics/uint8(stages)) - 1, stage: stage(panics) % stages}
	h.reply(chunks, body)
	h.run(t)
	h.check(t)
}

// modelHost is a host as edits see it: it holds one exchange, carries edits out, and keeps what a client gets.
type modelHost struct {
	bits   uint16
	facts  facts.Facts
	decide engine.Decision
	// chunks are the original body, trailers says that they follow.
	chunks   [][]byte
	trailers bool
	// isHead says that the request is a HEAD, ends and endsEarly that the reply ends with its headers.
	isHead, ends, endsEarly bool
	adapts                  Host
	// panicking is the callback behind that of the headers that panics, -1 for none, and stage where in it.
	panicking int
	stage     stage

	headers  facts.Headers
	sent     []byte
	isNested bool
	rewrite  *Rewrite
}

// bit takes the next bit of the shape.
func (h *modelHost) bit() bool {
	bit := h.bits&1 == 1
	h.bits >>= 1
	return bit
}

// reply makes the exchange.
func (h *modelHost) reply(chunks, body []byte) {
	isUpstream, coded := h.bit(), h.bit()
	// Over HTTP/2 an upstream may end a reply to HEAD with empty chunks.
	h.isHead = h.bit()
	h.facts.Request.Headers = headerLines(":method: GET")
	if h.isHead {
		h.facts.Request.Headers = headerLines(":method: HEAD")
	}
	length := 0
	for _, size := range chunks {
		length += int(size)
		if h.isHead {
			size = 0
		}
		h.chunks = append(h.chunks, make([]byte, size))
	}
	h.facts.Reply = facts.Reply{Status: 429, Details: "local_rate_limited", Headers: headerLines(":status: 429\nx-a: 1\nx-a: 2")}
	add := func(name, value string) {
		h.facts.Reply.Headers = append(h.facts.Reply.Headers, facts.Header{Name: name, Value: value})
	}
	h.endsEarly = h.bit() // it ends with its headers
	switch {
	case !isUpstream:
		// Envoy announces the length of its own replies, and ends those to HEAD with their headers.
		h.endsEarly = h.endsEarly || h.isHead || length == 0
		if length > 0 && (h.isHead || !h.endsEarly) {
			add("content-length", strconv.Itoa(length))
		}
	case coded:
		h.facts.Reply.Details = "via_upstream"
		add("transfer-encoding", "chunked")
		h.endsEarly = h.isHead // over HTTP/1
		h.trailers = h.bit() && !h.endsEarly
	default:
		h.facts.Reply.Details = "via_upstream"
		if h.bit() {
			add("content-length", strconv.Itoa(length))
			h.endsEarly = h.endsEarly && (h.isHead || length == 0)
		}
		h.trailers = h.bit() && !h.endsEarly
		if h.bit() && !h.endsEarly && !h.trailers { // an upgrade that is refused
			add("connection", "Upgrade")
			add("upgrade", "websocket")
			h.isHead = false
			h.chunks = append(h.chunks, nil)
		}
	}
	if h.endsEarly {
		h.chunks = nil
	} else if len(h.chunks) == 0 && !h.trailers {
		h.chunks = [][]byte{nil}
	}
	if h.trailers && h.bit() {
		add("trailer", "x-sum")
	}
	h.ends = h.endsEarly
	h.facts.Reply.HasBody = !h.ends || AnnouncesBody(h.facts.Reply.Headers)
	h.adapts.AddsBody, h.adapts.Holds = h.bit(), h.bit()
	if h.bit() {
		h.adapts.Sets = anyHeaders
	}
	h.decide = engine.Decision{Headers: engine.HeaderChanges{Set: headerLines("x-a: 3\nx-a: 4")}}
	h.decide.Reply = &engine.Reply{Status: 503, Body: body}
	switch {
	case h.bit(): // the status allows no body
		h.decide.Reply.Status, h.decide.Reply.Body = 204, nil
		if h.bit() {
			h.decide.Reply.Status = 205
		}
	case h.facts.Reply.HasBody && h.facts.Reply.IsQuotable() && h.bit(): // it quotes the original
		h.decide.Reply.Body = nil
		h.decide.Reply.Quote = func(original []byte) []byte { return slices.Concat(body, original, body) }
	}
	h.headers = slices.Clone(h.facts.Reply.Headers)
}

// run makes the callbacks that a host makes.
func (h *modelHost) run(t *testing.T) {
	var edits []Edit
	h.rewrite, edits = Replace(&h.facts, h.decide, h.ends, h.adapts)
	h.apply(edits, nil)
	h.checkAtOnce(t)
	if h.isNested {
		return
	}
	var held []byte
	for i, chunk := range h.chunks {
		end := i == len(h.chunks)-1 && !h.trailers
		data := slices.Concat(held, chunk)
		out, hold := h.body(data, end, i == h.panicking)
		switch {
		case hold && end:
			t.Error("the last chunk is held: the stream hangs")
		case hold && len(out) > 0:
			t.Errorf("%d bytes are held, and come once more with the next chunk", len(out))
		}
		h.sent = append(h.sent, out...)
	}
	if h.trailers {
		h.sent = append(h.sent, h.end(h.panicking == len(h.chunks))...)
	}
}

// body is the callback for a chunk. It returns what becomes of the chunk, and whether the host holds it.
func (h *modelHost) body(data []byte, end, panics bool) (out []byte, hold bool) {
	r, edits := h.rewrite, []Edit(nil)
	r.Begin()
	out = data
	read := data[:r.Reads(len(data))]
	if panics && h.stage == completing && r.step == stepCollect {
		r.original = append(r.original, read...)
	}
	if !panics || h.stage >= beforeEdits {
		if edits, hold = r.Body(len(data), read, end); !panics || h.stage == afterEdits {
			out = h.apply(edits, out)
			r.Applied()
		}
	}
	if panics {
		edits, hold = r.RescueBody(len(data), end)
		out = h.apply(edits, out)
		r.Applied()
	}
	return out, hold
}

// end is the callback for trailers. It returns what leaves of the chunks that were held.
func (h *modelHost) end(panics bool) (out []byte) {
	h.rewrite.Begin()
	if !panics || h.stage >= beforeEdits {
		if edits := h.rewrite.Trailers(); !panics || h.stage == afterEdits {
			out = h.apply(edits, nil)
			h.rewrite.Applied()
		}
	}
	if panics {
		out = h.apply(h.rewrite.RescueTrailers(), out)
	}
	return out
}

// apply carries edits out. It returns what becomes of the chunk at hand.
func (h *modelHost) apply(edits []Edit, chunk []byte) []byte {
	for _, e := range edits {
		switch e.Op {
		case ReplaceHeader:
			at := slices.IndexFunc(h.headers, func(line facts.Header) bool { return line.Name == e.Name })
			if at < 0 {
				h.headers = append(h.headers, facts.Header{Name: e.Name, Value: e.Value})
			} else {
				h.headers[at].Value = e.Value
			}
		case AddHeader:
			h.headers = append(h.headers, facts.Header{Name: e.Name, Value: e.Value})
		case RemoveHeader:
			h.headers = slices.DeleteFunc(h.headers, func(line facts.Header) bool { return line.Name == e.Name })
		case SetHeaders:
			h.headers = e.Headers
		case SendNested:
			// Envoy announces the length itself.
			h.headers = append(slices.Clone(e.Headers), facts.Header{Name: "content-length", Value: strconv.Itoa(len(e.Body))})
			h.sent, h.isNested = e.Body, true
		case AddBody:
			h.sent = append(h.sent, e.Body...)
		case ReplaceBody:
			chunk = e.Body
		case PrependBody:
			chunk = slices.Concat(e.Body, chunk)
		}
	}
	return chunk
}

// check holds the law.
func (h *modelHost) check(t *testing.T) {
	t.Helper()
	length, announced := contentLength(h.headers)
	sent := h.sent
	if h.isHead && h.isNested {
		sent = nil // Envoy drops it, but not what is added to a reply
	}
	switch {
	case h.isHead && len(sent) > 0:
		t.Errorf("a reply to HEAD has %d bytes", len(sent))
	case h.decide.Reply.Framing() == engine.Bare && (announced || len(sent) > 0):
		t.Errorf("%d bytes, announced %v, under status %d", len(sent), announced, h.decide.Reply.Status)
	case announced && !h.isHead && uint64(len(sent)) != length:
		t.Errorf("%d bytes, %d are announced", len(sent), length)
	case h.facts.Reply.IsUpgrade() && !announced && h.decide.Reply.Framing() != engine.Bare:
		t.Error("no length is announced for what comes after a refused upgrade")
	}
	if got := h.headers.Values("x-a"); !slices.Equal(got, []string{"3", "4"}) {
		t.Errorf("x-a = %q, want the two lines that are set", got)
	}
	h.checkBody(t, sent)
}

// checkAtOnce holds that headers that are written at once are those that come of the same edits one by one.
func (h *modelHost) checkAtOnce(t *testing.T) {
	t.Helper()
	oneByOne := modelHost{headers: slices.Clone(h.facts.Reply.Headers)}
	_, edits := Replace(&h.facts, h.decide, h.ends, Host{AddsBody: h.adapts.AddsBody, Holds: h.adapts.Holds})
	oneByOne.apply(edits, nil)
	if !slices.Equal(h.headers, oneByOne.headers) {
		t.Errorf("headers at once %q, one by one %q", h.headers, oneByOne.headers)
	}
}

// checkBody holds that the body is the new one, or that there is none where the original had none and may have been one to HEAD. Where the new
// one was to quote the original, after a panic the original may follow.
func (h *modelHost) checkBody(t *testing.T, sent []byte) {
	t.Helper()
	original := 0
	for _, chunk := range h.chunks {
		original += len(chunk)
	}
	if h.isHead || h.rewrite.Err() != nil || original == 0 && !h.ends && len(sent) == 0 {
		return
	}
	if h.panicking >= 0 && h.decide.Reply.Quote != nil && h.rewrite.Done() {
		if len(sent) != original {
			t.Errorf("after a panic %d bytes are sent, the original has %d", len(sent), original)
		}
		return
	}
	if string(sent) != string(h.decide.Reply.Body) {
		t.Errorf("%d bytes are sent, the body has %d", len(sent), len(h.decide.Reply.Body))
	}
}

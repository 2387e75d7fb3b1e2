// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"slices"
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// stage is where in a callback a panic happens.
type stage int

const (
	beforeAll stage = iota
	completing
	beforeEdits
	afterEdits
	stages
)

// client is what a client has of a body, and what its host holds back.
type client struct {
	rewrite           *Rewrite
	chunk, held, body string
}

// apply carries edits of the chunk at hand out.
func (c *client) apply(edits []Edit) {
	for _, e := range edits {
		switch e.Op {
		case ReplaceBody:
			c.chunk = string(e.Body)
		case PrependBody:
			c.chunk = string(e.Body) + c.chunk
		}
	}
	c.rewrite.Applied()
}

// takes is the callback for a chunk, which panics if asked to.
func (c *client) takes(chunk string, last, panics bool, at stage) {
	r := c.rewrite
	c.chunk, c.held = c.held+chunk, ""
	size, hold := len(c.chunk), false
	r.Begin()
	switch read := []byte(c.chunk[:r.Reads(size)]); {
	case panics && at == beforeAll:
	case panics && at == completing:
		r.original = append(r.original, read...)
	default:
		var edits []Edit
		if edits, hold = r.Body(size, read, last); !panics || at == afterEdits {
			c.apply(edits)
		}
	}
	if panics {
		var edits []Edit
		edits, hold = r.RescueBody(size, last)
		c.apply(edits)
	}
	if hold {
		c.held = c.chunk
		return
	}
	c.body += c.chunk
}

// ends is the callback for trailers, which panics if asked to. A body can leave from there only when a chunk is held.
func (c *client) ends(panics bool, at stage) {
	r := c.rewrite
	held := r.held
	c.chunk = c.held
	r.Begin()
	if !panics || at >= beforeEdits {
		if edits := r.Trailers(); !panics || at == afterEdits {
			c.apply(edits)
		}
	}
	if panics {
		c.apply(r.RescueTrailers())
	}
	if held {
		c.body += c.chunk
	}
}

// TestRescue has the callbacks for a body and its trailers panic at every point, and holds that the client gets a whole body: the
// new one, or, when that was to quote the original, the original.
func TestRescue(t *testing.T) {
	const original = "slow down please"
	final := engine.Reply{Status: 429, Body: []byte("{}")}
	quoting := engine.Reply{Status: 429, Quote: func(original []byte) []byte { return []byte("<" + string(original) + ">") }}
	for _, tc := range []struct {
		name    string
		reply   engine.Reply
		headers string
		holds   bool
		// want are the bodies that are right, with trailers those in the place of the former.
		want, withTrailers []string
	}{
		{"known", final, "content-length: 16", false, []string{"{}"}, []string{"{}"}},
		{"none", engine.Reply{Status: 204}, "content-length: 16", false, []string{""}, []string{""}},
		{"quoting", quoting, "transfer-encoding: chunked", false, []string{"<" + original + ">", original}, []string{"", original}},
		{"quoting, trailers announced", quoting, "trailer: x-sum", false, []string{"<slow >", original}, []string{"<slow >", original}},
		{"quoting, trailers announced, held", quoting, "trailer: x-sum", true, []string{"<" + original + ">", original}, []string{"<" + original + ">", original}},
	} {
		for _, trailers := range []bool{false, true} {
			for i := range 4 * stages {
				f := &facts.Facts{Reply: facts.Reply{Status: 429, Details: "via_upstream", HasBody: true, Headers: headerLines(":status: 429\n" + tc.headers)}}
				reply := tc.reply
				r, _ := Replace(f, engine.Decision{Reply: &reply, Trace: throttled}, false, Host{Holds: tc.holds})
				c, callback, at := &client{rewrite: r}, int(i/stages), i%stages
				for n, chunk := range []string{"slow ", "down ", "please"} {
					c.takes(chunk, n == 2 && !trailers, n == callback, at)
				}
				want := tc.want
				if trailers {
					c.ends(callback == 3, at)
					want = tc.withTrailers
				}
				if !slices.Contains(want, c.body) {
					t.Errorf("%s, trailers %v, a panic in callback %d at %d: the client has %q, want one of %q", tc.name, trailers, callback, at, c.body, want)
				}
			}
		}
	}
}

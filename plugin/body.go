// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// bodyStep is what a body callback does.
type bodyStep uint8

const (
	// bodyNone: there is no body callback to wait for.
	bodyNone bodyStep = iota
	// bodyReplace: the new body takes the place of the chunk.
	bodyReplace
	// bodyCollect: the new body quotes the original one, so the original is collected first, up to facts.MaxBody.
	bodyCollect
	// bodyDrop: the new body has left; what comes after it is dropped.
	bodyDrop
)

// responseBody does what is left to do with a chunk of the original body, size bytes long. It tells whether Envoy shall hold
// the chunk, which then has no bytes: held data is what responseTrailers can put the new body in the place of. Nothing is held
// unless trailers are certain to come. Envoy adds the next chunk to what is held before the plugin can empty that one, so a
// chunk above the buffer limit cuts the stream. And trailers that a filter adds when a body ends are forgotten when its last
// chunk is held: the stream hangs.
func (s *stream) responseBody(size int, endOfStream bool) (hold bool) {
	e, host := s.edit, s.plugin.vm.host
	e.held = false
	if e.body == bodyCollect {
		e.collect(host, size)
		if endOfStream || len(e.original) >= quotable(e.facts.Reply.Headers) {
			s.quote()
		} else {
			e.held = announcesTrailers(e.facts.Reply.Headers)
		}
	}
	if e.body == bodyReplace {
		e.note(host.replaceResponseBody(content(e.reply)))
		e.body = bodyDrop
	} else if size > 0 {
		e.note(host.replaceResponseBody(nil))
	}
	if endOfStream {
		s.settle()
	}
	return e.held
}

// quotable is how many bytes of a body are quoted.
func quotable(headers facts.Headers) int {
	if length, known := contentLength(headers); known {
		return int(min(length, facts.MaxBody))
	}
	return facts.MaxBody
}

// announcesTrailers tells whether an upstream over HTTP/2 says that trailers come. Those of HTTP/1 Envoy drops by default.
func announcesTrailers(headers facts.Headers) bool {
	_, announced := headers.First("trailer")
	_, coded := headers.First("transfer-encoding")
	return announced && !coded
}

// quote completes a body with what was collected of the original one.
func (s *stream) quote() {
	e := s.edit
	e.reply.Complete(e.original)
	e.body = bodyReplace
}

// collect takes the first facts.MaxBody bytes of the original body. The result is never nil: no body at all is known to
// be empty.
func (e *edit) collect(host host, size int) {
	if e.original == nil {
		e.original = []byte{}
	}
	limit := min(size, facts.MaxBody-len(e.original))
	if limit <= 0 {
		return
	}
	chunk, err := host.responseBody(limit)
	e.note(err)
	e.original = append(e.original, chunk...)
}

// content is the body that the client gets: none with a status that allows none.
func content(reply *engine.Reply) []byte {
	if withoutContent(reply.Status) {
		return nil
	}
	return reply.Body
}

// withoutContent tells that a status allows no body (RFC 9110, 6.4.1).
func withoutContent(status int) bool { return status == 204 || status == 304 }

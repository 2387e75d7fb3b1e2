// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"slices"

	"gatewayresponses/internal/facts"
)

// Stream is an exchange under way: its request has passed the filter, its reply has not.
type Stream struct {
	host *Host
	// plugin is the root context, nil when the stream passes the filter by.
	plugin *plugin
	x      Exchange
	// id is the context in the VM, 0 when the VM does not know it.
	id uint32

	// request and response are the header maps; requestMap and responseMap are what the callback can reach of them.
	request, response       *headerMap
	requestMap, responseMap *headerMap
	// body is what follows the response headers; a reply that ends with them has none.
	body [][]byte
	// chunk is the data at hand in the body callback.
	chunk *[]byte
	// trailers are what follows the body, nil for none, and trailerMap what the callback can reach of them.
	trailers, trailerMap *headerMap

	// code, details and flags are what Envoy knows of the reply.
	code    int
	details string
	flags   facts.Flags

	// replied reports whether the reply has begun, sent whether its headers have left, logging whether on_log runs.
	replied, sent, logging bool
	// local is the reply that the plugin has asked for in this callback.
	local   *localReply
	outcome Outcome
}

// Begin runs the request phase of an exchange. Finish must follow.
func (h *Host) Begin(x Exchange) *Stream {
	s := &Stream{
		host: h, plugin: h.plugins[x.Worker], x: x, request: newRequestMap(x.Facts.Request.Headers),
		outcome: Outcome{FilterState: map[string]string{}},
	}
	s.takeReply()
	if s.plugin == nil || s.plugin.vm.trap != nil {
		s.plugin, s.outcome.Bypassed = nil, true
		return s
	}
	s.plugin.uses++
	if !x.SkipRequest {
		s.requestHeaders()
	}
	return s
}

// Finish runs the rest of the exchange and tells what became of it.
func (s *Stream) Finish() Outcome {
	switch {
	case s.outcome.Hang:
	case s.id == 0:
		s.pass()
	case s.plugin.vm.trap != nil:
		s.fail()
	default:
		s.responseHeaders()
	}
	s.log()
	s.outcome.Details = underscores(s.details)
	if s.sent {
		s.outcome.Headers = s.response.lines
		s.check()
	}
	return s.outcome
}

// create makes the context in the VM. Source: cpp-host context.cc, ContextBase::onCreate.
func (s *Stream) create() {
	s.id = s.plugin.vm.nextContext()
	s.callback("proxy_on_context_create", uint64(s.plugin.id))
}

// requestHeaders is Envoy's decodeHeaders. The map stays within reach unless the filter lets the request go on.
func (s *Stream) requestHeaders() {
	s.create()
	s.requestMap = s.request
	stopped := s.callback("proxy_on_request_headers", uint64(len(s.request.lines)), 1)
	switch {
	case s.outcome.Trap != nil:
	case s.local != nil:
		s.sendThroughFilter()
	case stopped:
		s.outcome.Hang = true
	default:
		s.requestMap = nil
	}
}

// responseHeaders is Envoy's encodeHeaders.
func (s *Stream) responseHeaders() {
	s.replied = true
	s.responseMap = s.response
	stopped := s.callback("proxy_on_response_headers", uint64(len(s.response.lines)), flag(len(s.body) == 0 && s.trailers == nil))
	switch {
	case s.outcome.Trap != nil:
		s.fail()
	case s.local != nil:
		s.outcome.Nested = true
		s.sendDirect(*s.local)
	case stopped:
		s.outcome.Hang = true
	default:
		s.responseMap = nil
		s.encodeHeaders()
	}
}

// encodeHeaders sends the headers and goes on with the body. Source: envoy common/http/filter_manager.cc,
// encodeHeaders.
func (s *Stream) encodeHeaders() {
	if s.status() == 0 {
		s.sendDirect(missingStatus)
		return
	}
	s.sent = true
	s.outcome.Status = s.status()
	s.responseBody()
}

// responseBody is Envoy's encodeData, for every chunk. A paused chunk waits for the next, which Envoy adds to it before the
// plugin sees either. Source: envoy extensions/common/wasm/context.cc, Context::encodeData, which calls addEncodedData.
func (s *Stream) responseBody() {
	var held []byte
	paused := false
	for i, chunk := range s.body {
		last := i == len(s.body)-1 && s.trailers == nil
		data := slices.Concat(held, chunk)
		if limit := s.x.BufferLimit; paused && limit > 0 && len(data) > limit {
			s.cutOff()
			return
		}
		held, paused = nil, false
		switch s.chunkCallback(&data, last) {
		case chunkLost:
			s.outcome.Reset = true
			return
		case chunkHeld:
			held, paused = data, true
			s.outcome.Hang = last
		case chunkSent:
			s.outcome.Body = append(s.outcome.Body, data...)
		}
	}
	switch {
	case s.trailers == nil:
	case paused && s.x.TrailersAdded:
		s.outcome.Hang = true
	default:
		s.responseTrailers(held, paused)
	}
}

// cutOff ends a stream whose body cannot wait: Envoy would answer 500 if the headers had not left.
func (s *Stream) cutOff() {
	s.details = "response_payload_too_large"
	s.outcome.Reset = true
}

// chunkFate is what becomes of a chunk of the body.
type chunkFate uint8

// The fates: on its way, waiting for the next chunk, gone with the stream.
const (
	chunkSent chunkFate = iota
	chunkHeld
	chunkLost
)

// chunkCallback shows the filter a chunk, which it may change.
func (s *Stream) chunkCallback(data *[]byte, last bool) chunkFate {
	s.chunk = data
	defer func() { s.chunk = nil }()
	stopped := s.callback("proxy_on_response_body", uint64(len(*data)), flag(last))
	switch {
	case s.outcome.Trap != nil:
		return chunkLost
	case s.local != nil:
		s.fault("a local response from a body callback resets the stream: the headers have left")
		return chunkLost
	case stopped:
		return chunkHeld
	}
	return chunkSent
}

// flag is a bool as an argument of a callback.
func flag(set bool) uint64 {
	if set {
		return 1
	}
	return 0
}

// pass sends the reply past the filter.
func (s *Stream) pass() {
	s.replied, s.sent = true, true
	s.outcome.Status = s.status()
	s.outcome.Body = slices.Concat(s.body...)
	if s.trailers != nil {
		s.outcome.Trailers = s.trailers.lines
	}
}

// log runs the end of the stream: on_log, on_done, on_delete. A context that is not there yet is made for it.
func (s *Stream) log() {
	if s.plugin == nil {
		return
	}
	defer s.plugin.release(s.host)
	if s.plugin.vm.trap != nil {
		return
	}
	if s.sent {
		s.code = s.outcome.Status
	}
	if s.id == 0 {
		s.create()
	}
	s.logging = true
	s.callback("proxy_on_log")
	s.logging = false
	if s.local != nil {
		s.fault("a local response from on_log comes too late")
	}
	s.callback("proxy_on_done")
	s.callback("proxy_on_delete")
}

// callback runs an export for the stream, unless the VM is dead. stopped reports whether the plugin stops the
// stream; sending a reply stops it, too.
func (s *Stream) callback(export string, args ...uint64) (stopped bool) {
	s.local = nil
	if s.plugin.vm.trap != nil {
		return true
	}
	s.outcome.Callbacks = append(s.outcome.Callbacks, export)
	at := scope{host: s.host, plugin: s.plugin, stream: s}
	action, err := s.plugin.vm.call(at, export, 0, append([]uint64{uint64(s.id)}, args...)...)
	if err != nil {
		s.outcome.Trap = err
	}
	return err != nil || action != 0 || s.local != nil
}

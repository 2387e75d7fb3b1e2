// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// stream is one exchange. Good traffic costs it the capture and one look at the status.
type stream struct {
	plugin *plugin
	// request is let go of as soon as the reply has been looked at.
	request capture
	// rewrite is the reply in the course of being replaced, nil when there is none.
	rewrite *edit.Rewrite
	// changed reports whether its headers are those of the new reply, so that the new body must follow.
	changed bool
	// counted reports whether that reply has been counted.
	counted bool
	// sent reports whether a reply was sent in the place of Envoy's, so that Envoy's must not go on.
	sent bool
	// over reports whether the plugin panicked on this stream and leaves it alone.
	over bool
}

// requestHeaders captures what cannot be read later.
func (s *stream) requestHeaders() {
	s.request.take(s.plugin.vm.host, &s.plugin.needs)
}

// idle reports whether nothing is left to do on the stream, nor to be left alone.
func (s *stream) idle() bool { return s.rewrite == nil && !s.sent && !s.over }

// responseHeaders looks at a reply.
func (s *stream) responseHeaders(endOfStream bool) {
	if s.over {
		return
	}
	status, headers, err := s.status()
	if err != nil {
		s.leaveFailed(err)
		return
	}
	needs := &s.plugin.needs
	switch {
	case needs.MayHideError(status, endOfStream):
		s.grpcReply()
	case status < needs.LowestStatus:
	case needs.Idle:
		s.leave(engine.LeftOff)
	default:
		s.errorReply(status, headers, endOfStream)
	}
}

// status is the status of the reply. Errors come in floods: after one whose headers were read, all headers are read at once, which
// saves a call if this is an error, too, and costs a good reply nothing but their size. headers are nil when they were not read.
func (s *stream) status() (status int, headers facts.Headers, err error) {
	vm := s.plugin.vm
	if !vm.flooded {
		status, err = vm.host.responseStatus()
		return status, nil, err
	}
	encoded, err := vm.host.responseHeaders()
	if err != nil {
		return 0, nil, err
	}
	vm.flooded = false
	status = parseStatus(abi.Member(encoded, ":status"))
	if needs := &s.plugin.needs; status >= needs.LowestStatus && !needs.Idle {
		headers, err = abi.DecodePairs(encoded)
	}
	return status, headers, err
}

// codePath leads to the status that Envoy gave an error before it became a reply for gRPC.
const codePath = "response\x00code"

// grpcReply looks at a reply that may hide an error. Most of them are good, and no gRPC.
func (s *stream) grpcReply() {
	host := s.plugin.vm.host
	ended, err := host.responseHeader(engine.GRPCStatus)
	if err != nil {
		s.leaveFailed(err)
		return
	}
	if ended == "" {
		return
	}
	code, err := host.property(codePath)
	if err != nil {
		s.leaveFailed(err)
		return
	}
	if status := int(littleEndian(code)); status >= s.plugin.needs.LowestStatus {
		s.errorReply(status, nil, true)
	}
}

// errorReply decides on a reply whose status is an error. headers are its own, nil when they have not been read.
func (s *stream) errorReply(status int, headers facts.Headers, endOfStream bool) {
	details, err := s.plugin.vm.host.property(detailsPath)
	if err != nil {
		s.leaveFailed(err)
		return
	}
	f := &facts.Facts{Reply: facts.Reply{Status: status, Details: string(details), Headers: headers}}
	wants := s.plugin.program.Wants(status, f.Reply.Details)
	if wants.Left != "" {
		s.leave(wants.Left)
		return
	}
	if err := s.read(f, &wants, endOfStream); err != nil {
		s.leaveFailed(err)
		return
	}
	decision := s.plugin.program.Decide(f)
	s.tell(f, decision.Trace)
	if decision.Reply == nil {
		s.leaveWithHeaders(f, decision)
		return
	}
	s.replace(f, decision, endOfStream)
}

// leave counts a reply that passes as it is.
func (s *stream) leave(why engine.Left) {
	if counter := edit.Left(why); counter != (edit.Counter{}) {
		s.plugin.vm.metrics.countReply(counter)
	}
}

// leaveFailed counts a reply that passes as it is because Envoy refused a call.
func (s *stream) leaveFailed(err error) {
	s.leave(engine.LeftHostError)
	s.plugin.vm.complain(err)
}

// tell counts and logs what the trace says beside the decision itself.
func (s *stream) tell(f *facts.Facts, trace engine.Trace) {
	vm := s.plugin.vm
	for _, name := range edit.Counters(trace) {
		vm.metrics.count(name)
	}
	if edit.IsUnclassified(trace) {
		vm.logUnknown(f, trace)
	}
	if trace.UnknownRoute != "" {
		vm.logUnknownRoute(trace.UnknownRoute)
	}
	s.logDocument(f, trace)
}

// done ends a stream whose reply was replaced.
func (s *stream) done() {
	if s.rewrite.Nested() {
		s.lookAtSent()
	}
	s.countOnce()
	s.rewrite = nil
}

// recovered survives a panic, if there is one. It must be deferred itself.
func (s *stream) recovered() {
	if cause := recover(); cause != nil {
		s.survive(cause)
	}
}

// survive leaves the stream alone after a panic, whose cause is what recover returned.
func (s *stream) survive(cause any) {
	s.over = true
	s.rewrite = nil
	s.plugin.vm.panicked(cause)
}

// surviveHeaders is survive for the callback of the response headers: when they have been changed, the new body follows.
func (s *stream) surviveHeaders(cause any) {
	if s.changed && s.rewrite != nil {
		s.plugin.vm.panicked(cause)
		return
	}
	s.survive(cause)
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// asEnvoy is what Envoy can do over the ABI. It could hold chunks, but a body in their place that is larger than the buffers of the
// connection resets the stream within the call, and ends Envoy. Decisions set no name twice, so no change of a single header is an edit.AddHeader.
var asEnvoy = edit.Host{Sets: abi.Fits}

// leaveWithHeaders counts a reply that passes as it is, but for the headers that were decided.
func (s *stream) leaveWithHeaders(f *facts.Facts, decision engine.Decision) {
	if err := s.carryOut(edit.Leave(f, decision, asEnvoy)); err != nil {
		s.leaveFailed(err)
		return
	}
	s.leave(decision.Trace.Left)
}

// replace gives the client the reply that was decided, as far as that can be done with its headers. When Envoy refuses the first
// change, the reply is left.
func (s *stream) replace(f *facts.Facts, decision engine.Decision, endOfStream bool) {
	rewrite, edits := edit.Replace(f, decision, endOfStream, asEnvoy)
	s.rewrite = rewrite
	err := s.carryOut(edits)
	if err != nil && !s.changed {
		s.rewrite = nil
		s.leaveFailed(err)
		return
	}
	rewrite.Note(err)
	if rewrite.Done() {
		s.countOnce()
	}
}

// responseBody does what is left to do with a chunk of the original body, size bytes long. No chunk is held, see asEnvoy.
func (s *stream) responseBody(size int, endOfStream bool) {
	var chunk []byte
	if limit := s.rewrite.Reads(size); limit > 0 {
		var err error
		chunk, err = s.plugin.vm.host.responseBody(limit)
		s.rewrite.Note(err)
	}
	edits, _ := s.rewrite.Body(size, chunk, endOfStream)
	s.finishBody(edits)
	if endOfStream {
		s.countOnce()
	}
}

// responseTrailers ends a body that trailers of the upstream follow: no chunk was the last.
func (s *stream) responseTrailers() {
	s.finishBody(s.rewrite.Trailers())
	s.countOnce()
}

// finishBody carries out all edits of a body whose headers have gone.
func (s *stream) finishBody(edits []edit.Edit) {
	for i := range edits {
		s.rewrite.Note(s.apply(&edits[i]))
	}
	s.rewrite.Applied()
}

// rescueBody ends a reply as well as it can be ended after a panic in the callback for a chunk, whose arguments it has; cause is nil
// without a panic. It is too late to leave the original alone: the headers of the new reply have left. A reply whose new body is given up
// counts as a panic only.
func (s *stream) rescueBody(cause any, size int, endOfStream bool) {
	if cause == nil {
		return
	}
	s.plugin.vm.panicked(cause)
	defer s.recovered()
	edits, _ := s.rewrite.RescueBody(size, endOfStream)
	s.finishBody(edits)
	s.counted = s.counted || s.rewrite.Done()
}

// rescueTrailers is rescueBody for the callback of the trailers.
func (s *stream) rescueTrailers(cause any) {
	if cause == nil {
		return
	}
	s.plugin.vm.panicked(cause)
	defer s.recovered()
	s.finishBody(s.rewrite.RescueTrailers())
	s.counted = s.counted || s.rewrite.Done()
}

// carryOut carries edits of headers out in order, and returns the first error. It stops there when nothing has been changed by then.
// Filter state is none of the reply.
func (s *stream) carryOut(edits []edit.Edit) (err error) {
	for i := range edits {
		failed := s.apply(&edits[i])
		switch {
		case edits[i].Op == edit.SetFilterState:
			if failed != nil {
				s.plugin.vm.complain(failed)
			}
		case failed == nil:
			s.changed = true
		case !s.changed:
			return failed
		case err == nil:
			err = failed
		}
	}
	return err
}

// apply makes the call of the ABI that an edit is.
func (s *stream) apply(e *edit.Edit) error {
	host := s.plugin.vm.host
	switch e.Op {
	case edit.ReplaceHeader:
		return host.replaceResponseHeader(e.Name, e.Value)
	case edit.RemoveHeader:
		return host.removeResponseHeader(e.Name)
	case edit.SetHeaders:
		return host.setResponseHeaders(e.Headers)
	case edit.SetFilterState:
		return host.setFilterState(e.Name, e.Value)
	case edit.ReplaceBody:
		return host.replaceResponseBody(e.Body)
	case edit.PrependBody:
		return host.prependResponseBody(e.Body)
	case edit.RemoveTrailers:
		return host.removeResponseTrailers()
	case edit.SendNested:
		err := host.sendReply(e.Status, e.Details, e.Headers, e.Body)
		s.sent = s.sent || err == nil
		return err
	default:
		return errUnsupported
	}
}

// countOnce counts the reply, once.
func (s *stream) countOnce() {
	if s.counted {
		return
	}
	s.counted = true
	s.plugin.vm.metrics.countReply(s.rewrite.Counter())
	if err := s.rewrite.Err(); err != nil {
		s.plugin.vm.complain(err)
	}
}

// lookAtSent looks in on_log at what became of a nested reply.
func (s *stream) lookAtSent() {
	got, err := readHeaders(s.plugin.vm.host)
	if err != nil {
		s.plugin.vm.complain(err)
		return
	}
	doubled, lost := s.rewrite.Sent(got)
	s.countOnce()
	for _, name := range doubled {
		s.plugin.vm.metrics.count(edit.DoubledHeader)
		s.plugin.logDoubled(name, s.rewrite)
	}
	for _, name := range lost {
		s.plugin.vm.metrics.count(edit.LostHeader)
		s.plugin.logLost(name)
	}
	if s.rewrite.ClosesConnection() {
		s.plugin.logClosed(s.rewrite)
	}
}

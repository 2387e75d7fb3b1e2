// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// edit is one reply in the course of being replaced.
type edit struct {
	facts *facts.Facts
	trace engine.Trace
	reply *engine.Reply
	// headers are the changes of the header map.
	headers engine.HeaderChanges
	// body is what the next body callback does.
	body bodyStep
	// original is what was collected of the original body.
	original []byte
	// held tells that Envoy holds the latest chunk.
	held bool
	// sent are the headers of a reply that was sent anew, nil for one that is changed in place.
	sent facts.Headers
	// err is the first call that Envoy refused after something had been changed.
	err error
	// settled tells that the reply has been counted.
	settled bool
}

// replace gives the client the reply that was decided. A reply that ends with its headers has no body callback, so a
// body for it can only come with a reply that is sent anew; any other is changed in place.
func (s *stream) replace(f *facts.Facts, decision engine.Decision, endOfStream bool) {
	e := &edit{facts: f, trace: decision.Trace, reply: decision.Reply, headers: decision.Headers}
	var err error
	switch {
	case e.reply.GRPC != "":
		err = e.changeGRPC(s.plugin.vm.host)
	case endOfStream && !f.Reply.HasBody && len(content(e.reply)) > 0:
		err = e.sendAnew(s.plugin.vm.host)
	default:
		err = e.changeInPlace(s.plugin.vm.host, endOfStream)
	}
	if err != nil {
		s.leaveFailed(err)
		return
	}
	s.edit = e
	s.sent = e.sent != nil
	s.setFilterState(f, e.trace)
	// What was sent anew is counted in on_log: Envoy applies local_reply_config to it once more, which may change it.
	if e.body == bodyNone && !s.sent {
		s.settle()
	}
}

// note keeps the first error.
func (e *edit) note(err error) {
	if e.err == nil {
		e.err = err
	}
}

// settle counts the reply, once.
func (s *stream) settle() {
	e := s.edit
	if e.settled {
		return
	}
	e.settled = true
	if e.err != nil {
		s.leaveFailed(e.err)
		return
	}
	s.plugin.vm.metrics.count(replacedCounter(e.trace.Class.Type, resultText(e.reply)))
	s.plugin.logReplaced(e)
}

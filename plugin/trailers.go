// SPDX-License-Identifier: Apache-2.0

package main

// responseTrailers ends a body that trailers of the upstream follow: no body callback has said that it ends. The trailers go
// with the body that they ended.
//
// A body can leave from here only when a chunk is held; Envoy may otherwise write to one that is gone. Without any chunk the
// new one is missing, and when its length has been announced, only a cut keeps the client from taking the next reply on the
// connection for it. responseTrailers tells whether the stream is cut.
func (s *stream) responseTrailers() (cut bool) {
	e, host := s.edit, s.plugin.vm.host
	e.note(host.removeResponseTrailers())
	switch {
	case e.body == bodyCollect && !e.held:
		e.note(errNoChunk)
	case e.body == bodyCollect:
		s.quote()
		e.note(host.replaceResponseBody(content(e.reply)))
	case e.body == bodyReplace && len(content(e.reply)) > 0:
		e.note(errNoChunk)
		e.note(host.sendReply(e.reply.Status, e.facts.Reply.Details, nil, nil))
		cut = true
	}
	s.settle()
	return cut
}

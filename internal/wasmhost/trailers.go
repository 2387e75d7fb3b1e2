// SPDX-License-Identifier: Apache-2.0

package wasmhost

// takeTrailers makes the trailers of an upstream ready. A reply to HEAD has none.
func (s *Stream) takeTrailers() {
	if s.x.Upstream && s.x.Trailers != nil && !s.isHead() {
		s.trailers = newResponseMap(s.x.Trailers)
	}
}

// responseTrailers is Envoy's encodeTrailers. held is what waits since the plugin paused the last chunk: the callback can
// change it, and cannot reach a chunk that has gone. Source: envoy extensions/common/wasm/context.cc, Context::getBuffer, and
// common/http/filter_manager.cc, commonHandleAfterTrailersCallback.
func (s *Stream) responseTrailers(held []byte, paused bool) {
	if paused {
		s.chunk = &held
	}
	s.trailerMap = s.trailers
	stopped := s.callback("proxy_on_response_trailers", uint64(len(s.trailers.lines)))
	s.chunk = nil
	switch {
	case s.outcome.Trap != nil, s.local != nil:
		s.outcome.Reset = true
	case stopped:
		s.outcome.Hang = true
	default:
		s.trailerMap = nil
		s.outcome.Body = append(s.outcome.Body, held...)
		s.outcome.Trailers = s.trailers.lines
	}
}

// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"strconv"

	"gatewayresponses/internal/grpcreply"
)

// takeReply makes the reply of the exchange ready to pass the filter.
func (s *Stream) takeReply() {
	reply := s.x.Facts.Reply
	s.response = newResponseMap(reply.Headers)
	if _, ok := s.response.get(":status"); !ok {
		s.response.set(":status", strconv.Itoa(reply.Status))
	}
	s.code = s.x.Code
	if s.code == 0 {
		s.code = s.status()
	}
	s.details, s.flags = reply.Details, reply.Flags
	if s.x.Upstream && s.details == "" {
		s.details = "via_upstream"
	}
	s.takeBody()
	s.takeTrailers()
}

// takeBody decides whether the reply ends with its headers. A local reply with a body has a content-length. An upstream over
// HTTP/2 may end its reply to HEAD with chunks that have no bytes.
func (s *Stream) takeBody() {
	body := s.x.Facts.Reply.Body
	if _, ok := s.response.get("content-length"); !s.x.Upstream && !s.isGRPC() && !ok && len(body) > 0 {
		s.response.set("content-length", strconv.Itoa(len(body)))
	}
	switch {
	case s.isHead() && s.x.Upstream && s.x.Chunks != nil:
		s.body = make([][]byte, len(s.x.Chunks))
	case s.isHead(), s.isGRPC() && !s.x.Upstream:
	case s.x.Chunks != nil:
		s.body = s.x.Chunks
	case len(body) > 0:
		s.body = [][]byte{body}
	}
}

// status is the status of the response map, 0 when it has none. Source: envoy common/http/utility.cc,
// getResponseStatusOrNullopt.
func (s *Stream) status() int {
	text, _ := s.response.get(":status")
	n, err := strconv.ParseUint(text, 10, 16)
	if err != nil {
		return 0
	}
	return int(n)
}

// isHead reports whether the request is a HEAD.
func (s *Stream) isHead() bool {
	method, _ := s.request.get(":method")
	return method == "HEAD"
}

// isGRPC reports whether the request is gRPC.
func (s *Stream) isGRPC() bool {
	contentType, _ := s.request.get("content-type")
	return grpcreply.IsRequest(contentType)
}

// grpcStatus is the header of the reply that the callback can reach, or else what the code stands for.
func (s *Stream) grpcStatus() int64 {
	if headers := s.visible(mapResponseHeaders); headers != nil {
		text, _ := headers.get("grpc-status")
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	}
	return int64(grpcreply.Status(s.code))
}

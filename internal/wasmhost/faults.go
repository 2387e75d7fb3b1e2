// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
)

// fault adds a fault to the outcome.
func (s *Stream) fault(text string) { s.outcome.Faults = append(s.outcome.Faults, text) }

// check looks for what would make a client suffer from the reply that left.
func (s *Stream) check() {
	for _, line := range s.response.lines {
		s.checkLine(line)
	}
	status := s.outcome.Status
	if status < 200 {
		s.fault(fmt.Sprintf("status %d: an HTTP/1 client waits for another", status))
	}
	if (status == 204 || status == 304) && len(s.outcome.Body) > 0 {
		s.fault(fmt.Sprintf("status %d with a body of %d bytes: an HTTP/2 stream fails", status, len(s.outcome.Body)))
	}
	request := facts.Request{Headers: s.request.lines}
	if request.AsksForTunnel() && s.x.Facts.Reply.Status >= 300 && status < 300 {
		s.fault(fmt.Sprintf("status %d in the place of %d: the client takes the tunnel for open", status, s.x.Facts.Reply.Status))
	}
	s.checkLength()
}

// checkLine looks at bytes that Envoy lets pass, and that end an HTTP/2 stream.
func (s *Stream) checkLine(line facts.Header) {
	if name := strings.TrimPrefix(line.Name, ":"); !chars.IsToken(name) || chars.Lower(name) != name {
		s.fault(fmt.Sprintf("header name %q is not a token in lower case", line.Name))
	}
	if at := chars.Forbidden(line.Value); at >= 0 {
		s.fault(fmt.Sprintf("header %s has the byte 0x%02x in its value %q", line.Name, line.Value[at], line.Value))
	}
}

// checkLength compares content-length with the body. A reply to HEAD has the length of a body that is not there. Envoy frames
// nothing around the body of a refused upgrade, and announces the length 0 where there is none. Source: envoy
// common/http/conn_manager_utility.cc, mutateResponseHeaders.
func (s *Stream) checkLength() {
	length, ok := s.response.get("content-length")
	if reply := (facts.Reply{Headers: s.response.lines}); !ok && reply.IsUpgrade() && s.outcome.Status >= 300 && len(s.outcome.Body) > 0 {
		s.fault(fmt.Sprintf("a refused upgrade with a body of %d bytes and no length: Envoy announces 0", len(s.outcome.Body)))
	}
	if s.isHead() && len(s.outcome.Body) > 0 {
		s.fault(fmt.Sprintf("a reply to HEAD with a body of %d bytes: the client takes them for the next reply", len(s.outcome.Body)))
	}
	if !ok || s.isHead() || s.outcome.Reset || s.outcome.Hang || s.outcome.Status == 304 {
		return
	}
	if n, err := strconv.Atoi(length); err != nil || n != len(s.outcome.Body) {
		s.fault(fmt.Sprintf("content-length %q with a body of %d bytes", length, len(s.outcome.Body)))
	}
}

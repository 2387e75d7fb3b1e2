// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"gatewayresponses/internal/facts"
)

// Reply is what came back.
type Reply struct {
	Status   int
	Protocol string
	// Headers are those of the reply: by HTTP/1.1 as they came, in their order, and by HTTP/2 in the order of their names. MoreHeaders
	// is how many more there were, and were dropped.
	Headers     facts.Headers
	MoreHeaders int
	// Body is the body, or as much of it as is kept; Cut reports that there was more.
	Body []byte
	Cut  bool
	// Trailers are in the order of their names.
	Trailers facts.Headers
	// Broken says why the reply did not come to its end, "" when it did.
	Broken string
	// Took is the time from the beginning of the connection to the end of the reply.
	Took time.Duration
}

// Limits of a reply.
const (
	// MaxReply is how much of the body is kept, in bytes.
	MaxReply = 1 << 20
	// maxReplyHeaders is how many headers are kept, and maxReplyHeaderBytes what all may have; a reply with more is refused.
	maxReplyHeaders, maxReplyHeaderBytes = 200, 256 << 10
)

// readReply reads a reply to its end, or to the limits.
func (s *Sender) readReply(response *http.Response, headers facts.Headers) Reply {
	r := Reply{Status: response.StatusCode, Protocol: protocols[response.ProtoMajor == 2]}
	if headers == nil {
		headers = facts.HeadersOf(response.Header)
	}
	r.Headers, r.MoreHeaders = some(headers)
	body, err := io.ReadAll(io.LimitReader(response.Body, MaxReply+1))
	if r.Body = body; len(body) > MaxReply {
		r.Body, r.Cut = body[:MaxReply], true
		return r
	}
	if err != nil {
		r.Broken = s.inWords(err)
	}
	r.Trailers, _ = some(facts.HeadersOf(response.Trailer))
	return r
}

// protocols are the names of the versions of HTTP, by whether it is version 2.
var protocols = map[bool]string{false: "HTTP/1.1", true: "HTTP/2"}

// some are the headers that are kept, and how many more there are.
func some(headers facts.Headers) (kept facts.Headers, more int) {
	if len(headers) <= maxReplyHeaders {
		return headers, 0
	}
	return headers[:maxReplyHeaders], len(headers) - maxReplyHeaders
}

// inWords says why a reply did not come, or not to its end.
func (s *Sender) inWords(err error) string {
	var timeout net.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return fmt.Sprintf("it had not ended after %s", s.timeout)
	case errors.Is(err, context.Canceled):
		return "the caller has gone"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nobody listens at the address of the Envoy"
	case errors.Is(err, syscall.ECONNRESET):
		return "the connection was reset"
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the connection was closed before the end"
	}
	// The rest is in the words of the library that failed, which may quote what it read.
	return strings.ToValidUTF8(firstBytes(err.Error()), "\uFFFD")
}

// firstBytes is the beginning of a text.
func firstBytes(text string) string { return text[:min(len(text), 300)] }

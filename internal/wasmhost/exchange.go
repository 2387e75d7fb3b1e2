// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// Exchange is one request and the reply that Envoy or an upstream makes to it.
type Exchange struct {
	// Worker is the worker that has the connection, from 0.
	Worker int
	// Facts are the request and the reply as they reach the filter. Reply.Headers needs no :status, and for a local
	// reply with a body no content-length. Reply.Body is what a GET would get, also when the request is a HEAD. A fact
	// that is zero is an attribute that is not there; a route without any member is no route at all.
	Facts facts.Facts
	// Chunks is the body in the pieces in which an upstream sends it. Nil sends Facts.Reply.Body in one. In a reply to HEAD the
	// pieces have no bytes, as over HTTP/2; with nil such a reply ends with its headers.
	Chunks [][]byte
	// BufferLimit is the listener's per_connection_buffer_limit_bytes, 0 for none. What waits for the next chunk must not have
	// more bytes than that together with it.
	BufferLimit int
	// Trailers are what an upstream sends behind the body, whose last chunk then does not end the stream. With trailers and
	// without any body there is no body callback.
	Trailers facts.Headers
	// TrailersAdded reports whether a filter between the upstream and ours adds the trailers when the body ends. Envoy forgets them
	// when our filter pauses the last chunk.
	TrailersAdded bool
	// Upstream reports whether an upstream made the reply: it is passed as it is, under the details "via_upstream".
	Upstream bool
	// Code is the attribute response.code where that differs from the status, as in local replies to gRPC requests.
	Code int
	// RouteHeaders are what the route's response_headers_to_add adds. Facts.Reply.Headers holds them already; a reply
	// that the plugin sends gets them again.
	RouteHeaders facts.Headers
	// SkipRequest reports whether the reply is made before the filter sees the request.
	SkipRequest bool
	// Properties are further attributes: the pieces of the path with dots between, and a value that serialize knows. They
	// win over those that come from Facts; nil takes one away.
	Properties map[string]any
}

// Outcome is what became of an exchange.
type Outcome struct {
	// Status, Headers and Body are the reply that the client gets. Headers begins with :status.
	Status  int
	Headers facts.Headers
	Body    []byte
	// Trailers follow the body.
	Trailers facts.Headers
	// Details is what %RESPONSE_CODE_DETAILS% prints.
	Details string
	// FilterState is what the plugin set, by full key ("wasm.NAME").
	FilterState map[string]string
	// Callbacks are the callbacks of the stream, in order.
	Callbacks []string
	// Calls are the host calls made in them.
	Calls []Call
	// Bypassed reports whether the worker has no working filter.
	Bypassed bool
	// Nested reports whether the plugin sent a reply in the place of one that was on its way.
	Nested bool
	// Hang reports whether the plugin paused the stream and sent no reply. The client gives up.
	Hang bool
	// Reset reports whether the stream was cut after its headers had left.
	Reset bool
	// Trap is why the VM of the worker is dead.
	Trap error
	// Faults are things that a client would suffer from, or that Envoy ignores silently. It is empty when all is well.
	Faults []string
}

// Call is one host call.
type Call struct {
	// Callback is the callback that made it, e.g. proxy_on_response_headers.
	Callback string
	// Name is the import, e.g. proxy_get_property.
	Name string
	// Args are the arguments, and for a call that was answered the answer, for people to read.
	Args string
	// Status is what the call returned.
	Status Status
}

// String is the call as a line of a trace.
func (c Call) String() string {
	return c.Callback + ": " + c.Name + "(" + c.Args + ") " + c.Status.String()
}

// Trace is the callbacks' host calls, one on each line.
func (o Outcome) Trace() string {
	var b strings.Builder
	for _, call := range o.Calls {
		b.WriteString(call.String())
		b.WriteByte('\n')
	}
	return b.String()
}

// Count returns how often the stream made a host call.
func (o Outcome) Count(name string) int {
	n := 0
	for _, call := range o.Calls {
		if call.Name == name {
			n++
		}
	}
	return n
}

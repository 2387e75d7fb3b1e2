// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// Exchange is what somebody wrote of one exchange. The zero value is a GET of "/" that no error answers.
type Exchange struct {
	Request Request
	Error   Error
	Envoy   Envoy
}

// Request is what the client sent. What is empty is a default: see Defaults.
type Request struct {
	Method, Path, Host, Scheme, Protocol string
	// Headers are in lower case. Pseudo-headers are not among them, nor is host.
	Headers facts.Headers
	// Source is the address of the client, "ip:port".
	Source string
	// Time is when the request began.
	Time time.Time
}

// Error is the reply that Envoy was about to send, or for Upstream the one that it was about to pass on.
type Error struct {
	// Type is the type that the error must be taken for, "" for any. What is not given besides is that of a typical error.
	Type config.ResponseType
	// Details are response code details, "" for none.
	Details string
	// Status is the HTTP status, 0 for the one that Envoy gives to the details.
	Status int
	Flags  facts.Flags
	// Owner is the configured name of the filter that sent the reply.
	Owner string
	// Headers are in lower case, without ":status".
	Headers facts.Headers
	// Body is nil for what Envoy writes, which is nothing for errors that this package does not know.
	Body *string
	// Upstream reports whether an upstream made the reply. Its details are "via_upstream" then.
	Upstream bool
}

// Envoy is what Envoy knew when it replied.
type Envoy struct {
	// RouteName, VirtualHost, Cluster and Upstream are the names of Envoy's route, virtual host and cluster, and the address of the
	// upstream's host.
	RouteName, VirtualHost, Cluster, Upstream string
	// DocumentRoute is what the metadata of Envoy's route names: a route of the document, "off" or "observe".
	DocumentRoute string
	// RouteDocument is the route document that the metadata holds.
	RouteDocument string
	// Attributes are attributes of Envoy by their paths (facts.AttributePath), the metadata of routes and of requests and filter
	// state among them.
	Attributes facts.Attributes
}

// Defaults of a request. Envoy gives every request an id, so one that is written without has DefaultRequestID.
const (
	DefaultMethod    = "GET"
	DefaultPath      = "/"
	DefaultHost      = "gateway.example.com"
	DefaultScheme    = "https"
	DefaultProtocol  = "HTTP/1.1"
	DefaultRequestID = "00000000-0000-4000-8000-000000000000"
)

// ParseFlags reads response flags as access logs print them, "UF,URX"; "" and "-" are none. unknown is the first that Envoy
// does not have, "" when it has all.
func ParseFlags(text string) (flags facts.Flags, unknown string) {
	if text == "" || text == "-" {
		return 0, ""
	}
	return parseFlags(text)
}

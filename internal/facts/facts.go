// SPDX-License-Identifier: Apache-2.0

// Package facts names what is known of one exchange: the request that came in, and the reply that Envoy made.
//
// It is plain data. An adapter or a test fills it in; the engine reads it. Nothing is a guess: what the host did not say is
// the zero value.
package facts

// MaxBody is how many bytes of the reply's own body are kept for $context.envoy.body.
const MaxBody = 16 << 10

// FirstError is the lowest HTTP status of an error. Below it are successes and redirects.
const FirstError = 400

// Facts is one exchange.
type Facts struct {
	Request Request
	Reply   Reply
	Route   Route
	// Attributes are what else the document asks for.
	Attributes Attributes
}

// Request is what the client sent, as far as the configuration asks for it.
type Request struct {
	// Headers holds the captured headers, pseudo-headers (":path") included.
	Headers Headers
	// Protocol is "HTTP/1.1", "HTTP/2" ..., from the attribute request.protocol.
	Protocol string
	// Time is when the request began, in nanoseconds since 1970, from the attribute request.time. 0 is unknown.
	Time int64
	// Source is the address of the client, "ip:port", from the attribute source.address.
	Source string
}

// Reply is the reply as Envoy made it.
type Reply struct {
	// Status is the HTTP status, 100 to 599. Where Envoy sends an error to a client of gRPC, under ":status" 200, it is
	// that of the error: the attribute response.code.
	Status int
	// Details is the attribute response.code_details, raw: it can hold spaces where access logs print "_".
	Details string
	// Flags is the attribute response.flags: bit i is Envoy's CoreResponseFlag i.
	Flags Flags
	// Owner is the configured name of the filter that sent the reply, "" when the connection manager did.
	Owner string
	// Headers is the header map of the reply, ":status" included.
	Headers Headers
	// HasBody reports whether the reply has a body, or would have one were the request not a HEAD.
	HasBody bool
	// Body is the first MaxBody bytes of the reply's own body. Nil unless Program.Needs asks for it.
	Body []byte
}

// Route is where Envoy was about to send the request.
type Route struct {
	// Name is the attribute xds.route_name.
	Name string
	// VirtualHost is the attribute xds.virtual_host_name.
	VirtualHost string
	// Cluster is the attribute xds.cluster_name.
	Cluster string
	// Upstream is the attribute upstream.address, "ip:port".
	Upstream string
	// DocumentRoute is what metadata names, a route of the document or a mode ("off", "observe"): that of the route, of the
	// HTTPRoute behind it, or else that of the virtual host.
	DocumentRoute string
	// Document is the route document that metadata holds: that of the route, or of the virtual host where the route has
	// neither document nor name. Of a longer one than config allows there is enough to see that it is too long.
	Document string
}

// Fields is a set of facts that cost a host call each, so that only those which a configuration uses are read.
type Fields uint16

// One bit for every fact that is read on demand.
const (
	FieldFlags Fields = 1 << iota
	FieldOwner
	FieldProtocol
	FieldTime
	FieldSource
	FieldRouteName
	FieldVirtualHost
	FieldCluster
	FieldUpstream
	FieldBody
	// FieldRouteMetadata and FieldHostMetadata are what the metadata of Envoy's route and of its virtual host says to the
	// filter: Route.DocumentRoute, and Route.Document where FieldRouteDocument is asked for, too.
	FieldRouteMetadata
	FieldHostMetadata
	FieldRouteDocument
)

// Has reports whether all of want are in the set.
func (f Fields) Has(want Fields) bool { return f&want == want }

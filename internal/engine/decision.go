// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// Decision is what becomes of one reply, and why.
type Decision struct {
	// Reply is what to send, nil to leave the reply as it is.
	Reply *Reply
	// Headers change those of the reply, whether it is left or replaced.
	Headers HeaderChanges
	Trace   Trace
}

// HeaderChanges change the header map of a reply. Names are in lower case.
type HeaderChanges struct {
	// Set replaces all lines of each name by the lines given here, in which those of one name stand together. content-type is
	// among them when a reply that is replaced has a body, content-length never.
	Set facts.Headers
	// Remove names headers of the old reply to drop: what described the old body, what the entry removes, and what was
	// written for the filter. Disjoint from Set.
	Remove []string
}

// set replaces all lines called name by one.
func (c *HeaderChanges) set(name, value string) {
	if _, set := c.Set.First(name); set {
		c.Set = slices.DeleteFunc(c.Set, func(line facts.Header) bool { return line.Name == name })
	}
	c.Set = append(c.Set, facts.Header{Name: name, Value: value})
}

// keepSet keeps headers that are set from being removed.
func (c *HeaderChanges) keepSet() {
	if len(c.Remove) == 0 {
		return
	}
	c.Remove = slices.DeleteFunc(c.Remove, func(name string) bool {
		_, set := c.Set.First(name)
		return set
	})
}

// Reply is what the client sees instead.
type Reply struct {
	// Status is 200 to 599. For gRPC it is that of the old reply, and not sent: ":status" stays 200.
	Status int
	// GRPC is the name of the gRPC status that the client gets, "" over HTTP.
	GRPC string
	// AddedByRoutes names headers of the old reply, in lower case, that Envoy adds again to a nested reply. Such a reply
	// must not carry them over; headers that are set go with it all the same.
	AddedByRoutes []string
	// Body is the new body, empty for none. A status that allows no body has none. Replies may share it: it must not be changed.
	Body []byte
	// Quote renders the body around the original one, which was not known yet; nil when Body is final.
	Quote func(original []byte) []byte
}

// Complete gives a reply that quotes the original body its own. The original is what the host has read of it, empty for an
// empty one. A reply whose body is final stays as it is.
func (r *Reply) Complete(original []byte) {
	if r.Quote == nil {
		return
	}
	if original == nil {
		original = []byte{} // known to be empty
	}
	r.Body, r.Quote = r.Quote(original), nil
}

// Left is why a reply was left as it is; it names the counter gateway_responses.left.<why>.
type Left string

// The reasons to leave a reply.
const (
	// LeftUpstream: the upstream's own reply.
	LeftUpstream Left = "upstream"
	// LeftGRPC: the upstream's own reply to a client of gRPC.
	LeftGRPC Left = "grpc"
	// LeftDeliberate: somebody wrote it on purpose.
	LeftDeliberate Left = "deliberate"
	// LeftRule: a rule of the document says so.
	LeftRule Left = "rule"
	// LeftNoEntry: no entry answers the type.
	LeftNoEntry Left = "noEntry"
	// LeftOff: mode off.
	LeftOff Left = "off"
	// LeftObserve: mode observe; an entry would have answered.
	LeftObserve Left = "observe"
	// LeftTooLarge: the reply that was rendered is above 1 MiB.
	LeftTooLarge Left = "tooLarge"
	// LeftUnnamed: a redirect that no rule names. It is not counted.
	LeftUnnamed Left = "unnamed"
	// LeftHostError: the host refused a call. The engine never says so, its caller does.
	LeftHostError Left = "hostError"
)

// GRPCMessage is Trace.Entry when the type has no gRPC status and only the message was replaced.
const GRPCMessage = "grpc.message"

// BuiltIn is Trace.Entry when the type has no entry and AWS's built-in reply was used.
const BuiltIn = "built-in"

// Preflight is Trace.Entry when a preflight was answered.
const Preflight = "cors.preflight"

// Trace says how a decision came about.
type Trace struct {
	// Class is what the reply was taken for; zero for LeftOff.
	Class classify.Result
	// Entry is the entry that answers: a type, ROUTE/TYPE when it is one of a route, "document/TYPE" of one in metadata,
	// BuiltIn, Preflight, GRPCMessage, or "" when none does.
	Entry string
	// Left is why the reply was left, "" when it is replaced.
	Left Left
	// UnknownRoute is a name in metadata that no entry of routes has, "" when there is none.
	UnknownRoute string
	// Document is what was found wrong, or unwise, in the document that metadata holds. DocumentRefused reports that it was
	// ignored because of that.
	Document        config.Findings
	DocumentRefused bool
	// Dropped names headers that could not be set because their value would break the reply.
	Dropped []string
	// KeptStatus reports that the reply keeps its own status, because its client would take the one that the entry asks for
	// for a tunnel.
	KeptStatus bool
	// UnknownType reports that the producer declared a type that does not exist.
	UnknownType bool
}

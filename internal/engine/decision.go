// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// Decision is what becomes of one reply, and why.
type Decision struct {
	// Reply is what to send, nil to leave the reply as it is.
	Reply *Reply
	Trace Trace
	// Strip names headers to remove from a reply that is left, in lower case: they were written for the filter.
	Strip []string
	// Headers replace all lines of their names on a reply that is left; names are in lower case.
	Headers facts.Headers
}

// Reply is what the client sees instead.
type Reply struct {
	// Status is 200 to 599. For gRPC it is that of the old reply, and not sent: ":status" stays 200.
	Status int
	// GRPC is the name of the gRPC status that the client gets, "" over HTTP.
	GRPC string
	// Set replaces all lines of each name by the lines given here; names are in lower case. content-type is among
	// them when there is a body, content-length never.
	Set facts.Headers
	// Remove names headers of the old reply to drop, in lower case: what described the old body, and what the entry
	// removes. Disjoint from Set.
	Remove []string
	// AddedByRoutes names headers of the old reply, in lower case, that Envoy adds again to a reply which is sent anew in
	// its place. Such a reply must not carry them over; Set goes with it all the same.
	AddedByRoutes []string
	// Body is the new body, empty for none.
	Body []byte
	// NeedsBody tells that the body quotes the original one, which was not known yet: Body is then not final, and
	// Decide must be asked again with Facts.Reply.Body filled.
	NeedsBody bool
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
	// LeftHostError: the host refused a call. The engine never says so, its caller does.
	LeftHostError Left = "hostError"
)

// GRPCMessage is Trace.Entry when the type has no gRPC status and only the message was replaced.
const GRPCMessage = "grpc.message"

// BuiltIn is Trace.Entry when the type has no entry and AWS's built-in reply was used.
const BuiltIn = "built-in"

// Preflight is Trace.Entry when a preflight was answered.
const Preflight = "cors.preflight"

// Trace tells how a decision came about.
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
	// Document is what was found wrong, or unwise, in the document that metadata holds. DocumentRefused tells that it was
	// ignored because of that.
	Document        config.Findings
	DocumentRefused bool
	// Dropped names headers that could not be set because their value would break the reply.
	Dropped []string
	// UnknownType tells that the producer declared a type that does not exist.
	UnknownType bool
}

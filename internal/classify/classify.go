// SPDX-License-Identifier: Apache-2.0

// Package classify names the gateway response type of a reply that Envoy made, and says by what it knew.
//
// Three tables are asked in turn, each in its order, and the first row that fits decides:
//
//	details   response code details and, in some rows, the status    table.go, table_*.go
//	flags     for empty details, and for those that no row knows     table_flags.go
//	status    when no flag names a type                              table_flags.go
//
// # Rows of details
//
// A pattern is a glob (package glob): * stands for any text, everything else for itself. It is compared with the whole
// details as access logs print them, with "_" for white space: some filters replace it themselves, some do not. No pattern
// begins with a star, because what a client sent can stand at the end of details, but never at the start.
//
// A row gives a type in Envoy's dialect and, where AWS would have answered otherwise, one in AWS's. Details that Envoy
// sends for several causes have no type of their own. Their row makes them known, so that nobody is asked to report them,
// and the status gives the type.
//
// # Deliberate replies
//
// Some details say that somebody wrote the reply: a direct_response, a script, an authorization service that sent a body.
// User code is recognised by what is not there: details that no row knows, a filter that owns the reply and no response
// flag, which only Envoy's own code sets.
//
// # What goes before the tables
//
// The owner's rules (Rules) come first, in their order, then what the producer of a reply declares (Declared). Either makes a
// deliberate reply replaceable: whoever names it knows it. They apply to replies of the upstream only when the document says
// so (config.Source), and to redirects only by rules that name their statuses.
//
// # Compatibility
//
// Envoy promises nothing about the texts of details. A new text falls to flags and status and is reported; a row for it
// goes into the family's file, its facts into testdata. docs/classification.md is written from the tables by
// go test ./internal/classify -update.
package classify

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// Reason is what the type was known by, from sure to vague.
type Reason string

// The reasons.
const (
	// ByDetails: a row of the table names the response code details.
	ByDetails Reason = "details"
	// ByFlag: the details are unknown, a response flag names the type.
	ByFlag Reason = "flag"
	// ByStatus: only the status names the type, because nothing else is known or because the row of the details says so.
	ByStatus Reason = "status"
	// ByRule: a rule of the document names the reply.
	ByRule Reason = "rule"
	// ByDeclaration: the producer of the reply names it, in a header or in the metadata.
	ByDeclaration Reason = "declared"
)

// Result is the name of one reply.
type Result struct {
	// Upstream reports whether the reply is the upstream's own. Every other field is then zero.
	Upstream bool
	// Type is the finest type known.
	Type config.ResponseType
	// Broader is the type to fall back to before the family, "" for most.
	Broader config.ResponseType
	// Reason is what Type was known by.
	Reason Reason
	// Row is the pattern or the flag of the table row that matched, or the name of the rule; "" when none did.
	Row string
	// Known reports whether the table knows the details. Unknown ones are worth a log line.
	Known bool
	// Deliberate reports whether somebody wrote this reply on purpose. Only an entry of its exact type may replace it, and not
	// even that when only the status names the type.
	Deliberate bool
	// Leave reports whether a rule leaves the reply. It then has no type.
	Leave bool
	// Message is what a rule or a producer gives in place of the type's message, "" for nothing.
	Message string
	// ValidationError is what the producer says of a request that did not validate, "" for nothing.
	ValidationError string
}

// Dialect is whose meaning of the types applies.
type Dialect uint8

// The dialects.
const (
	// Envoy is the finest naming: each cause has a type of its own.
	Envoy Dialect = iota
	// AWS names what AWS itself would have answered: every token failure is UNAUTHORIZED, no route is
	// MISSING_AUTHENTICATION_TOKEN.
	AWS
)

// Asks are the facts that Classify looks at for a reply with a status and details, and that cost a host call each. Where a
// row knows the details, flags and owner say nothing more.
func Asks(status int, details string) facts.Fields {
	if find(details, status) != nil {
		return 0
	}
	return facts.FieldFlags | facts.FieldOwner
}

// HasRoute reports whether a reply with these details was made once Envoy had found a route.
func HasRoute(details string) bool { return details != "route_not_found" }

// Classify names the reply. It reads Status, Details and HasBody, and Flags and Owner as Asks says.
func Classify(reply *facts.Reply, dialect Dialect) Result {
	if known := find(reply.Details, reply.Status); known != nil {
		return known.classify(reply, dialect)
	}
	result := Result{Deliberate: isUserCode(reply)}
	if flagged := findFlag(reply.Flags, reply.Status); flagged != nil {
		result.Type, result.Reason, result.Row = flagged.types.in(dialect), ByFlag, flagged.flag
		return result
	}
	result.Type, result.Reason = byStatus(reply.Status), ByStatus
	return result
}

// isUserCode reports whether a filter that users program sent a reply whose details no row knows.
func isUserCode(reply *facts.Reply) bool {
	return reply.Owner != "" && !reply.Flags.Has(^delayInjected)
}

// IsUpstream reports whether a reply is the upstream's own. Rules and producers name such replies only when the document
// says so.
func IsUpstream(reply *facts.Reply) bool { return isUpstream(reply.Details) }

// isUpstream reports whether details are those of the upstream's own replies.
func isUpstream(details string) bool { return matchesAny(upstreamDetails, details) }

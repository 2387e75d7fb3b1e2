// SPDX-License-Identifier: Apache-2.0

// Package classify names the gateway response type of a reply that Envoy made, and says by what it knew.
//
// Three tables are asked in turn, each in its order, and the first row that fits decides:
//
//	details   response code details and, in some rows, the status    table.go, table_*.go
//	flags     for details that no row knows, and for empty ones      table_flags.go
//	status    for what no flag tells either                          table_flags.go
//
// # Rows of details
//
// A pattern is a glob (package glob): * stands for any text, everything else for itself. It is compared with the whole
// details as access logs print them, white space as "_", because filters differ in whether they replace it
// themselves. No pattern begins with a star: what a client sent can stand at the end of details, never at the start.
//
// A row gives a type for Envoy's dialect and, where AWS would have answered otherwise, one for AWS's. Details that Envoy
// sends for several causes have no type of their own, only the status tells: such a row makes the details known, so that
// nobody is asked to report them.
//
// # Deliberate replies
//
// Some details say that somebody wrote the reply: a direct_response, a script, an authorization service that sent a body.
// User code is recognised by what is not there: details that no row knows, a filter that owns the reply and no response
// flag, which only Envoy's own code sets.
//
// # What goes before the tables
//
// The owner's rules (Rules), in their order, and then what the producer of a reply declares in a header (Declared). Either
// makes a deliberate reply replaceable: the one who names it, knows it. An upstream's reply is none of theirs, unless the
// document says that they are for its replies as well (config.Source).
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
	"gatewayresponses/internal/glob"
)

// Reason is what the type was known by, from sure to vague.
type Reason string

// The reasons.
const (
	// ByDetails: a row of the table names the response code details.
	ByDetails Reason = "details"
	// ByFlag: the details are unknown, a response flag told.
	ByFlag Reason = "flag"
	// ByStatus: only the status told, perhaps because the table says so of these details.
	ByStatus Reason = "status"
	// ByRule: a rule of the document names the reply.
	ByRule Reason = "rule"
	// ByDeclaration: the producer of the reply names it in a header.
	ByDeclaration Reason = "declared"
)

// Result is the name of one reply.
type Result struct {
	// Upstream tells that the reply is the upstream's own; every other field is then zero.
	Upstream bool
	// Type is the finest type known.
	Type config.ResponseType
	// Broader is the type to fall back to before the family, "" for most.
	Broader config.ResponseType
	// Reason is what Type was known by.
	Reason Reason
	// Row is the pattern or the flag of the table row that matched, or the name of the rule; "" when none did.
	Row string
	// Known tells whether the table knows the details; what it does not know is worth a log line.
	Known bool
	// Deliberate tells that somebody wrote this reply on purpose, so that only an entry of its exact type may replace it,
	// and not even that when only the status told the type.
	Deliberate bool
	// Leave tells that a rule leaves the reply; it then has no type.
	Leave bool
	// Message is what rule or producer give in the place of the type's message, "" for nothing.
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

// Classify names the reply. It reads Status, Details, Flags, Owner and HasBody.
func Classify(reply facts.Reply, dialect Dialect) Result {
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

// isUserCode tells, for a reply whose details no row knows, whether a filter that users program sent it.
func isUserCode(reply facts.Reply) bool {
	return reply.Owner != "" && !reply.Flags.Has(^delayInjected)
}

// IsUpstream reports whether a reply is the upstream's own. Rules and producers name such replies only when the document
// says so.
func IsUpstream(reply *facts.Reply) bool { return isUpstream(reply.Details) }

// isUpstream reports whether details are those of the upstream's own replies.
func isUpstream(details string) bool {
	for i := range upstreams.rows {
		if glob.Match(upstreams.rows[i].pattern, details) {
			return true
		}
	}
	return false
}

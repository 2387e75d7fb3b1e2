// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// row is what the table knows of one family of details.
type row struct {
	// pattern matches the details, with "_" for white space.
	pattern string
	// status is the only status that the row is for, 0 for any.
	status int
	// types are the types of the reply; none, and its status gives the type.
	types types
	// broader is the type to fall back to in Envoy's dialect.
	broader config.ResponseType
	// author is who wrote the reply.
	author author
	// remark is for the page: why this type, or what the details mean.
	remark string
}

// types are the types of one cause.
type types struct {
	// envoy is the type in Envoy's dialect.
	envoy config.ResponseType
	// aws is the type in AWS's dialect, "" when it is the same.
	aws config.ResponseType
}

// in is the type in a dialect, "" for none.
func (t types) in(dialect Dialect) config.ResponseType {
	if dialect == AWS && t.aws != "" {
		return t.aws
	}
	return t.envoy
}

// anyFamily stands in a row for DEFAULT_4XX or DEFAULT_5XX, by the status: for details whose status would give a wrong
// type.
const anyFamily config.ResponseType = "DEFAULT_*"

// author is who wrote a reply.
type author uint8

const (
	// The zero author is Envoy itself: the reply may be replaced.
	_ author = iota
	// somebody wrote it on purpose.
	somebody
	// somebodyIfBody: the body, where there is one, was written on purpose.
	somebodyIfBody
	// upstream: the reply is not Envoy's.
	upstream
)

// classify names a reply that the row matches.
func (r *row) classify(reply *facts.Reply, dialect Dialect) Result {
	if r.author == upstream {
		return Result{Upstream: true}
	}
	result := Result{
		Type:       r.types.in(dialect),
		Reason:     ByDetails,
		Row:        r.pattern,
		Known:      true,
		Deliberate: r.author == somebody || r.author == somebodyIfBody && reply.HasBody,
	}
	if dialect == Envoy {
		result.Broader = r.broader
	}
	switch result.Type {
	case "":
		result.Type, result.Reason = byStatus(reply.Status), ByStatus
	case anyFamily:
		result.Type = config.FamilyOf(reply.Status)
	}
	return result
}

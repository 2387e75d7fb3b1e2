// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
)

// Declared is where producers of replies name the type themselves, compiled. The zero Declared is nowhere.
type Declared struct {
	// headers are those of the type, its message and its validation error, in lower case; nil for nowhere.
	headers []string
	filters []string
	source  config.Source
	dialect Dialect
}

// NewDeclared compiles what a document says of producers; nil is nothing.
func NewDeclared(written *config.Declared, dialect Dialect) Declared {
	if written == nil {
		return Declared{}
	}
	name := chars.Lower(written.Header)
	return Declared{
		headers: []string{name, name + "-message", name + "-validation-error"},
		filters: patterns(written.Filters),
		source:  written.Source,
		dialect: dialect,
	}
}

// Headers are the headers that producers write for the filter, and no client shall see; nil for a reply of another
// filter or source. No filter sends the upstream's replies.
func (d *Declared) Headers(reply *facts.Reply) []string {
	upstream := isUpstream(reply)
	if d.source.Has(upstream) && (upstream || matchesAny(d.filters, reply.Owner)) {
		return d.headers
	}
	return nil
}

// Find names the reply as its producer does. It is not found when the producer names no type; unknown tells that it
// names one that does not exist.
func (d *Declared) Find(reply *facts.Reply) (result Result, found, unknown bool) {
	headers := d.Headers(reply)
	if headers == nil {
		return Result{}, false, false
	}
	name, declared := reply.Headers.First(headers[0])
	if !declared {
		return Result{}, false, false
	}
	t, known := config.ParseResponseType(strings.Trim(name, " \t"))
	if !known {
		return Result{}, false, true
	}
	result = Result{Type: t, Reason: ByDeclaration, Known: true}
	result.Message, _ = reply.Headers.First(headers[1])
	result.ValidationError, _ = reply.Headers.First(headers[2])
	if d.dialect == Envoy {
		result.Broader = broader(t)
	}
	return result, true, false
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/template"
)

// Compiled is an entry as it was compiled, for tools that judge it without an exchange. An adapter has no use for it.
type Compiled struct{ entry *entry }

// Compiled finds the entry that a route of the document has for a type, by the route's place, or that the document itself has for
// a place below 0.
func (p *Program) Compiled(route int, t config.ResponseType) (Compiled, bool) {
	s := &p.scope
	if route >= 0 {
		s = p.routeScopes[route]
	}
	e, found := s.entries[t]
	return Compiled{e}, found
}

// IsRaw reports whether values enter the bodies as AWS lets them (escaping: aws).
func (c Compiled) IsRaw() bool { return c.entry.raw }

// CompiledBody is a body of an entry.
type CompiledBody struct {
	// MediaType is its key, without white space around it.
	MediaType string
	Template  *template.Template
	// Plain gives the variables values of their kinds.
	Plain func(i int) (string, bool)
}

// Bodies are the bodies of the entry, in the order of their media types. An entry without templates has AWS's default.
func (c Compiled) Bodies() []CompiledBody {
	bodies := make([]CompiledBody, len(c.entry.bodies))
	for i := range c.entry.bodies {
		b := &c.entry.bodies[i]
		bodies[i] = CompiledBody{MediaType: b.key, Template: b.Template, Plain: b.plain()}
	}
	return bodies
}

// CompiledHeader is a header that an entry sets or removes.
type CompiledHeader struct {
	// Name is in lower case.
	Name string
	// Removes reports that the entry drops the header.
	Removes bool
	// Variables are the names that the value is made of, none of a static one.
	Variables []string
	// Static is the value that every reply gets, "" where it depends on the exchange.
	Static string
}

// Headers are the headers of the entry, in the order of their names.
func (c Compiled) Headers() []CompiledHeader {
	headers := make([]CompiledHeader, len(c.entry.headers))
	for i := range c.entry.headers {
		h := &c.entry.headers[i]
		headers[i] = CompiledHeader{Name: h.name, Removes: h.remove}
		if h.fixed {
			headers[i].Static = h.text
		}
		for _, variable := range h.variables {
			headers[i].Variables = append(headers[i].Variables, variable.Name())
		}
	}
	return headers
}

// IsJSON reports whether a text is one JSON value, whose objects name no member twice.
func IsJSON(text []byte) bool {
	at, _ := new(compiler).notJSON(text)
	return at < 0
}

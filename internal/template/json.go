// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// jsonState is where in a JSON text a slot stands. Values change nothing in it: inside a string they are content, and
// outside they are whole.
type jsonState struct {
	inString bool
	// backslash reports whether an escape sequence has just begun.
	backslash bool
	// hex counts the digits that a \u sequence still lacks.
	hex int
	// opened is how many variables stand in front of the string at hand.
	opened int
}

// placeJSON gives each variable the form of its place. The text need not be JSON: only the quotes matter.
func (p *parser) placeJSON() {
	var state jsonState
	at := 0
	for i := range p.variables {
		v := &p.variables[i]
		p.readJSON(&state, at, v.start, i)
		at = v.end
		switch {
		case state.backslash || state.hex > 0:
			p.refuse(code.UnsafePlace, v, "stands in an escape sequence of a JSON string", `write "\\" for a backslash`)
		case state.inString:
			v.slot.escape = appendJSONContent
		default:
			p.placeBare(v)
		}
	}
	p.readJSON(&state, at, len(p.text), len(p.variables))
}

// readJSON moves the state over the text from one byte to another, which has passed variables in front of it. A string that ends
// there may name a member.
func (p *parser) readJSON(s *jsonState, from, to, passed int) {
	for at := from; at < to; at++ {
		was := s.inString
		s.read(p.text[at])
		switch {
		case !was && s.inString:
			s.opened = passed
		case was && !s.inString && s.opened < passed && p.namesMember(at+1):
			for i := s.opened; i < passed; i++ {
				p.warnOfName(&p.variables[i])
			}
		}
	}
}

// namesMember reports whether what ends in front of a byte is the name of a member.
func (p *parser) namesMember(end int) bool {
	return strings.HasPrefix(strings.TrimLeft(p.text[end:], " \t\r\n"), ":")
}

// warnOfName reports a variable in the name of a member: readers of an object with two members of one name take either.
func (p *parser) warnOfName(v *variable) {
	if v.isOwners() || v.isURL() && v.filter == "" || v.kind == KindAbsent {
		return
	}
	p.warn(code.VariableMember, v.start, quote.Text(p.text[v.start:v.end])+" stands in the name of a member, so that a client could name another one that the template has; use it as a value")
}

// placeBare is for a variable outside a string. The name of a member must be a string.
func (p *parser) placeBare(v *variable) {
	v.slot.escape = appendJSONString
	v.slot.absent = "null"
	switch {
	case p.namesMember(v.end):
		v.slot.absent = `""`
		p.warnOfName(v)
	case v.kind == KindJSON:
		v.slot.escape = appendJSONNumber
	}
}

// read moves the state over one byte.
func (s *jsonState) read(c byte) {
	switch {
	case s.backslash:
		s.backslash = false
		if c == 'u' {
			s.hex = 4
		}
	case s.hex > 0 && chars.Hex(c) >= 0:
		s.hex--
	case c == '"':
		s.inString, s.hex = !s.inString, 0
	case c == '\\' && s.inString:
		s.backslash, s.hex = true, 0
	default:
		s.hex = 0
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// jsonState is where in a JSON text a slot stands. Values change nothing in it: inside a string they are content, and
// outside they are whole.
type jsonState struct {
	inString bool
	// backslash reports whether an escape sequence has just begun.
	backslash bool
	// hex counts the digits that a \u sequence still lacks.
	hex int
}

// placeJSON gives each variable the form of its place. The text need not be JSON: only the quotes matter.
func (p *parser) placeJSON() {
	var state jsonState
	at := 0
	for i := range p.variables {
		v := &p.variables[i]
		state.read(p.text[at:v.start])
		at = v.end
		switch {
		case state.backslash || state.hex > 0:
			p.refuse(v, "stands in an escape sequence of a JSON string", `write "\\" for a backslash`)
		case state.inString:
			v.slot.escape = appendJSONContent
		default:
			placeBare(v, strings.TrimLeft(p.text[v.end:], " \t\r\n"))
		}
	}
}

// placeBare is for a variable outside a string, with the text that follows it. The name of a member must be a string.
func placeBare(v *variable, next string) {
	v.slot.escape = appendJSONString
	v.slot.absent = "null"
	switch {
	case strings.HasPrefix(next, ":"):
		v.slot.absent = `""`
	case v.kind == KindJSON:
		v.slot.escape = appendJSONNumber
	}
}

// read moves the state over text.
func (s *jsonState) read(text string) {
	for i := range len(text) {
		switch c := text[i]; {
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
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"
	"strings"

	"gatewayresponses/internal/quote"
)

// attributes passes over the rest of a tag and reports whether it ends with "/>".
func (m *markup) attributes(tag string) (empty bool) {
	m.meta = meta{is: m.active && localName(tag) == "meta"}
	defer m.checkMeta()
	for m.at < len(m.text) {
		switch c := m.text[m.at]; {
		case c == '>':
			m.at++
			return empty
		case c == '/':
			empty = true
			m.at++
		case strings.IndexByte(spaces, c) >= 0:
			m.at++
		default:
			empty = false
			m.attribute()
		}
	}
	return empty
}

// attribute passes over one attribute. Its first byte is part of the name, even if it is a "=".
func (m *markup) attribute() {
	start := m.at
	m.forbid(m.until(start+1, spaces+"/>="), "an attribute name", inText)
	name := m.text[start:m.at]
	if m.skipSpaces(); m.peek() != '=' {
		return
	}
	m.at++
	m.skipSpaces()
	switch c := m.peek(); c {
	case '"', '\'':
		m.at++
		m.value(name, m.until(m.at, string(c)))
		m.at = min(m.at+1, len(m.text))
	case '>':
		// The value is missing.
	default:
		end := m.until(m.at, spaces+">")
		m.noticeMeta(name, m.at, end, nil)
		m.forbid(end, "an attribute value without quotes", "put quotes around the value")
	}
}

// value passes over the value of an attribute, up to the quote at end.
func (m *markup) value(name string, end int) {
	start := m.at
	variables := m.pass(end)
	m.noticeMeta(name, start, end, variables)
	if len(variables) > 0 {
		m.checkValue(name, start, end, variables)
	}
}

// skipSpaces passes over what separates the parts of a tag.
func (m *markup) skipSpaces() {
	for m.at < len(m.text) && strings.IndexByte(spaces, m.text[m.at]) >= 0 {
		m.at++
	}
}

// peek is the byte at hand, 0 at the end.
func (m *markup) peek() byte {
	if m.at < len(m.text) {
		return m.text[m.at]
	}
	return 0
}

// styleAttributes are those of SVG that take url(...), as a style does.
var styleAttributes = []string{"clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start", "mask", "stroke"}

// powers are attributes that say what a page or a part of it may do, or hold one.
var powers = []string{"allow", "attributename", "charset", "csp", "encoding", "http-equiv", "integrity", "nonce", "sandbox", "srcdoc"}

// checkValue reports those of variables that the attribute called name, whose value from start to end holds them all, has no
// place for.
func (m *markup) checkValue(name string, start, end int, variables []variable) {
	local := localName(name)
	switch {
	case m.xml && (name == "xmlns" || strings.HasPrefix(name, "xmlns:")):
		m.refuseAll(variables, "stands in the name of a namespace", "write the name out")
	case !m.active:
	case len(local) > len("on") && strings.HasPrefix(local, "on"):
		m.refuseAll(variables, "stands in the event handler "+quote.Text(local), inData)
	case local == "style":
		m.refuseAll(variables, `stands in the attribute "style"`, "use a class")
	case slices.Contains(styleAttributes, local):
		m.refuseAll(variables, "stands in the attribute "+quote.Text(local)+", which is a style", "use a class")
	case slices.Contains(powers, local):
		m.refuseAll(variables, "stands in the attribute "+quote.Text(local), inOther)
	case urlAttributes[local] != urlNone:
		m.checkURLs(quote.Text(local), urlAttributes[local], start, end, variables)
	}
}

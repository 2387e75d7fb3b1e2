// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// attributes passes over the rest of a tag and tells whether it ends with "/>".
func (m *markup) attributes(tag string) (empty bool) {
	m.meta, m.refresh, m.content = m.active && localName(tag) == "meta", false, nil
	defer m.checkRefresh()
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
		m.noticeMeta(name, m.text[m.at:end], nil)
		m.forbid(end, "an attribute value without quotes", "put quotes around the value")
	}
}

// value passes over the value of an attribute, up to the quote at end.
func (m *markup) value(name string, end int) {
	start := m.at
	variables := m.pass(end)
	m.noticeMeta(name, m.text[start:end], variables)
	if len(variables) > 0 {
		m.checkValue(name, start, variables)
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

// checkValue reports those of variables that the attribute called name, whose value begins at start and holds them all,
// has no place for.
func (m *markup) checkValue(name string, start int, variables []variable) {
	local := localName(name)
	switch {
	case m.xml && (name == "xmlns" || strings.HasPrefix(name, "xmlns:")):
		m.refuseAll(variables, "stands in the name of a namespace", "write the name out")
	case !m.active:
	case len(local) > len("on") && strings.HasPrefix(local, "on"):
		m.refuseAll(variables, "stands in the event handler "+quote.Text(local), inData)
	case local == "style":
		m.refuseAll(variables, `stands in the attribute "style"`, "use a class")
	case local == "srcdoc" || local == "http-equiv":
		m.refuseAll(variables, "stands in the attribute "+quote.Text(local), inOther)
	case isURLAttribute(local):
		m.checkURLs(local, start, variables)
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// attributes passes over the rest of a tag and tells whether it ends with "/>".
func (m *markup) attributes(tag string) (empty bool) {
	m.refresh, m.content = false, nil
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
			m.attribute(tag)
		}
	}
	return empty
}

// attribute passes over one attribute. Its first byte is part of the name, even if it is a "=".
func (m *markup) attribute(tag string) {
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
		m.value(tag, name, m.until(m.at, string(c)))
		m.at = min(m.at+1, len(m.text))
	case '>':
		// The value is missing.
	default:
		end := m.until(m.at, spaces+">")
		m.noticeMeta(tag, name, m.text[m.at:end], nil)
		m.forbid(end, "an attribute value without quotes", "put quotes around the value")
	}
}

// value passes over the value of an attribute, up to the quote at end.
func (m *markup) value(tag, name string, end int) {
	start := m.at
	variables := m.pass(end)
	m.noticeMeta(tag, name, m.text[start:end], variables)
	for i := range variables {
		m.checkValue(name, start, variables[:i+1])
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

// checkValue reports the last of variables if the attribute called name, whose value begins at start, has no place for
// it. The others stand before it in the same value.
func (m *markup) checkValue(name string, start int, variables []variable) {
	v := variables[len(variables)-1]
	local := localName(name)
	switch {
	case m.xml && (name == "xmlns" || strings.HasPrefix(name, "xmlns:")):
		m.refuse(v, "stands in the name of a namespace", "write the name out")
	case !m.active:
	case len(local) > len("on") && strings.HasPrefix(local, "on"):
		m.refuse(v, "stands in the event handler "+quote.Text(local), inData)
	case local == "style":
		m.refuse(v, `stands in the attribute "style"`, "use a class")
	case local == "srcdoc" || local == "http-equiv":
		m.refuse(v, "stands in the attribute "+quote.Text(local), inOther)
	case isURLAttribute(local):
		m.checkURL(local, start, variables)
	}
}

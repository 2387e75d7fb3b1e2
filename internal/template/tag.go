// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
)

// tag passes over a tag and, in HTML, over the content of an element that has no tags in it.
func (m *markup) tag() {
	closing := m.text[m.at+1] == '/'
	start := m.at + len("<")
	if closing {
		start++
	}
	m.forbid(m.until(start, spaces+"/>"), "a tag name", inText)
	name := chars.Lower(m.text[start:m.at])
	empty := m.attributes(name)
	if m.xml {
		m.countCode(localName(name), closing, empty)
		return
	}
	m.countForeign(name, closing, empty)
	if !closing {
		m.rawContent(name)
	}
}

// countCode keeps track of the elements of XML that make code of their text, on one more tag.
func (m *markup) countCode(name string, closing, empty bool) {
	last := len(m.code) - 1
	switch {
	case !m.active || name != "script" && name != "style":
	case !closing && !empty:
		m.code = append(m.code, name)
	case closing && last >= 0 && m.code[last] == name:
		m.code = m.code[:last]
	}
}

// until is the index of the first of marks from byte from on, or the end of the text.
func (m *markup) until(from int, marks string) int {
	if i := strings.IndexAny(m.text[from:], marks); i >= 0 {
		return from + i
	}
	return len(m.text)
}

// localName is the name of an element or attribute in lower case, without prefix.
func localName(name string) string {
	return chars.Lower(name[strings.LastIndexByte(name, ':')+1:])
}

// rawElements are the HTML elements whose content is read neither as tags nor as text with character references, or not
// by all browsers (noscript).
var rawElements = []string{"script", "style", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"}

// rawContent passes over the content of an HTML element that has no tags in it; for all others there is nothing to do.
func (m *markup) rawContent(name string) {
	escapable := name == "title" || name == "textarea"
	if m.noscript && name == "noscript" || !escapable && !slices.Contains(rawElements, name) {
		return
	}
	end := m.at + contentLength(m.text[m.at:], name)
	switch {
	case (m.inForeign() || m.dropsTags()) && strings.Contains(m.text[m.at:end], "<"):
		m.ambiguous("a <"+name+">", "<")
	case name == "noscript" && !m.endsAsTags(end):
		m.refuseAll(m.pass(len(m.text)), `stands after a <noscript> whose end tag stands in a tag or comment`, "close that first")
	case escapable:
		m.escapable(end)
	case name == "script":
		m.forbid(end, "<script>", inData)
	default:
		m.forbid(end, "<"+name+">", inText)
	}
}

// contentLength measures the content of the element called name that text begins with.
func contentLength(text, name string) int {
	switch name {
	case "plaintext":
		return len(text)
	case "script":
		return scriptEnd(text)
	default:
		return endTag(text, name)
	}
}

// escapable passes over text that has character references but no tags. Only its end tag can begin in it, so a value
// must not complete one.
func (m *markup) escapable(end int) {
	at, opened := m.at, false
	variables := m.pass(end)
	for i := range variables {
		v := &variables[i]
		if opened = opensTag(opened, m.text[at:v.start]); opened {
			m.refuse(code.UnsafePlace, v, "stands in a tag name", inText)
		}
		at = v.start
	}
}

// opensTag reports whether a tag whose name is not over has been opened after text, too; opened is the same of what stands
// before text.
func opensTag(opened bool, text string) bool {
	if i := strings.LastIndexByte(text, '<'); i >= 0 {
		opened, text = true, text[i+1:]
	}
	return opened && strings.TrimLeft(text, "/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// endTag is where in text the end tag of the element called name begins.
func endTag(text, name string) int {
	for at := 0; ; at += len("</") {
		next := strings.Index(text[at:], "</")
		if next < 0 {
			return len(text)
		}
		at += next
		if isTag(text[at:], "</", name) {
			return at
		}
	}
}

// isTag reports whether text begins with opening and the whole name, in any case.
func isTag(text, opening, name string) bool {
	rest, ok := strings.CutPrefix(text, opening)
	return ok && len(rest) > len(name) && chars.EqualFold(rest[:len(name)], name) &&
		strings.IndexByte(spaces+"/>", rest[len(name)]) >= 0
}

// scriptEnd is where in text the end tag of a script begins. In what looks like a comment, a script within the script
// hides an end tag.
func scriptEnd(text string) int {
	commented, nested := false, false
	for i := range len(text) {
		rest := text[i:]
		switch {
		case strings.HasPrefix(rest, "<!--"):
			commented = true
		case strings.HasPrefix(rest, "-->"):
			commented, nested = false, false
		case commented && isTag(rest, "<", "script"):
			nested = true
		case nested && isTag(rest, "</", "script"):
			nested = false
		case isTag(rest, "</", "script"):
			return i
		}
	}
	return len(text)
}

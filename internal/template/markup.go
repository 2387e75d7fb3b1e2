// SPDX-License-Identifier: Apache-2.0

package template

import (
	"bytes"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
)

// spaces are what separates the parts of a tag.
const spaces = " \t\n\f\r"

// markup walks over the text of an HTML or XML template, part by part, and reports the variables that stand where no
// escaping helps. It follows the tokenizer of the HTML standard (13.2.5) and XML 1.0.
//
// Values cannot move the borders between the parts: where a variable is allowed its value has no "<", ">" or quotes.
type markup struct {
	*parser
	// text is that of the template with letters in the place of the variables. A letter after "<" begins a tag, so a
	// variable there counts as part of the name.
	text string
	xml  bool
	// active reports whether a browser runs scripts in it and follows its links.
	active bool
	// at is the byte that the walk has come to, and passed how many variables are behind it.
	at, passed int
	// code is the open elements of an XML text that make code of their text.
	code []string
	// svg, math, selects and framesets count the elements of these names that are open in an HTML text.
	svg, math, selects, framesets int
	// noscript reports whether the walk is that of a browser that runs no scripts.
	noscript bool
	// meta is what is known of the tag at hand if it is a <meta>.
	meta meta
}

// The namespaces whose elements browsers act on in any XML.
const (
	namespaceXHTML = "http://www.w3.org/1999/xhtml"
	namespaceSVG   = "http://www.w3.org/2000/svg"
)

// checkHTML reports variables that HTML has no place for.
func (p *parser) checkHTML() {
	m := markup{parser: p, text: p.masked(), active: true}
	m.walk()
}

// checkXML reports variables that XML has no place for.
func (p *parser) checkXML() {
	m := markup{parser: p, text: p.masked(), xml: true}
	switch chars.MediaType(p.options.MediaType) {
	case "application/xhtml+xml", "image/svg+xml":
		m.active = true
	default:
		text := unreferenced(p.text)
		m.active = strings.Contains(text, namespaceXHTML) || strings.Contains(text, namespaceSVG)
	}
	m.walk()
}

// masked is the text with each byte of a variable replaced by a letter.
func (p *parser) masked() string {
	text := []byte(p.text)
	for _, v := range p.variables {
		copy(text[v.start:v.end], bytes.Repeat([]byte("x"), v.end-v.start))
	}
	return string(text)
}

// walk goes over the whole text.
func (m *markup) walk() {
	for m.at < len(m.text) {
		m.step()
	}
}

// step goes over one part of the text.
func (m *markup) step() {
	rest := m.text[m.at:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		m.forbid(m.at+commentLength(rest, m.xml), "a comment", inText)
	case m.xml && strings.HasPrefix(rest, "<![CDATA["):
		m.forbid(m.after("]]>"), "a CDATA section", inText)
	case m.xml && strings.HasPrefix(rest, "<?"):
		m.forbid(m.after("?>"), "a processing instruction", inText)
	case m.xml && strings.HasPrefix(rest, "<!"):
		m.forbid(m.at+declarationLength(rest), "a declaration", inText)
	case strings.HasPrefix(rest, "<!") || strings.HasPrefix(rest, "<?"):
		m.bogusComment()
	case m.beginsTag(rest):
		m.tag()
	case strings.HasPrefix(rest, "</"):
		m.forbid(m.after(">"), "a comment", inText)
	default:
		m.characters()
	}
}

// bogusComment passes over what HTML reads up to the next ">", whatever it is.
func (m *markup) bogusComment() {
	if m.inForeign() && strings.HasPrefix(m.text[m.at:], "<![CDATA[") && m.after(">") != m.after("]]>") {
		m.ambiguous("a CDATA section", ">")
		return
	}
	m.forbid(m.after(">"), "a declaration", inText)
}

// characters passes over text.
func (m *markup) characters() {
	end := len(m.text)
	if next := strings.IndexByte(m.text[m.at+1:], '<'); next >= 0 {
		end = m.at + 1 + next
	}
	if depth := len(m.code); depth > 0 {
		m.forbid(end, "<"+m.code[depth-1]+">", inData)
		return
	}
	m.pass(end)
}

// beginsTag reports whether text begins with a start tag or an end tag.
func (m *markup) beginsTag(text string) bool {
	name := strings.TrimPrefix(strings.TrimPrefix(text, "<"), "/")
	if text[0] != '<' || name == "" {
		return false
	}
	c := name[0]
	return isLetter(c) || m.xml && (c == '_' || c == ':' || c >= 0x80)
}

// indexAfter is the index in text right after the first mark from byte from on, or the length of text without one.
func indexAfter(text, mark string, from int) int {
	if i := strings.Index(text[from:], mark); i >= 0 {
		return from + i + len(mark)
	}
	return len(text)
}

// after is where the walk goes on when mark ends the part at hand.
func (m *markup) after(mark string) int { return m.at + indexAfter(m.text[m.at:], mark, 0) }

// pass moves to end and returns the variables in between.
func (m *markup) pass(end int) []variable {
	from := m.passed
	for m.passed < len(m.variables) && m.variables[m.passed].start < end {
		m.passed++
	}
	m.at = end
	return m.variables[from:m.passed]
}

// What would be right for a variable that cannot stay where it is.
const (
	inText  = "use it in text or in a quoted attribute value"
	inOther = "use it in text or in another attribute"
	inData  = "put it into a data-* attribute and read it from there"
)

// forbid moves to end and reports the variables in between: they stand in where, and instead says what would be right.
func (m *markup) forbid(end int, where, instead string) {
	m.refuseAll(m.pass(end), "stands in "+where, instead)
}

// refuseAll reports variables that stand in the same place.
func (m *markup) refuseAll(variables []variable, problem, instead string) {
	for i := range variables {
		m.refuse(code.UnsafePlace, &variables[i], problem, instead)
	}
}

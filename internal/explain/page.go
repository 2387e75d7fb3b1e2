// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// page is text in two columns.
type page struct {
	strings.Builder
	colour bool
}

const (
	// margin is where the right column begins.
	margin = 10
	// columns is how wide the page is.
	columns = 80
)

// heading begins a section.
func (p *page) heading(name, text string) {
	if name[0] <= '9' {
		p.WriteString("\n")
	}
	if text == "" {
		p.WriteString(p.bold(name) + "\n")
		return
	}
	p.WriteString(p.bold(name + strings.Repeat(" ", max(1, margin-len(name)))))
	p.wrap(text, margin)
}

// bold is text that stands out on a terminal.
func (p *page) bold(text string) string {
	if !p.colour {
		return text
	}
	return "\x1b[1m" + text + "\x1b[0m"
}

// note writes a line below a heading.
func (p *page) note(text string) {
	p.WriteString(strings.Repeat(" ", margin))
	p.wrap(text, margin+2)
}

// notes writes several.
func (p *page) notes(texts ...string) {
	for _, text := range texts {
		p.note(text)
	}
}

// wrap writes text that begins at the margin, with further lines indented. Words are never cut.
func (p *page) wrap(text string, indent int) {
	at, gap := margin, ""
	for word := range strings.SplitSeq(printable(strings.TrimRight(text, " ")), " ") {
		size := utf8.RuneCountInString(word)
		if at+len(gap)+size > columns && gap != "" {
			p.WriteString("\n" + strings.Repeat(" ", indent))
			at, gap = indent, ""
		}
		p.WriteString(gap + word)
		at, gap = at+len(gap)+size, " "
	}
	p.WriteString("\n")
}

// printable is text without control characters, which a terminal would obey.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' || r == 0x7f || 0x80 <= r && r < 0xa0 {
			return '\uFFFD'
		}
		return r
	}, text)
}

// statusLine is a status with its phrase.
func statusLine(status int) string {
	return strings.TrimSpace(strconv.Itoa(status) + " " + http.StatusText(status))
}

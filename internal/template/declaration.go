// SPDX-License-Identifier: Apache-2.0

package template

import "strings"

// commentLength measures the comment that text begins with. HTML has more ways to end one than XML: "--!>", and "<!-->" and
// "<!--->" are whole comments.
func commentLength(text string, xml bool) int {
	at := len("<!--")
	if !xml {
		at = len("<!")
	}
	// All ends are looked for at once: a search for one of them alone would go to the end of a text that has none, again and
	// again for each comment.
	for {
		hyphens := strings.Index(text[at:], "--")
		if hyphens < 0 {
			return len(text)
		}
		at += hyphens + len("--")
		switch rest := text[at:]; {
		case strings.HasPrefix(rest, ">"):
			return at + len(">")
		case !xml && at >= len("<!----") && strings.HasPrefix(rest, "!>"):
			return at + len("!>")
		}
		// The second hyphen may be the first of the end.
		at--
	}
}

// declarationLength measures the declaration of XML that text begins with, such as a DOCTYPE with others inside. A ">" in
// quotes does not end one.
func declarationLength(text string) int {
	depth, quotes := 0, byte(0)
	for i := len("<!") + 1; i < len(text); i++ {
		switch c := text[i]; {
		case quotes != 0:
			if c == quotes {
				quotes = 0
			}
		case c == '"' || c == '\'':
			quotes = c
		case strings.HasPrefix(text[i:], "<!--"):
			i += commentLength(text[i:], true) - 1
		case c == '<':
			depth++
		case c == '>' && depth == 0:
			return i + 1
		case c == '>':
			depth--
		}
	}
	return len(text)
}

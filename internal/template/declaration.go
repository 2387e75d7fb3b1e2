// SPDX-License-Identifier: Apache-2.0

package template

import "strings"

// commentLength measures the comment that text begins with. HTML has more ways to end one than XML.
func commentLength(text string, xml bool) int {
	const opening = len("<!--")
	from := opening
	if !xml {
		// "<!-->" and "<!--->" are whole comments.
		from = len("<!")
	}
	end := indexAfter(text, "-->", from)
	if !xml {
		end = indexAfter(text[:end], "--!>", opening)
	}
	return end
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

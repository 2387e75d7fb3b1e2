// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// unknownCharacter stands for a character reference whose character is not known here.
const unknownCharacter = -1

// reference reads the character reference that text begins with, in HTML or XML: its character, or unknownCharacter, and its
// length. The length is 0 when "&" is only that. Source: HTML standard 13.2.5.72.
func reference(text string) (character rune, length int) {
	switch {
	case len(text) < len("&x"):
		return 0, 0
	case text[1] == '#':
		return numericReference(text)
	case isWord(text[1]) && text[1] != '_':
		name := text[1 : 1+wordLength(text[1:])]
		if strings.HasPrefix(text[1+len(name):], ";") {
			return namedCharacter(name), 1 + len(name) + len(";")
		}
		// Some names need no semicolon, and then the longest of them counts.
		return unknownCharacter, 1 + len(name)
	}
	return 0, 0
}

// namedCharacter is the character of a name, as far as it means something in a URL.
func namedCharacter(name string) rune {
	switch name {
	case "Tab":
		return '\t'
	case "NewLine":
		return '\n'
	case "colon":
		return ':'
	case "sol":
		return '/'
	case "bsol":
		return '\\'
	case "quest":
		return '?'
	case "num":
		return '#'
	case "amp":
		return '&'
	}
	return unknownCharacter
}

// unreferenced is text with its character references resolved, but for those whose characters are not known.
func unreferenced(text string) string {
	if strings.IndexByte(text, '&') < 0 {
		return text
	}
	var b strings.Builder
	for at := 0; at < len(text); {
		if text[at] == '&' {
			if character, length := reference(text[at:]); length > 0 && character != unknownCharacter {
				b.WriteRune(character)
				at += length
				continue
			}
		}
		b.WriteByte(text[at])
		at++
	}
	return b.String()
}

// numericReference reads "&#" with digits behind it; the semicolon may be missing.
func numericReference(text string) (character rune, length int) {
	base, at := rune(10), len("&#")
	if at < len(text) && text[at]|0x20 == 'x' {
		base, at = 16, at+1
	}
	first := at
	for ; at < len(text); at++ {
		digit := rune(chars.Hex(text[at]))
		if digit < 0 || digit >= base {
			break
		}
		character = min(character*base+digit, 0x110000)
	}
	if at == first {
		return 0, 0
	}
	if at < len(text) && text[at] == ';' {
		at++
	}
	return character, at
}

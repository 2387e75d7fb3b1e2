// SPDX-License-Identifier: Apache-2.0

package template

import "strings"

// roots are what names begin with.
var roots = [...]string{"context", "stageVariables", "method.request"}

// rootOf returns the root that text begins with, or "". A root is a whole word: "contextual" has none.
func rootOf(text string) string {
	for _, root := range roots {
		if rest, ok := strings.CutPrefix(text, root); ok && wordLength(rest) == 0 {
			return root
		}
	}
	return ""
}

// nameLength measures the name that text begins with, as the grammar has it without braces; 0 when there is none.
func nameLength(text string) int {
	root := rootOf(text)
	rest := text[len(root):]
	if root == "" || !strings.HasPrefix(rest, ".") {
		return 0
	}
	length := pathLength(rest[1:])
	if length == 0 {
		return 0
	}
	length += len(root) + len(".")
	if allowsHyphen(root, text[:length]) {
		length += hyphenatedLength(text[length:])
	}
	return length
}

// allowsHyphen reports whether hyphens may follow in a name. They do in names that others chose: those of headers,
// parameters and stage variables.
func allowsHyphen(root, name string) bool {
	switch root {
	case "stageVariables":
		return true
	case "method.request":
		return strings.Contains(name[len("method.request."):], ".")
	default:
		return false
	}
}

// pathLength measures word { "." word }.
func pathLength(text string) int {
	length := wordLength(text)
	for length > 0 && strings.HasPrefix(text[length:], ".") {
		word := wordLength(text[length+1:])
		if word == 0 {
			break
		}
		length += 1 + word
	}
	return length
}

// hyphenatedLength measures { hyphens word }.
func hyphenatedLength(text string) int {
	length := 0
	for {
		rest := strings.TrimLeft(text[length:], "-")
		hyphens, word := len(text)-length-len(rest), wordLength(rest)
		if hyphens == 0 || word == 0 {
			return length
		}
		length += hyphens + word
	}
}

// moreLength measures what would belong to a name in braces: words with hyphens, colons and slashes between and in front, as in
// "-id", ":groups" and "://example.com/role".
func moreLength(text string) int {
	if !strings.HasPrefix(text, "-") && !strings.HasPrefix(text, ":") {
		return 0
	}
	length := 0
	for {
		rest := strings.TrimLeft(text[length:], "-:/.")
		word := wordLength(rest)
		if word == 0 {
			return length
		}
		length = len(text) - len(rest) + word
	}
}

// wordLength measures the characters of a word.
func wordLength(text string) int {
	n := 0
	for n < len(text) && isWord(text[n]) {
		n++
	}
	return n
}

// isWord reports whether c can stand in a word.
func isWord(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '_' }

// isLetter reports whether c is an ASCII letter.
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

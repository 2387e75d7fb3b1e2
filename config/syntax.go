// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"
)

// syntaxError notes that the text is not JSON, which ends the reading.
func (d *decoder) syntaxError(path string, err error) {
	d.broken, d.document.Cut = true, true
	text := d.document.Source
	offset := len(text)
	message := "not JSON: the text ends before the document does"
	syntactic, ok := errors.AsType[*jsontext.SyntacticError](err)
	if ok && !errors.Is(err, io.ErrUnexpectedEOF) {
		offset = min(int(syntactic.ByteOffset), len(text))
		message = "not JSON: " + syntactic.Err.Error() + syntaxHint(text, offset)
	}
	d.report(Error, path, offset, message)
}

// syntaxHint says what would be right where people often go wrong.
func syntaxHint(text []byte, offset int) string {
	if offset == len(text) {
		return ""
	}
	switch c := text[offset]; {
	case c == '/' || c == '#':
		return "; JSON has no comments"
	case c == '\'' || isWordRune(rune(c)):
		return "; keys and strings stand in double quotes"
	case c < 0x20:
		return "; write it as an escape sequence"
	case isTrailingComma(text, offset):
		return "; the last member has no comma behind it"
	}
	return ""
}

// isTrailingComma tells whether offset is a comma before a closing bracket, or such a bracket behind a comma.
func isTrailingComma(text []byte, offset int) bool {
	comma, bracket := bytes.TrimRight(text[:offset], whiteSpace), text[offset:]
	if text[offset] == ',' {
		comma, bracket = text[:offset+1], bytes.TrimLeft(text[offset+1:], whiteSpace)
	}
	return bytes.HasSuffix(comma, []byte{','}) && len(bracket) > 0 && (bracket[0] == '}' || bracket[0] == ']')
}

// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"bytes"
	"errors"
	"io"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/code"
)

// syntaxError notes that the text is not JSON, which ends the reading.
func (r *Reader) syntaxError(at Text, err error) {
	r.broken = true
	text := r.text
	offset := len(text)
	message := "not JSON: the text ends before the document does"
	syntactic, ok := errors.AsType[*jsontext.SyntacticError](err)
	if ok && !errors.Is(err, io.ErrUnexpectedEOF) {
		offset = min(int(syntactic.ByteOffset), len(text))
		message = "not JSON: " + syntactic.Err.Error() + syntaxHint(text, offset)
	}
	// It is told in any case: without it the rest would seem to be right.
	if !r.ended {
		r.errors++
		r.reports = append(r.reports, Report{code.Syntax, Error, at.Offset, offset, message})
	}
}

// syntaxHint says what would be right where people often go wrong.
func syntaxHint(text []byte, offset int) string {
	if offset == len(text) {
		return ""
	}
	switch c := text[offset]; {
	case c == '/' || c == '#':
		return "; JSON has no comments"
	case c == '\'' || IsWord(rune(c)):
		return "; keys and strings stand in double quotes"
	case c < 0x20:
		return "; write it as an escape sequence"
	case isTrailingComma(text, offset):
		return "; the last member has no comma behind it"
	}
	return ""
}

// isTrailingComma reports whether offset is a comma before a closing bracket, or such a bracket behind a comma.
func isTrailingComma(text []byte, offset int) bool {
	comma, bracket := bytes.TrimRight(text[:offset], WhiteSpace), text[offset:]
	if text[offset] == ',' {
		comma, bracket = text[:offset+1], bytes.TrimLeft(text[offset+1:], WhiteSpace)
	}
	return bytes.HasSuffix(comma, []byte{','}) && len(bracket) > 0 && (bracket[0] == '}' || bracket[0] == ']')
}

// Trailing reports text after the value that was read.
func (r *Reader) Trailing() {
	if r.broken {
		return
	}
	rest := bytes.TrimLeft(r.text[r.json.InputOffset():], WhiteSpace)
	if len(rest) > 0 {
		r.report(code.TrailingText, Error, Nowhere, len(r.text)-len(rest), "text after the end of the document; remove it")
	}
}

// SPDX-License-Identifier: Apache-2.0

package source

import (
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// scalar writes a value that is no mapping and no sequence.
func (w *writer) scalar(n ast.Node) {
	t := n.GetToken()
	at := w.file.at(t)
	switch n := n.(type) {
	case *ast.StringNode:
		w.text(n.Value, at, styleOf(n))
	case *ast.LiteralNode:
		// The text begins in the line behind that of its indicator.
		start := w.file.offset(t.Position.Line+1, 1)
		w.text(n.Value.Value, start+indentation(w.file.text[start:]), block)
	case *ast.BoolNode:
		// JSON has true and false only, YAML also True and TRUE.
		if n.Value {
			w.raw("true", at)
		} else {
			w.raw("false", at)
		}
	case *ast.NullNode:
		w.raw("null", at)
	case *ast.IntegerNode, *ast.FloatNode:
		if number := jsontext.Value(t.Value); number.Kind() == '0' && number.IsValid() {
			w.raw(t.Value, at)
			return
		}
		w.text(t.Value, at, plain)
	case *ast.InfinityNode, *ast.NanNode:
		w.text(t.Value, at, plain)
	default:
		w.fail(n, "this is no value of a document; write a text, a number, true, false, a list or a mapping")
	}
}

// raw writes a value that is no string.
func (w *writer) raw(value string, at int) {
	w.mark(at, bare, "")
	w.json = append(w.json, value...)
}

// text writes a string.
func (w *writer) text(value string, at int, s style) {
	w.mark(at, s, value)
	w.json = append(w.json, '"')
	w.json = appendEscaped(w.json, value)
	w.json = append(w.json, '"')
}

// appendEscaped appends a text as it stands within the quotes of a JSON string.
func appendEscaped(b []byte, text string) []byte {
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', text[0])
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < 0x20:
			b = append(b, `\u00`...)
			b = append(b, "0123456789abcdef"[r>>4], "0123456789abcdef"[r&0xf])
		default:
			b = append(b, string(r)...)
		}
		text = text[size:]
	}
	return b
}

// styleOf is how a scalar was written.
func styleOf(n ast.Node) style {
	switch n.GetToken().Type {
	case token.SingleQuoteType:
		return singleQuoted
	case token.DoubleQuoteType:
		return doubleQuoted
	case token.LiteralType, token.FoldedType:
		return block
	default:
		return plain
	}
}

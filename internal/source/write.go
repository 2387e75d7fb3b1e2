// SPDX-License-Identifier: Apache-2.0

package source

import (
	"cmp"
	"unicode/utf8"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// writer writes JSON without white space, and remembers where it comes from.
type writer struct {
	json  []byte
	spots []spot
}

// Write makes a document of what it says. The document is nil, and the only finding an error, when that is too much.
func Write(name string, root *Value) (*Document, finding.List) {
	w := &writer{}
	if !w.value(root, 0) {
		return nil, finding.List{{
			Code: code.SourceTooLarge, Severity: finding.Error, Place: cmp.Or(root.Place(), finding.Place{File: name}),
			Message: "with its aliases resolved, and the files that it names, this has more than 2 MiB; a document has 1 MiB at most",
		}}
	}
	return &Document{Name: name, Text: w.json, root: root, spots: w.spots, text: newFile(name, string(w.json))}, nil
}

// value writes one value. It reports whether there is still room: shared values can make a large text of a small one.
func (w *writer) value(v *Value, depth int) bool {
	if depth > 2*maxDepth {
		return false
	}
	w.spots = append(w.spots, spot{len(w.json), v})
	switch v.Kind {
	case Object:
		w.json = append(w.json, '{')
		for i, m := range v.Members {
			if i > 0 {
				w.json = append(w.json, ',')
			}
			w.spots = append(w.spots, spot{len(w.json), m.Key})
			w.text(m.Key.Text)
			w.json = append(w.json, ':')
			if !w.value(m.Value, depth+1) {
				return false
			}
		}
		w.json = append(w.json, '}')
	case Array:
		w.json = append(w.json, '[')
		for i, element := range v.Elements {
			if i > 0 {
				w.json = append(w.json, ',')
			}
			if !w.value(element, depth+1) {
				return false
			}
		}
		w.json = append(w.json, ']')
	case String:
		w.text(v.Text)
	default:
		w.json = append(w.json, v.Text...)
	}
	return len(w.json) <= MaxSize
}

// text writes a string.
func (w *writer) text(s string) {
	w.json = append(w.json, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		if escaped := escapeOf(s[i]); escaped != "" {
			w.json = append(append(w.json, s[start:i]...), escaped...)
			start = i + 1
		}
	}
	w.json = append(append(w.json, s[start:]...), '"')
}

// escapes are the control characters as JSON writes them.
var escapes = func() (all [0x20]string) {
	const digits = "0123456789abcdef"
	for c := range all {
		all[c] = `\u00` + string(digits[c>>4]) + string(digits[c&0xf])
	}
	all['\n'], all['\r'], all['\t'] = `\n`, `\r`, `\t`
	return all
}()

// escapeOf is what stands for a byte within the quotes of a JSON string, "" for the byte itself.
func escapeOf(c byte) string {
	switch {
	case c < 0x20:
		return escapes[c]
	case c == '"':
		return `\"`
	case c == '\\':
		return `\\`
	}
	return ""
}

// decodedBefore is how many bytes of s stand in front of byte i of what text writes for it, quote included, where n bytes of s are
// known to take the first at bytes.
func decodedBefore(s string, i, at, n int) (atThen, nThen int) {
	for n < len(s) {
		size, written := 1, 1
		if escaped := escapeOf(s[n]); escaped != "" {
			written = len(escaped)
		} else if s[n] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(s[n:])
			written = size
		}
		if at+written > i {
			break
		}
		at, n = at+written, n+size
	}
	return at, n
}

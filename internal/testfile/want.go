// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// want reads what must become of an exchange.
func (d *decoder) want(at Text, w *Want) {
	begin, before := d.Ahead(), d.Errors()
	isObject, empty := d.Kind() == '{', true
	notEmpty := func(read func(at Text)) func(at Text) {
		return func(at Text) { empty = false; read(at) }
	}
	d.object(
		at,
		key{"untouched", notEmpty(func(at Text) {
			offset := d.Ahead()
			if value, ok := d.Boolean(at); ok && !value {
				d.Report(code.WrongType, jsonread.Error, offset, "found false; want true, or no key at all")
			}
			w.Untouched = at
		})},
		key{"status", notEmpty(func(at Text) { _, w.Status = d.status(at, 200) })},
		key{"headers", notEmpty(func(at Text) { w.Headers = d.wantedHeaders(at) })},
		key{"body", notEmpty(func(at Text) { d.wantedBody(at, &w.Body) })},
		key{"type", notEmpty(func(at Text) { w.Type = d.nonEmpty(at) })},
		key{"entry", notEmpty(func(at Text) { w.Entry = d.nonEmpty(at) })},
		key{"left", notEmpty(func(at Text) { w.Left = d.nonEmpty(at) })},
	)
	if isObject && empty && d.Errors() == before && !d.Broken() {
		d.Report(code.MissingKey, jsonread.Error, begin, `nothing is wanted; add "status", "headers", "body" or "untouched"`)
	}
}

// wantedHeaders reads what is wanted of headers.
func (d *decoder) wantedHeaders(at Text) []Header {
	var headers []Header
	names := map[string]bool{}
	d.Object(at, func(name Text) {
		d.headerName(name, names)
		h := Header{Name: Text{Value: chars.Lower(name.Value), Offset: name.Offset}}
		switch d.Kind() {
		case 'n':
			h.Test = Absent
			d.Skip(name)
		case '{':
			d.headerTest(name, &h)
		default:
			h.Values = d.texts(name)
		}
		headers = append(headers, h)
	})
	return headers
}

// headerTest reads an object with one test of a header.
func (d *decoder) headerTest(at Text, h *Header) {
	begin, before, count := d.Ahead(), d.Errors(), 0
	text := func(test HeaderTest) func(at Text) {
		return func(at Text) {
			count++
			h.Test, h.Values = test, d.texts(at)
			if test != Equals && len(h.Values) > 1 {
				d.Report(code.WrongType, jsonread.Error, at.Offset, quote.Text(at.Value)+" takes one text")
			}
		}
	}
	d.object(
		at,
		key{"equals", text(Equals)},
		key{"contains", text(Contains)},
		key{"glob", text(Glob)},
		key{"regexp", func(at Text) {
			text(Regexp)(at)
			h.Pattern = d.pattern(h.Values)
		}},
		key{"present", func(at Text) {
			count++
			h.Test = Absent
			if present, _ := d.Boolean(at); present {
				h.Test = Present
			}
		}},
	)
	if count != 1 && d.Errors() == before && !d.Broken() {
		d.Report(code.ConflictingKeys, jsonread.Error, begin, `a header has one test; write "equals", "contains", "glob", "regexp" or "present"`)
	}
}

// maxPattern is how many bytes a regular expression may have.
const maxPattern = 1000

// pattern compiles a regular expression that matches whole values.
func (d *decoder) pattern(values []Text) *regexp.Regexp {
	if len(values) == 0 {
		return nil
	}
	text := values[0]
	if len(text.Value) > maxPattern {
		d.Report(code.TooLarge, jsonread.Error, text.Offset, "the regular expression has more than "+strconv.Itoa(maxPattern)+" bytes")
		return nil
	}
	if _, err := regexp.Compile(text.Value); err != nil {
		d.Report(code.WrongType, jsonread.Error, text.Offset, quote.Text(text.Value)+" is no regular expression: "+err.Error())
		return nil
	}
	return regexp.MustCompile(`\A(?:` + text.Value + `)\z`)
}

// wantedBody reads what is wanted of the body.
func (d *decoder) wantedBody(at Text, b *Body) {
	if d.Kind() != '{' {
		b.Equals = d.pointer(at)
		return
	}
	begin, before, empty := d.Ahead(), d.Errors(), true
	notEmpty := func(read func(at Text)) func(at Text) {
		return func(at Text) { empty = false; read(at) }
	}
	d.object(
		at,
		key{"equals", notEmpty(func(at Text) { b.Equals = d.pointer(at) })},
		key{"json", notEmpty(func(at Text) {
			if value, ok := d.Literal(at); ok {
				b.JSON = Text{Value: value.Raw(), Offset: value.Offset}
			}
		})},
		key{"paths", notEmpty(func(at Text) {
			d.Object(at, func(name Text) {
				if value, ok := d.Literal(name); ok {
					b.Paths = append(b.Paths, Path{Path: name, Value: value.Raw()})
				}
			})
		})},
		key{"lacks", notEmpty(func(at Text) { b.Lacks = d.texts(at) })},
		key{"contains", notEmpty(func(at Text) { b.Contains = d.texts(at) })},
		key{"file", notEmpty(func(at Text) { b.File = d.localPath(at) })},
	)
	if empty && d.Errors() == before && !d.Broken() {
		d.Report(code.MissingKey, jsonread.Error, begin, `nothing is wanted of the body; add "equals", "json", "paths", "lacks", "contains" or "file"`)
	}
}

// localPath reads the path of a file below the folder of the test file: gwr test --update writes it.
func (d *decoder) localPath(at Text) Text {
	path := d.nonEmpty(at)
	if path.Value != "" && !isLocal(path.Value) {
		d.Report(code.WrongType, jsonread.Error, path.Offset, quote.Text(path.Value)+" leads out of the folder of the test file; write a path below it")
		return Text{}
	}
	return path
}

// isLocal reports whether a path stays below the folder that it begins in, on every system.
func isLocal(path string) bool {
	return filepath.IsLocal(path) && !strings.ContainsAny(path, `\:`)
}

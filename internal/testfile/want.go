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
	begin := d.Ahead()
	if there, isWhole := wantObject.read(d, at, w); isWhole && len(there) == 0 {
		d.Report(code.MissingKey, jsonread.Error, begin, `nothing is wanted; add "status", "headers", "body" or "untouched"`)
	}
}

// untouched reads that the reply goes through.
func (d *decoder) untouched(at Text, w *Want) {
	offset := d.Ahead()
	if value, ok := d.Boolean(at); ok && !value {
		d.Report(code.WrongType, jsonread.Error, offset, "found false; want true, or no key at all")
	}
	w.Untouched = at
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
	begin := d.Ahead()
	if there, isWhole := headerObject.read(d, at, h); isWhole && len(there) != 1 {
		d.Report(code.ConflictingKeys, jsonread.Error, begin, `a header has one test; write "equals", "contains", "glob", "regexp" or "present"`)
	}
}

// headerText reads the text of a test that takes one.
func (d *decoder) headerText(at Text, h *Header, test HeaderTest) {
	h.Test, h.Values = test, d.texts(at)
	if len(h.Values) > 1 {
		d.Report(code.WrongType, jsonread.Error, at.Offset, quote.Text(at.Value)+" takes one text")
	}
}

// presence reads whether there is to be a header.
func (d *decoder) presence(at Text, h *Header) {
	h.Test = Absent
	if present, _ := d.Boolean(at); present {
		h.Test = Present
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
	begin := d.Ahead()
	if there, isWhole := bodyObject.read(d, at, b); isWhole && len(there) == 0 {
		d.Report(code.MissingKey, jsonread.Error, begin, `nothing is wanted of the body; add "equals", "json", "paths", "lacks", "contains" or "file"`)
	}
}

// wantedJSON reads what the body is equal to.
func (d *decoder) wantedJSON(at Text, b *Body) {
	if value, ok := d.Literal(at); ok {
		b.JSON = Text{Value: value.Raw(), Offset: value.Offset}
	}
}

// wantedPaths reads values in the body.
func (d *decoder) wantedPaths(at Text, b *Body) {
	d.Object(at, func(name Text) {
		if value, ok := d.Literal(name); ok {
			b.Paths = append(b.Paths, Path{Path: name, Value: value.Raw()})
		}
	})
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

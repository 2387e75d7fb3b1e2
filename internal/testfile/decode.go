// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"slices"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// maxFindings is how many findings of a file are told one by one.
const maxFindings = 100

// Read reads a test file. It is nil when one of the findings is an error.
func Read(name string, text []byte) (*File, finding.List) {
	written, found := source.Read(name, text)
	if written == nil {
		return nil, found
	}
	f := &File{Name: name, written: written}
	d := &decoder{Reader: jsonread.NewReader(written.Text, &f.places, maxFindings), file: f, names: map[string]bool{}}
	if len(written.Text) == 0 {
		d.Report(code.NoDocument, jsonread.Error, jsonread.Nowhere, `the file is empty; write at least "tests"`)
	} else {
		d.root()
		d.Trailing()
	}
	found = append(found, d.findings()...)
	if found.HasErrors() {
		return nil, found
	}
	return f, found
}

// decoder reads a test file.
type decoder struct {
	*jsonread.Reader
	file *File
	// names are those of the tests so far.
	names map[string]bool
}

// findings are the reports, at the places where a person wrote what they are about.
func (d *decoder) findings() finding.List {
	var list finding.List
	for _, r := range d.Reports() {
		f := finding.Finding{
			Code: r.Code, Severity: finding.Of(r.Severity), Place: finding.Place{File: d.file.Name},
			Path: d.file.places.Path(d.file.written.Text, r.In), Message: r.Message,
		}
		if r.Offset != jsonread.Nowhere {
			f.Place = d.file.Place(r.Offset)
		}
		list = append(list, f)
	}
	list.Sort()
	return list
}

// root reads the file.
func (d *decoder) root() {
	begin, isObject := d.Ahead(), d.Kind() == '{'
	there, _ := rootObject.read(d, Text{}, d.file)
	if isObject && !d.Broken() && !slices.Contains(there, "tests") {
		d.Report(code.MissingKey, jsonread.Error, begin, `the file has no tests; add "tests"`)
	}
}

// test reads one test.
func (d *decoder) test(at Text) {
	var t Test
	isObject := d.Kind() == '{'
	there, _ := testObject.read(d, at, &t)
	d.file.Tests = append(d.file.Tests, t)
	if !isObject || d.Broken() {
		return
	}
	d.missing(&testObject, there, at.Offset, "test")
	if t.Name.Value != "" {
		d.Repeated(t.Name, t.Name.Value, d.names)
	}
}

// missing reports the required keys of a whole object that are not there. begin is where it stands, what is what messages call it.
func (d *decoder) missing(o *object[*Test], there []string, begin int, what string) {
	for _, required := range o.required {
		if !d.Broken() && !slices.Contains(there, required) {
			d.Report(code.MissingKey, jsonread.Error, begin, "the "+what+" has no "+required+"; add "+quote.Text(required))
		}
	}
}

// nonEmpty reads a string that says something.
func (d *decoder) nonEmpty(at Text) Text {
	value := d.scalar(at)
	if value.Value == "" && value.Offset > 0 {
		d.Report(code.EmptyText, jsonread.Error, value.Offset, quote.Text(at.Value)+" is empty; write a text, or remove the key")
	}
	return value
}

// documents reads the path of a document, or the paths of several files that make one.
func (d *decoder) documents(at Text) []Text {
	if d.Kind() != '[' {
		return []Text{d.nonEmpty(at)}
	}
	var all []Text
	seen := map[string]bool{}
	d.List(at, func(element Text) {
		path := d.nonEmpty(Text{Value: at.Value, Offset: element.Offset})
		if path.Value != "" && !d.Repeated(path, path.Value, seen) {
			all = append(all, path)
		}
	})
	return all
}

// scalar reads a string. A number, true and false are taken as they are written, so that YAML needs no quotes.
func (d *decoder) scalar(at Text) Text {
	found, ok := d.Literal(at)
	if !ok {
		return Text{}
	}
	switch found.Kind() {
	case '"':
		return Text{Value: found.Unquoted(), Offset: found.Offset}
	case '0', 't', 'f':
		return Text{Value: found.Raw(), Offset: found.Offset}
	}
	d.WrongType(at, found, "a text")
	return Text{}
}

// texts reads a string, or a list of strings.
func (d *decoder) texts(at Text) []Text {
	if d.Kind() != '[' {
		return []Text{d.scalar(at)}
	}
	var all []Text
	d.List(at, func(element Text) { all = append(all, d.scalar(element)) })
	return all
}

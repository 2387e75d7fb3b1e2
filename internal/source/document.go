// SPDX-License-Identifier: Apache-2.0

// Package source reads what people write, JSON or YAML, into the one JSON text that the engine reads, and leads every place in
// that text back to the file, the line and the column where a person wrote it.
//
// It knows nothing of what a document means, but for one thing: a body may stand in a file of its own, see Files. A file is JSON
// when its first character is "{" and its name does not end in .yaml or .yml. JSON without such bodies stays as it is, byte for
// byte.
//
// YAML is read as its version 1.2 says, with what a person meant where that is no question: a number that JSON has not, such as
// 0404 or 0x1F, is the text that was written, and so are dates, yes and no. Anchors, aliases and merge keys are resolved,
// within MaxSize.
package source

import (
	"bytes"
	"cmp"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// MaxSize is the size of the largest file, in bytes, and of the JSON text that becomes of it: 2 MiB. A document has 1 MiB at
// most; what people write may hold comments, and spaces.
const MaxSize = 2 << 20

// Document is what one or several files say, as one JSON text.
type Document struct {
	// Name is what messages call it: the name of the file.
	Name string
	// Text is JSON. It must not change.
	Text []byte

	// root is what Text was written from, nil when Text is what a person wrote. Then parsed is what it says, once somebody asked.
	root, parsed *Value
	// spots are places of Text, in its order, and text is Text with its lines.
	spots []spot
	text  *file
	// cursor is where the last place was found.
	cursor cursor
}

// spot is a key, a scalar or a bracket of Text: its first byte, and where it comes from.
type spot struct {
	at int
	*Value
}

// Read reads a document from the text of a file. Bodies in files of their own are left as they are written. The document is nil
// when one of the findings is an error.
func Read(name string, text []byte) (*Document, finding.List) {
	f := newFile(name, string(text))
	if len(text) > MaxSize {
		return nil, finding.List{f.finding(code.SourceTooLarge, 0, "the file has more than 2 MiB; a document has 1 MiB at most")}
	}
	if IsJSON(name, text) {
		return &Document{Name: name, Text: text, text: f}, nil
	}
	root, found := readYAML(f)
	if found.HasErrors() {
		return nil, found
	}
	return Write(name, root)
}

// Files names the files that say what the document says: its own first, then those with bodies.
func (d *Document) Files() []string {
	names := []string{d.Name}
	for i := range d.spots {
		if f := d.spots[i].file; f != nil && !slices.Contains(names, f.name) {
			names = append(names, f.name)
		}
	}
	return names
}

// IsJSON reports whether a text is read as JSON.
func IsJSON(name string, text []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return false
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\uFEFF")), " \t\r\n")
	return len(text) == 0 || text[0] == '{'
}

// Place leads from a line and a column of Text, as the engine counts them, to where a person wrote it. 0 and 0, no place, stay
// the file as a whole. It remembers the last place, so it is for one goroutine at a time.
func (d *Document) Place(line, column int) finding.Place {
	if line == 0 {
		return finding.Place{File: d.Name}
	}
	at := d.text.Offset(line, column)
	if d.root == nil {
		return d.text.place(at)
	}
	i := sort.Search(len(d.spots), func(i int) bool { return d.spots[i].at > at }) - 1
	if i < 0 || d.spots[i].file == nil {
		return finding.Place{File: d.Name}
	}
	s := d.spots[i]
	return s.file.place(d.cursor.origin(s.Value, at-s.at))
}

// Root is what the document says. It is nil for JSON that is not well-formed, or nests too deep; whoever reads Text says so.
func (d *Document) Root() *Value {
	if d.root == nil && d.parsed == nil {
		d.parsed = readJSON(d.text, 0)
	}
	return cmp.Or(d.root, d.parsed)
}

// SPDX-License-Identifier: Apache-2.0

// Package source reads what people write, JSON or YAML, into the one JSON text that the engine reads, and leads every place in
// that text back to the file, the line and the column where a person wrote it.
//
// It knows nothing of what a document means. A file is JSON when its first character is "{" and its name does not end in .yaml
// or .yml. JSON stays as it is, byte for byte.
//
// YAML is read as its version 1.2 says, with what a person meant where that is no question: a number that JSON has not, such as
// 0404 or 0x1F, is the text that was written, and so are dates, yes and no. Anchors, aliases and merge keys are resolved,
// within MaxSize.
package source

import (
	"bytes"
	"path/filepath"
	"sort"
	"strings"

	"gatewayresponses/internal/finding"
)

// MaxSize is the size of the largest file, in bytes, and of the JSON text that becomes of it: 4 MiB. A document has 1 MiB at
// most; what people write may hold comments, and spaces.
const MaxSize = 4 << 20

// Document is what one or several files say, as one JSON text.
type Document struct {
	// Name is what messages call it: the name of the file.
	Name string
	// Text is JSON. It must not change.
	Text []byte

	// spots are places of Text, in its order, nil when Text is what was written.
	spots []spot
	// written is the file that Text is, when it is one.
	written *file
}

// file is a file as it was written.
type file struct {
	name string
	text string
	// lines are the offsets where lines begin.
	lines []int
}

// spot is a scalar or a bracket of Text, and where it comes from.
type spot struct {
	// at is its first byte in Text.
	at int
	// value is the string that it is, "" of other values.
	value string
	// from is where it begins in file, as a byte.
	from  int
	style style
	file  *file
}

// Read reads a document from the text of a file. The document is nil when one of the findings is an error.
func Read(name string, text []byte) (*Document, finding.List) {
	f := newFile(name, text)
	if len(text) > MaxSize {
		return nil, finding.List{f.finding(0, "the file has more than 4 MiB; a document has 1 MiB at most")}
	}
	if isJSON(name, text) {
		return &Document{Name: name, Text: text, written: f}, nil
	}
	return readYAML(f)
}

// isJSON reports whether a text is read as JSON.
func isJSON(name string, text []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return false
	}
	text = bytes.TrimLeft(bytes.TrimPrefix(text, []byte("\uFEFF")), " \t\r\n")
	return len(text) == 0 || text[0] == '{'
}

// Place leads from a line and a column of Text, as the engine counts them, to where a person wrote it. 0 and 0, no place, stay
// the file as a whole.
func (d *Document) Place(line, column int) finding.Place {
	if line == 0 {
		return finding.Place{File: d.Name}
	}
	if d.spots == nil {
		return d.written.place(d.written.offset(line, column))
	}
	// What was made of YAML is one line.
	at := column - 1
	i := sort.Search(len(d.spots), func(i int) bool { return d.spots[i].at > at }) - 1
	if i < 0 {
		return finding.Place{File: d.Name}
	}
	s := &d.spots[i]
	return s.file.place(s.origin(at - s.at))
}

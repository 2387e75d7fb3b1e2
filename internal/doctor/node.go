// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"iter"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// maxExcerpt is how long a line may be, in bytes, to be shown.
const maxExcerpt = 1000

// file is a JSON text, and where it comes from.
type file struct {
	name, text string
	// blocks say where lines begin, once somebody has asked.
	blocks []block
	// document leads back to the YAML that the text was made of, and line is how many lines stand before that; nil for JSON.
	document *source.Document
	line     int
}

// blockSize is how many bytes a block has. A table of all lines could be larger than the text.
const blockSize = 64 << 10

// block is what stands before a block of a text: how many lines end there, and where the last one begins.
type block struct{ lines, start int }

// split counts the lines before each block.
func (f *file) split() {
	var next block
	for at := 0; at == 0 || at < len(f.text); at += blockSize {
		f.blocks = append(f.blocks, next)
		part := f.text[at:min(at+blockSize, len(f.text))]
		next.lines += strings.Count(part, "\n")
		if last := strings.LastIndexByte(part, '\n'); last >= 0 {
			next.start = at + last + 1
		}
	}
}

// place is where a byte of the text was written.
func (f *file) place(at int) finding.Place {
	if f.blocks == nil {
		f.split()
	}
	at = min(at, len(f.text))
	b := f.blocks[min(at/blockSize, len(f.blocks)-1)]
	before := f.text[min(at/blockSize, len(f.blocks)-1)*blockSize : at]
	line, start := b.lines+strings.Count(before, "\n")+1, b.start
	if last := strings.LastIndexByte(before, '\n'); last >= 0 {
		start = at - len(before) + last + 1
	}
	if f.document != nil {
		place := f.document.Place(line, at-start+1)
		place.Line += f.line
		return place
	}
	return finding.Place{File: f.name, Line: line, Column: at - start + 1, Excerpt: excerpt(f.text[start:])}
}

// excerpt is the line at the beginning of a text, "" for one that is too long to be shown.
func excerpt(text string) string {
	line, _, _ := strings.Cut(text[:min(len(text), maxExcerpt+1)], "\n")
	if len(line) > maxExcerpt {
		return ""
	}
	return strings.TrimSuffix(line, "\r")
}

// node is a value in a file. The zero node does not exist.
type node struct {
	gjson.Result
	// path leads to the value from the root.
	path string
	file *file
}

// newNode is the root of a file.
func newNode(f *file) node { return node{Result: gjson.Parse(f.text), file: f} }

// place is where the value was written.
func (n node) place() finding.Place {
	if n.file == nil {
		return finding.Place{}
	}
	return n.file.place(n.Index)
}

// members are the members of an object, in their order.
func (n node) members() iter.Seq2[string, node] {
	return func(yield func(string, node) bool) {
		if !n.IsObject() {
			return
		}
		n.ForEach(func(key, value gjson.Result) bool {
			return yield(key.Str, node{value, join(n.path, key.Str), n.file})
		})
	}
}

// join is the path of a member.
func join(path, key string) string {
	switch {
	case strings.ContainsAny(key, ". []\"") || key == "":
		return path + "[" + strconv.Quote(key) + "]"
	case path == "":
		return key
	}
	return path + "." + key
}

// each are the elements of an array.
func (n node) each() iter.Seq[node] {
	return func(yield func(node) bool) {
		if !n.IsArray() {
			return
		}
		i := 0
		n.ForEach(func(_, value gjson.Result) bool {
			element := node{value, n.path + "[" + strconv.Itoa(i) + "]", n.file}
			i++
			return yield(element)
		})
	}
}

// get walks down members by the names of Envoy's fields. Envoy writes them as its messages do, http_filters; JSON of messages can
// also have httpFilters.
func (n node) get(fields ...string) node {
	for _, field := range fields {
		n = n.field(field)
	}
	return n
}

// field is one member.
func (n node) field(name string) node {
	camel := camelCase(name)
	for key, value := range n.members() {
		if key == name || key == camel {
			return value
		}
	}
	return node{}
}

// camelCase is the other spelling of a field, httpFilters of http_filters.
func camelCase(name string) string {
	words := strings.Split(name, "_")
	for i, word := range words[1:] {
		if word != "" {
			words[i+1] = strings.ToUpper(word[:1]) + word[1:]
		}
	}
	return strings.Join(words, "")
}

// text is the value of a string, "" for anything else.
func (n node) text() string {
	if n.Type != gjson.String {
		return ""
	}
	return n.Str
}

// content is the value of a string, or the JSON of anything else.
func (n node) content() string {
	if n.Type == gjson.String {
		return n.Str
	}
	return n.Raw
}

// isTrue reports whether the value is true, or a BoolValue or string that says so.
func (n node) isTrue() bool { return n.Type == gjson.True || n.text() == "true" }

// typeName is the message that a value with @type is, without the host in front.
func (n node) typeName() string { return messageName(n.field("@type").text()) }

// messageName cuts "type.googleapis.com/" off.
func messageName(url string) string { return url[strings.LastIndexByte(url, '/')+1:] }

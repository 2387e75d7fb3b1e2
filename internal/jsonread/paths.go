// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"sort"
	"strconv"
	"strings"

	"gatewayresponses/internal/quote"
)

// step is a key or an element on the way to a value. Most documents have no findings, so steps are looked for when there is one.
type step struct {
	// offset is where the key or the element stands.
	offset int32
	// in is the step to the object or array that it is in, -1 for the root.
	in int32
	// element is its number, -1 for a key.
	element int32
}

// Path leads from the root to the key or value that has the byte at offset, e.g. a.b["application/json"][0]. It is "" for the
// root, and outside of source.
func (p *Places) Path(source []byte, offset int) string {
	if offset < 0 {
		return "" // a text that is refused for its size is not read for that
	}
	if p.steps == nil {
		p.steps = stepsOf(source)
	}
	last := sort.Search(len(p.steps), func(i int) bool { return int(p.steps[i].offset) > offset }) - 1
	if last < 0 {
		return ""
	}
	if p.path == "" || p.last != last {
		p.last, p.path = last, pathTo(source, p.steps, last)
	}
	return p.path
}

// pathTo is the path that ends with a step.
func pathTo(source []byte, steps []step, last int) string {
	var way []int
	for i := last; i >= 0; i = int(steps[i].in) {
		way = append(way, i)
	}
	var path strings.Builder
	for i := len(way) - 1; i >= 0; i-- {
		s := steps[way[i]]
		if s.element >= 0 {
			path.WriteString("[" + strconv.Itoa(int(s.element)) + "]")
			continue
		}
		writeKey(&path, keyAt(source, int(s.offset)))
	}
	return path.String()
}

// stepsOf lists the keys and elements of source in their order, up to a syntax error. It is never nil.
func stepsOf(source []byte) []step {
	d := newDecoder(source)
	steps := make([]step, 0, mostSteps(source))
	var open []int32 // the steps to the objects and arrays around
	in := int32(-1)
	for {
		kind := d.PeekKind()
		ends := kind == '}' || kind == ']'
		around, length := d.StackIndex(d.StackDepth())
		isKey := around == '{' && length%2 == 0
		if !ends && (isKey || around == '[') {
			next := step{offset: int32(ahead(source, d)), in: in, element: -1}
			if !isKey {
				next.element = int32(length)
			}
			steps = append(steps, next)
		}
		if _, err := d.ReadToken(); err != nil {
			return steps
		}
		switch {
		case kind == '{' || kind == '[':
			open = append(open, in)
			in = int32(len(steps) - 1)
		case ends:
			in, open = open[len(open)-1], open[:len(open)-1]
		}
	}
}

// mostSteps is how many keys and elements source can have: one at the beginning of each object and array, and one behind each comma.
func mostSteps(source []byte) int {
	count, inString := 0, false
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			i++
		case !inString && (c == ',' || c == '{' || c == '['):
			count++
		}
	}
	return count
}

// keyAt is the key that stands at offset, where the reader has found one.
func keyAt(source []byte, offset int) string {
	end := offset + 1
	for end < len(source) && source[end] != '"' {
		if source[end] == '\\' {
			end++
		}
		end++
	}
	return Literal{raw: source[offset:min(end+1, len(source))]}.Unquoted()
}

// maxPathKey is up to how many bytes a key stands in paths without brackets. Of a longer one there is the beginning only:
// the paths of all that is below it hold it, too.
const maxPathKey = 64

// writeKey extends a path by a key: .key when it is made of letters, digits and "_", else ["key"].
func writeKey(path *strings.Builder, key string) {
	if key == "" || len(key) > maxPathKey || strings.ContainsFunc(key, func(c rune) bool { return !IsWord(c) }) {
		path.WriteString("[" + quote.Text(key) + "]")
		return
	}
	if path.Len() > 0 {
		path.WriteByte('.')
	}
	path.WriteString(key)
}

// Below is the path of the member called key in what path leads to.
func Below(path, key string) string {
	var b strings.Builder
	b.WriteString(path)
	writeKey(&b, key)
	return b.String()
}

// IsWord reports whether c is an ASCII letter, a digit or "_".
func IsWord(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

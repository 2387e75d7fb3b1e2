// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"
)

// array reads an array and calls read for each of its elements, to read it. at is the array's own key; the Text that
// read gets has the element's path and offset, and no value.
func (d *decoder) array(at Text, read func(element Text)) {
	if d.json.PeekKind() != '[' {
		if found, ok := d.literal(at.Path); ok {
			d.wrongType(at.Path, found, "an array")
		}
		return
	}
	if !d.bracket(at) {
		return
	}
	for i := 0; d.json.PeekKind() != ']'; i++ {
		read(Text{Path: at.Path + "[" + strconv.Itoa(i) + "]", Offset: d.next()})
		if d.broken {
			return
		}
	}
	d.bracket(at)
}

// next is the offset of the next element.
func (d *decoder) next() int {
	rest := d.document.Source[d.json.InputOffset():]
	return len(d.document.Source) - len(bytes.TrimLeft(rest, whiteSpace+","))
}

// listOf reads an array of strings that is not empty, and returns those that check finds nothing wrong with.
func (d *decoder) listOf(key Text, check func(string) *flaw) []Text {
	var list []Text
	elements := 0
	isArray := d.json.PeekKind() == '['
	d.array(key, func(element Text) {
		elements++
		value, ok := d.text(element.Path)
		if !ok {
			return
		}
		if problem := check(value.Value); problem != nil {
			d.reportFlaw(value, problem)
			return
		}
		list = append(list, value)
	})
	if isArray && elements == 0 && !d.broken {
		d.report(Error, key.Path, key.Offset, "the list is empty, so it never holds; remove the key")
	}
	return list
}

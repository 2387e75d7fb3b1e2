// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"strconv"

	"gatewayresponses/internal/quote"
)

// array reads an array and calls read for each element, to read it. at is the array's own key. The Value of an element's
// Text is empty: only its place is known.
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
	for i := 0; isValue(byte(d.json.PeekKind())); i++ {
		read(Text{Path: at.Path + "[" + strconv.Itoa(i) + "]", Offset: d.ahead()})
		if d.broken {
			return
		}
	}
	d.bracket(at)
}

// list reads an array that holds when one of its elements does, so that it must have one.
func (d *decoder) list(at Text, read func(element Text)) {
	begin, empty := d.ahead(), true
	array := d.json.PeekKind() == '['
	d.array(at, func(element Text) {
		empty = false
		read(element)
	})
	if array && empty && !d.broken {
		d.report(Error, at.Path, begin, "the list is empty, so nothing can be on it; remove the key")
	}
}

// texts reads a list of strings.
func (d *decoder) texts(key Text) []Text {
	var all []Text
	d.list(key, func(element Text) {
		if text, ok := d.text(element.Path); ok {
			all = append(all, text)
		}
	})
	return all
}

// listOf reads a list of strings, and returns those that check finds nothing wrong with.
func (d *decoder) listOf(key Text, check func(string) *flaw) []Text {
	var all []Text
	for _, text := range d.texts(key) {
		if problem := check(text.Value); problem != nil {
			d.reportFlaw(text, problem)
			continue
		}
		all = append(all, text)
	}
	return all
}

// repeated tells whether an element of a list, which means value, stands there a second time, and reports it then. seen
// holds what the elements so far mean.
func (d *decoder) repeated(element Text, value string, seen map[string]bool) bool {
	if seen[value] {
		d.report(Error, element.Path, element.Offset, quote.Text(element.Value)+" is on the list already; keep one of them")
		return true
	}
	seen[value] = true
	return false
}

// boolean reads true or false.
func (d *decoder) boolean(key Text) (value, ok bool) {
	found, ok := d.literal(key.Path)
	if !ok {
		return false, false
	}
	switch found.kind() {
	case 't', 'f':
		return found.kind() == 't', true
	default:
		d.wrongType(key.Path, found, "true or false")
		return false, false
	}
}

// isValue tells the first bytes of values.
func isValue(kind byte) bool { return bytes.IndexByte([]byte(`nft"0{[`), kind) >= 0 }

// ahead is the offset of the next value.
func (d *decoder) ahead() int {
	text := d.document.Source
	return len(text) - len(bytes.TrimLeft(text[d.json.InputOffset():], whiteSpace+",:"))
}

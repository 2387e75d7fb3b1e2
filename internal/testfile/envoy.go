// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// envoy reads what Envoy knows of an exchange beside request and error.
func (d *decoder) envoy(at Text, e *exchange.Envoy) {
	e.Attributes = facts.Attributes{}
	envoyObject.read(d, at, e)
}

// maxNested is how deep metadata may nest. Nothing reads metadata that nests deeper.
const maxNested = 20

// nested reads objects in objects, and calls keep for each value with the keys that lead to it.
func (d *decoder) nested(at Text, before []string, keep func(keys []string, value string)) {
	d.Object(at, func(name Text) {
		keys := slices.Concat(before, []string{name.Value})
		switch {
		case d.Kind() == '{' && len(keys) == maxNested:
			d.Report(code.WrongType, jsonread.Error, name.Offset, "the metadata nests deeper than "+strconv.Itoa(maxNested)+" levels")
			d.Skip(name)
		case d.Kind() == '{':
			d.nested(name, keys, keep)
		case len(keys) < 2:
			d.Report(code.WrongType, jsonread.Error, name.Offset, quote.Text(name.Value)+" is a namespace; write an object with its keys")
			d.Skip(name)
		default:
			keep(keys, d.attribute(name))
		}
	})
}

// attribute reads a value, and returns it as Envoy hands it out.
func (d *decoder) attribute(at Text) string {
	found, ok := d.Literal(at)
	if !ok {
		return ""
	}
	switch found.Kind() {
	case '"':
		return found.Unquoted()
	case '0':
		number, err := strconv.ParseFloat(found.Raw(), 64)
		if err != nil {
			d.Report(code.BadNumber, jsonread.Error, found.Offset, found.Shown()+" is too large for a number")
		}
		return facts.Number(number)
	case 't', 'f':
		return facts.Boolean(found.Kind() == 't')
	}
	d.WrongType(at, found, "a text, a number, true or false")
	return ""
}

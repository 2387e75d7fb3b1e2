// SPDX-License-Identifier: Apache-2.0

package template

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// slot is a place where a value goes.
type slot struct {
	// before is the text between the previous slot and this one.
	before string
	// source is how long the variable is in the text of the template.
	source int
	// filter changes the value first; nil without one.
	filter escaper
	// quoted makes a JSON string of the value before it is escaped.
	quoted bool
	// escape makes the value safe for the place; nil where it stands as it is.
	escape escaper
	// absent stands in for a value that there is not.
	absent string
	// empty leaves the place empty, whatever the value is.
	empty bool
}

// fill appends the value as it may stand in the slot.
func (s *slot) fill(dst []byte, value string, ok bool) []byte {
	if !ok {
		return append(dst, s.absent...)
	}
	switch {
	case s.filter != nil && (s.quoted || s.escape != nil):
		value = string(s.filter(nil, value))
	case s.filter != nil:
		return s.filter(dst, value)
	}
	if s.quoted {
		value = string(appendJSONString(nil, value))
	}
	if s.escape == nil {
		return append(dst, value...)
	}
	return s.escape(dst, value)
}

const (
	// filterURL is the filter that makes a value safe in every part of a URL.
	filterURL = "url"
	// filterHTML is the filter that makes a value safe in the text of a page and in quoted attribute values.
	filterHTML = "html"
)

// setFilter finds the filter that a variable names.
func (p *parser) setFilter(v *variable) {
	switch v.filter {
	case "json":
		v.slot.filter = appendJSONContent
	case filterHTML:
		v.slot.filter = appendMarkup
	case filterURL:
		v.slot.filter = appendPercent
	default:
		const instead = `use one of "json", "html" or "url"`
		if p.options.Unsafe != Refuse {
			p.refuse(code.UnknownFilter, v, "has the unknown filter "+quote.Text(v.filter), instead)
			return
		}
		p.fail(code.UnknownFilter, v.end-len("}")-len(v.filter), "unknown filter "+quote.Text(v.filter)+"; "+instead)
	}
}

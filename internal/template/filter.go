// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/quote"

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
			p.refuse(v, "has the unknown filter "+quote.Text(v.filter), instead)
			return
		}
		p.fail(v.end-len("}")-len(v.filter), "unknown filter "+quote.Text(v.filter)+"; "+instead)
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/quote"

// filterURL is the filter that makes a value safe in every part of a URL.
const filterURL = "url"

// filter finds the filter called name, which stands at offset.
func (p *parser) filter(name string, offset int) escaper {
	switch name {
	case "json":
		return appendJSONContent
	case "html":
		return appendMarkup
	case filterURL:
		return appendPercent
	default:
		p.report(offset, "unknown filter "+quote.Text(name)+`; use one of "json", "html" or "url"`)
		return nil
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// meta is what is known of a <meta>, whose attributes come in any order.
type meta struct {
	is bool
	// pragma is its http-equiv, in lower case and without what browsers drop; "" without one.
	pragma string
	// contents are the values of its content. Of several, browsers take the first.
	contents []content
}

// content is the value of an attribute, from start to end, with its variables.
type content struct {
	start, end int
	variables  []variable
}

// noticeMeta takes notice of an attribute of a <meta>, whose value stands from start to end.
func (m *markup) noticeMeta(name string, start, end int, variables []variable) {
	switch {
	case !m.meta.is:
	case chars.EqualFold(name, "http-equiv"):
		value := strings.Map(withoutControls, unreferenced(m.text[start:end]))
		if m.meta.pragma != "refresh" {
			m.meta.pragma = chars.Lower(value)
		}
	case chars.EqualFold(name, "content") && len(variables) > 0:
		m.meta.contents = append(m.meta.contents, content{start, end, variables})
	}
}

// withoutControls drops white space and control characters.
func withoutControls(c rune) rune {
	if c <= ' ' || c == 0x7f {
		return -1
	}
	return c
}

// checkMeta reports the variables with which a client could choose where a page goes next, or what it may do.
func (m *markup) checkMeta() {
	for _, content := range m.meta.contents {
		switch m.meta.pragma {
		case "", "content-language":
		case "refresh":
			m.checkURLs(`<meta http-equiv="refresh">`, urlMetaRefresh, content.start, content.end, content.variables)
		default:
			m.refuseAll(content.variables, "stands in the content of a <meta http-equiv="+quote.Text(m.meta.pragma)+">", inOther)
		}
	}
}

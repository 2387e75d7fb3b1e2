// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"
	"strings"

	"gatewayresponses/internal/quote"
)

// urlAttributes hold a URL. Source: the index of attributes of the HTML standard, its obsolete features, and SVG 2;
// from, to and values are those of an animation, which can set an href.
var urlAttributes = []string{
	"action", "archive", "background", "cite", "classid", "codebase", "data", "dynsrc", "formaction", "from", "href", "icon",
	"longdesc", "lowsrc", "manifest", "poster", "profile", "src", "to", "usemap", "values",
}

// urlLists hold several, with spaces or commas between.
var urlLists = []string{"imagesrcset", "ping", "srcset"}

// isURLAttribute tells whether the attribute called name, in lower case, holds URLs.
func isURLAttribute(name string) bool {
	return slices.Contains(urlAttributes, name) || slices.Contains(urlLists, name)
}

// checkURL reports the last of variables if a client could choose with it what kind of URL the attribute called name
// holds. The value begins at start, and the other variables stand in it, too.
func (m *markup) checkURL(name string, start int, variables []variable) {
	v := variables[len(variables)-1]
	if slices.Contains(urlLists, name) {
		start += strings.LastIndexAny(m.text[start:v.start], spaces+",") + 1
	}
	head := m.text[start:v.start]
	// A character reference could stand for anything.
	end := strings.IndexAny(head, "/?#:&")
	switch {
	case end >= 0 && head[end] == ':' && isCode(head[:end]):
		m.refuse(v, "stands in a "+strings.ToLower(strings.TrimSpace(head[:end]))+": URL in "+quote.Text(name), inOther)
	case end >= 0 && head[end] == ':' && !mixesIn(variables, start, start+end):
	case end >= 0 && strings.IndexByte("/?#", head[end]) >= 0:
	case !v.harmlessInURL():
		m.refuse(v, "begins the URL in "+quote.Text(name)+", so that a client could choose its scheme",
			`begin with a path, a scheme or a stage variable and "/", or write "${`+v.name+`|url}"`)
	}
}

// isCode tells whether the rest of a URL of this scheme is run or rendered.
func isCode(scheme string) bool {
	switch strings.ToLower(strings.TrimSpace(scheme)) {
	case "javascript", "vbscript", "data":
		return true
	default:
		return false
	}
}

// mixesIn tells whether one of variables brings what a client sent into the bytes from start to end.
func mixesIn(variables []variable, start, end int) bool {
	return slices.ContainsFunc(variables, func(v variable) bool {
		return v.start >= start && v.start < end && !v.isOwners()
	})
}

// harmlessInURL tells whether the value cannot make a URL another one than the owner of the document wants.
func (v variable) harmlessInURL() bool { return v.isOwners() || v.filter == filterURL }

// isOwners tells whether the value comes from the owner of the document.
func (v variable) isOwners() bool { return strings.HasPrefix(v.name, "stageVariables.") }

// noticeMeta takes notice of an attribute of a <meta>, with its value and the variables in it.
func (m *markup) noticeMeta(tag, name, value string, variables []variable) {
	switch {
	case !m.active || localName(tag) != "meta":
	case strings.EqualFold(name, "http-equiv"):
		m.refresh = strings.EqualFold(strings.TrimSpace(value), "refresh")
	case strings.EqualFold(name, "content"):
		m.content = append(m.content, variables...)
	}
}

// checkRefresh reports the variables with which a client could choose where a page goes next.
func (m *markup) checkRefresh() {
	for _, v := range m.content {
		if m.refresh && !v.harmlessInURL() {
			m.refuse(v, `stands in the URL of a <meta http-equiv="refresh">`, `use a stage variable, or write "${`+v.name+`|url}"`)
		}
	}
}

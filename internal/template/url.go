// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
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

// checkURLs reports those of variables with which a client could choose what kind of URL the attribute or header called
// name holds. They are all that stand in the value, which begins at start.
func (m *markup) checkURLs(name string, start int, variables []variable) {
	head, isList := urlHead{text: m.text, start: start, at: start}, slices.Contains(urlLists, name)
	for i := range variables {
		v := &variables[i]
		if isList {
			head.begin(v.start)
		}
		head.read(v.start)
		switch {
		case head.mark == ':' && isCode(head.scheme):
			m.refuse(v, "stands in a "+head.scheme+": URL in "+quote.Text(name), inOther)
		case head.isHost(v.start) && !v.harmlessInURL():
			m.refuse(v, "begins a path in "+quote.Text(name)+`, so that a client could begin it with "/" and choose the host`,
				`write "${`+v.name+`|url}", or something between "/" and the variable`)
		case head.inHost && isInLink(v.name) && (v.filter != filterURL || m.endsHost(v.end)):
			m.refuse(v, "stands in the host of the URL in "+quote.Text(name)+", so that a client could choose another one",
				`write "/" in front of it, or "${`+v.name+`|url}" in front of the end of the host`)
		case head.mark == ':' && !head.mixed, head.mark != 0 && strings.IndexByte("/?#", head.mark) >= 0:
		case !v.harmlessInURL():
			m.refuse(v, "begins the URL in "+quote.Text(name)+", so that a client could choose its scheme",
				`begin with a path, a scheme or a stage variable and "/", or write "${`+v.name+`|url}"`)
		}
		head.pass(v)
	}
}

// checkURL reports variables with which a client could choose where a browser goes: the text is the URL of a header.
func (p *parser) checkURL() {
	if p.options.URL != "" {
		m := markup{parser: p, text: p.masked()}
		m.checkURLs(p.options.URL, 0, p.variables)
	}
}

// harmlessInURL tells whether the value cannot make a URL another one than the owner of the document wants.
func (v *variable) harmlessInURL() bool { return v.isOwners() || v.filter == filterURL }

// isOwners tells whether the value comes from the owner of the document.
func (v *variable) isOwners() bool { return strings.HasPrefix(v.name, "stageVariables.") }

// isInLink tells whether the value stands in the URL of the request, so that whoever makes a link chooses it. The headers of
// a request are its client's own: a host may well come from X-Forwarded-Host.
func isInLink(name string) bool {
	rest, ok := strings.CutPrefix(name, "method.request.")
	word, _, _ := strings.Cut(rest, ".")
	return ok && !strings.HasSuffix(word, "header")
}

// endsHost tells whether no part of a host follows: then a value can go on with ".example.org", which |url leaves as it is.
func (m *markup) endsHost(end int) bool {
	return end == len(m.text) || strings.IndexByte(spaces+`/?#\:"',`, m.text[end]) >= 0
}

// noticeMeta takes notice of an attribute of a <meta>, with its value and the variables in it.
func (m *markup) noticeMeta(name, value string, variables []variable) {
	switch {
	case !m.meta:
	case chars.EqualFold(name, "http-equiv"):
		m.refresh = chars.EqualFold(strings.TrimSpace(value), "refresh")
	case chars.EqualFold(name, "content"):
		for i := range variables {
			m.content = append(m.content, &variables[i])
		}
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

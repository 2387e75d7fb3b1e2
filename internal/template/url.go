// SPDX-License-Identifier: Apache-2.0

package template

import (
	"strings"
)

// urlKind says how URLs stand in an attribute or header.
type urlKind uint8

const (
	urlNone urlKind = iota
	// urlAttribute is an attribute with one URL.
	urlAttribute
	// urlCandidates is an attribute with several, with spaces or commas between.
	urlCandidates
	// urlValues is an attribute with several, with semicolons between.
	urlValues
	// urlMetaRefresh is the content of a <meta http-equiv="refresh">: a number of seconds, and a URL.
	urlMetaRefresh
	// urlHeader is a header with one URL.
	urlHeader
	// urlRefresh is the header Refresh, which is like that content.
	urlRefresh
	// urlLink is the header Link: URLs in "<" and ">", with parameters.
	urlLink
)

// urlAttributes hold URLs. Source: the index of attributes of the HTML standard, its obsolete features, SVG 2 and MathML 3;
// from, to, by and values are those of an animation, which can set an href; base is xml:base.
var urlAttributes = map[string]urlKind{
	"action": urlAttribute, "altimg": urlAttribute, "background": urlAttribute, "base": urlAttribute, "by": urlAttribute, "cite": urlAttribute,
	"classid": urlAttribute, "codebase": urlAttribute, "data": urlAttribute, "definitionurl": urlAttribute, "dynsrc": urlAttribute,
	"formaction": urlAttribute, "from": urlAttribute, "href": urlAttribute, "icon": urlAttribute, "itemid": urlAttribute,
	"longdesc": urlAttribute, "lowsrc": urlAttribute, "manifest": urlAttribute, "poster": urlAttribute, "profile": urlAttribute,
	"src": urlAttribute, "to": urlAttribute, "usemap": urlAttribute,

	"archive": urlCandidates, "attributionsrc": urlCandidates, "imagesrcset": urlCandidates, "itemtype": urlCandidates,
	"ping": urlCandidates, "srcset": urlCandidates,

	"values": urlValues,
}

// isMarkup reports whether "&" begins a character reference.
func (k urlKind) isMarkup() bool { return k <= urlMetaRefresh }

// isList reports whether a value could bring further URLs along, unless it is percent-encoded.
func (k urlKind) isList() bool { return k != urlAttribute && k != urlHeader }

// isRefresh reports whether a number of seconds stands in front of the URL.
func (k urlKind) isRefresh() bool { return k == urlMetaRefresh || k == urlRefresh }

// separates reports whether another URL begins behind c, where a reader has come to.
func (k urlKind) separates(r *urlReader, c rune) bool {
	switch k {
	case urlCandidates:
		return c == ',' || c == ' ' || c >= '\t' && c <= '\r'
	case urlValues:
		return c == ';'
	case urlMetaRefresh, urlRefresh:
		// In a URL none of them begins another one.
		return r.state == urlStart &&
			(c == ' ' || c == ';' || c == ',' || c == '\'' || c == '"' || c == '=' && (len(r.scheme) == 0 || string(r.scheme) == "url"))
	case urlLink:
		return c == '<'
	default:
		return false
	}
}

// checkURLs reports those of variables with which a client could choose where the URLs in a place lead. They are all that stand
// in the text from start to end.
func (p *parser) checkURLs(place string, kind urlKind, start, end int, variables []variable) {
	r := urlReader{parser: p, place: place, kind: kind, at: start, forks: new(int)}
	r.walk(variables, end)
}

// isOwners reports whether the value comes from the owner of the document.
func (v *variable) isOwners() bool {
	switch v.name {
	case "context.accountId", "context.apiId", "context.stage":
		return true
	}
	return strings.HasPrefix(v.name, "stageVariables.")
}

// isURL reports whether the value has nothing in it that means something in a URL.
func (v *variable) isURL() bool {
	switch v.name {
	case "context.status", "context.envoy.originalStatus", "context.error.responseType":
		return true
	}
	return v.filter == filterURL
}

// filtered is what to write for a value that is safe in a URL.
func (v *variable) filtered() string { return `"${` + v.name + `|url}"` }

// isInLink reports whether whoever makes a link, or answers in Envoy's place, chooses the value. The headers of a request are its
// client's own: a host may well come from X-Forwarded-Host.
func (v *variable) isInLink() bool {
	switch v.name {
	case "context.error.validationErrorString", "context.envoy.body", "context.envoy.responseCodeDetails":
		return true
	}
	// A parameter of method.input may be a header, and may be none.
	rest, ok := strings.CutPrefix(v.name, "method.")
	return ok && !strings.HasPrefix(rest, "request.header.") && !strings.HasPrefix(rest, "request.multivalueheader.") || v.isPath()
}

// isPath reports whether the value is a path, which begins with a slash.
func (v *variable) isPath() bool {
	return v.name == "context.path" || v.name == "context.resourcePath" || v.name == "context.envoy.originalPath"
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// place decides for every variable how its value enters the text.
func (p *parser) place() {
	if len(p.variables) == 0 {
		return
	}
	switch syntaxOf(p.options.MediaType) {
	case syntaxPlain:
		p.placeText(nil)
		p.checkHeader()
	case syntaxJSON:
		p.placeJSON()
	case syntaxForm:
		p.placeText(appendPercent)
	case syntaxHTML:
		p.placeMarkup((*parser).checkHTML)
	case syntaxXML:
		p.placeMarkup((*parser).checkXML)
	default:
		p.placeUnknown()
	}
	if p.options.Unsafe == Insert {
		p.placeText(nil)
		p.warnOfMarkup()
	}
}

// placeUnknown is for a media type without escaping.
func (p *parser) placeUnknown() {
	mediaType := quote.Text(p.options.MediaType)
	if p.options.Unsafe == Refuse {
		p.fail(code.NoEscaping, p.variables[0].start, "no variable can be used in "+mediaType+
			", for which there is no escaping; write the text without variables, or use JSON, HTML, XML, a form or text/plain")
		return
	}
	for i := range p.variables {
		p.refuse(code.NoEscaping, &p.variables[i], "stands in "+mediaType+", for which there is no escaping", "use JSON, HTML, XML, a form or text/plain")
	}
}

// warnOfMarkup warns once of values that enter a page as they are: whoever asks for raw values has JSON in mind, and a page
// is where they do most harm.
func (p *parser) warnOfMarkup() {
	if syntax := syntaxOf(p.options.MediaType); syntax != syntaxHTML && syntax != syntaxXML {
		return
	}
	for i := range p.variables {
		if v := &p.variables[i]; v.filter == "" && !v.isOwners() {
			p.warn(code.RawMarkup, v.start, "values enter "+quote.Text(p.options.MediaType)+" as they are (escaping: aws), so that a client can write elements of it; write "+
				quote.Text("${"+v.name+"|"+filterHTML+"}")+`, or escape by media type with "escaping": "auto"`)
			return
		}
	}
}

// placeText treats all of the text alike. escape is nil for a text without a syntax.
func (p *parser) placeText(escape escaper) {
	for i := range p.variables {
		v := &p.variables[i]
		v.slot.escape = escape
		if v.kind == KindQuoted {
			v.slot.quoted = true
			v.slot.absent = "null"
		} else {
			v.slot.absent = ""
		}
	}
}

// placeMarkup escapes all of the text alike, but for the places that the check refuses.
func (p *parser) placeMarkup(check func(*parser)) {
	p.placeText(appendMarkup)
	check(p)
	p.recheck(check)
}

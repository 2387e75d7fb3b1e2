// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/quote"

// place decides for every variable how its value enters the text.
func (p *parser) place() {
	if len(p.variables) == 0 {
		return
	}
	switch syntaxOf(p.options.MediaType) {
	case syntaxPlain:
		p.placeText(appendPlain)
		p.checkURL()
	case syntaxJSON:
		if p.options.Raw {
			p.placeText(appendPlain)
		} else {
			p.placeJSON()
		}
	case syntaxForm:
		p.placeText(appendPercent)
	case syntaxHTML:
		p.placeText(appendMarkup)
		p.checkHTML()
	case syntaxXML:
		p.placeText(appendMarkup)
		p.checkXML()
	default:
		p.report(p.variables[0].start, "no variable can be used in "+quote.Text(p.options.MediaType)+
			", for which there is no escaping; write the text without variables, or use JSON, HTML, XML, a form or text/plain")
	}
}

// placeText treats all of the text alike.
func (p *parser) placeText(escape escaper) {
	for i := range p.variables {
		v := &p.variables[i]
		v.slot.escape = escape
		if v.kind == KindQuoted {
			v.slot.quoted = true
			v.slot.absent = "null"
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"sort"
	"strings"

	"gatewayresponses/internal/quote"
)

// variable is one variable in the text of a template.
type variable struct {
	// start and end delimit its source, "$" and braces included.
	start, end int
	// name has neither.
	name string
	// filter is the name of the filter, "" without one.
	filter string
	kind   Kind
	// slot is what becomes of it.
	slot slot
}

// parser gathers what is learnt of a template.
type parser struct {
	text      string
	options   Options
	variables []variable
	errors    []Error
	// lastBrace is where the last "}" stands, -1 without one. It keeps the search for one linear.
	lastBrace int
}

// Parse reads text. All that is wrong is returned at once, in the order of the text; the template is nil unless there is
// nothing.
func Parse(text string, options Options) (*Template, []Error) {
	p := parser{text: text, options: options, lastBrace: strings.LastIndexByte(text, '}')}
	p.scan()
	p.resolve()
	p.place()
	if len(p.errors) > 0 {
		sort.Stable(byOffset(p.errors))
		return nil, p.errors
	}
	return p.template(), nil
}

// byOffset sorts errors.
type byOffset []Error

func (e byOffset) Len() int           { return len(e) }
func (e byOffset) Swap(i, j int)      { e[i], e[j] = e[j], e[i] }
func (e byOffset) Less(i, j int) bool { return e[i].Offset < e[j].Offset }

// report adds an error at a byte of the text.
func (p *parser) report(offset int, message string) {
	p.errors = append(p.errors, Error{Offset: offset, Message: message})
}

// scan finds the variables.
func (p *parser) scan() {
	for at := 0; ; {
		dollar := strings.IndexByte(p.text[at:], '$')
		if dollar < 0 {
			return
		}
		at += dollar
		if strings.HasPrefix(p.text[at:], "${") {
			at = p.braced(at)
			continue
		}
		length := nameLength(p.text[at+1:])
		if length > 0 {
			p.variables = append(p.variables, variable{start: at, end: at + 1 + length, name: p.text[at+1 : at+1+length]})
		}
		at += 1 + length
	}
}

// braced reads what begins with "${" at start, and returns where to go on.
func (p *parser) braced(start int) int {
	inner := start + len("${")
	root := rootOf(p.text[inner:])
	if root == "" {
		return inner
	}
	if inner > p.lastBrace {
		return p.unclosed(start, inner)
	}
	if p.text[inner+len(root)] != '.' {
		return inner
	}
	end := inner + strings.IndexByte(p.text[inner:], '}')
	name, filter, filtered := strings.Cut(p.text[inner:end], "|")
	v := variable{start: start, end: end + 1, name: name, filter: filter}
	if filtered {
		v.slot.filter = p.filter(filter, inner+len(name)+1)
	}
	p.variables = append(p.variables, v)
	return v.end
}

// unclosed reports a "${" at start that has no "}" after it, and returns where to go on.
func (p *parser) unclosed(start, inner int) int {
	root := rootOf(p.text[inner:])
	source, closed := "${"+root, "${"+root+".NAME}"
	if length := nameLength(p.text[inner:]); length > 0 {
		source = p.text[start : inner+length]
		closed = source + "}"
	}
	p.report(start, quote.Text(source)+" is not closed; write "+quote.Text(closed))
	return start + len(source)
}

// resolve asks what the names mean.
func (p *parser) resolve() {
	for i := range p.variables {
		v := &p.variables[i]
		kind, err := p.options.Resolve(v.name)
		if err != nil {
			p.report(v.start, err.Error())
		}
		v.kind = kind
	}
}

// template is the result, once nothing is wrong.
func (p *parser) template() *Template {
	t := &Template{}
	at := 0
	for _, v := range p.variables {
		v.slot.before = p.text[at:v.start]
		t.slots = append(t.slots, v.slot)
		t.names = append(t.names, v.name)
		at = v.end
	}
	t.tail = p.text[at:]
	return t
}

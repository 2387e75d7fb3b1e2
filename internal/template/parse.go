// SPDX-License-Identifier: Apache-2.0

package template

import (
	"sort"
	"strings"

	"gatewayresponses/internal/code"
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
	// isRefused reports whether it cannot be used where it stands, so that there is no more to say.
	isRefused bool
}

// parser gathers what is learnt of a template.
type parser struct {
	text      string
	options   Options
	variables []variable
	findings  []Finding
	// refused reports whether one of the findings is an error.
	refused bool
	// lastBrace is where the last "}" stands, -1 without one. It keeps the search for one linear.
	lastBrace int
}

// Parse reads text. All findings are returned at once, in the order of the text; the template is nil when one of them is an
// error.
func Parse(text string, options Options) (*Template, []Finding) {
	p := parser{text: text, options: options, lastBrace: strings.LastIndexByte(text, '}')}
	p.scan()
	p.resolve()
	p.place()
	sort.Stable(byOffset(p.findings))
	if p.refused {
		return nil, p.findings
	}
	return p.template(), p.findings
}

// byOffset sorts findings.
type byOffset []Finding

func (f byOffset) Len() int           { return len(f) }
func (f byOffset) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f byOffset) Less(i, j int) bool { return f[i].Offset < f[j].Offset }

// fail adds an error at a byte of the text.
func (p *parser) fail(c code.Code, offset int, message string) {
	p.refused = true
	p.findings = append(p.findings, Finding{Code: c, Offset: offset, Message: message})
}

// warn adds a warning at a byte of the text.
func (p *parser) warn(c code.Code, offset int, message string) {
	p.findings = append(p.findings, Finding{Code: c, Offset: offset, Message: message, Warning: true})
}

// refuse reports a variable that cannot be used where it stands: problem says why, and instead what would be right.
func (p *parser) refuse(c code.Code, v *variable, problem, instead string) {
	if v.isRefused {
		return
	}
	v.isRefused = true
	source := quote.Text(p.text[v.start:v.end])
	switch p.options.Unsafe {
	case Refuse:
		p.fail(c, v.start, source+" "+problem+"; "+instead)
	case Empty:
		v.slot.empty = true
		p.warn(c, v.start, source+" "+problem+"; it stays empty; "+instead)
	case Insert:
		p.warn(c, v.start, source+" "+problem+"; its value is inserted as it is (escaping: aws); "+instead)
	}
}

// scan finds the variables.
func (p *parser) scan() {
	if count := strings.Count(p.text, "$"); count > 0 {
		p.variables = make([]variable, 0, min(count, 8)) // not every "$" begins one
	}
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
		p.setFilter(&v)
	}
	p.variables = append(p.variables, v)
	return v.end
}

// unclosed reports a "${" at start that has no "}" after it, and returns where to go on. To AWS it is text.
func (p *parser) unclosed(start, inner int) int {
	root := rootOf(p.text[inner:])
	source, closed := "${"+root, "${"+root+".NAME}"
	if length := nameLength(p.text[inner:]); length > 0 {
		source = p.text[start : inner+length]
		closed = source + "}"
	}
	if p.options.Unsafe == Refuse {
		p.fail(code.UnclosedVariable, start, quote.Text(source)+" is not closed; write "+quote.Text(closed))
	} else {
		p.warn(code.UnclosedVariable, start, quote.Text(source)+" is not closed, so that it is text; write "+quote.Text(closed))
	}
	return start + len(source)
}

// resolve asks what the names mean.
func (p *parser) resolve() {
	for i := range p.variables {
		v := &p.variables[i]
		more := ""
		if p.text[v.end-1] != '}' {
			more = p.text[v.end : v.end+moreLength(p.text[v.end:])]
		}
		kind, remark := p.options.Resolve(v.name, more)
		switch {
		case remark == nil:
		case remark.Warning:
			p.warn(remark.Code, v.start, remark.Message)
		default:
			p.fail(remark.Code, v.start, remark.Message)
		}
		v.kind = kind
	}
}

// template is the result, once nothing is wrong.
func (p *parser) template() *Template {
	if len(p.variables) == 0 {
		return &Template{tail: p.text}
	}
	t := &Template{slots: make([]slot, 0, len(p.variables)), names: make([]string, 0, len(p.variables))}
	at := 0
	for _, v := range p.variables {
		v.slot.before, v.slot.source = p.text[at:v.start], v.end-v.start
		t.slots = append(t.slots, v.slot)
		t.names = append(t.names, v.name)
		t.size += len(v.slot.before)
		at = v.end
	}
	t.tail = p.text[at:]
	t.size += len(t.tail)
	return t
}

// SPDX-License-Identifier: Apache-2.0

package template

import "gatewayresponses/internal/code"

// recheck looks once more at a text of HTML or XML in which variables were left empty. Without them it may be read in another
// way: what was "<$context.path!--" is a comment now. When a variable that is left has no place in that, none has.
func (p *parser) recheck(check func(*parser)) {
	rest := p.withoutEmpty()
	if len(rest.variables) == len(p.variables) {
		return
	}
	check(rest)
	if !rest.refused {
		return
	}
	for i := range p.variables {
		if v := &p.variables[i]; !v.slot.empty {
			p.refuse(code.UnsafePlace, v, "stands in a text that is read in another way once other variables are empty", "mend those first")
		}
	}
}

// withoutEmpty is a parser for the text without the variables that are left empty; it refuses what it finds.
func (p *parser) withoutEmpty() *parser {
	rest := &parser{options: p.options}
	rest.options.Unsafe = Refuse
	text, at := make([]byte, 0, len(p.text)), 0
	for i := range p.variables {
		v := p.variables[i]
		text = append(text, p.text[at:v.start]...)
		at = v.end
		if v.slot.empty {
			continue
		}
		source := p.text[v.start:v.end]
		v.start = len(text)
		text = append(text, source...)
		v.end = len(text)
		rest.variables = append(rest.variables, v)
	}
	rest.text = string(append(text, p.text[at:]...))
	return rest
}

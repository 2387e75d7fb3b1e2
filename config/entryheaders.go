// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// setter is a key that sets a header.
type setter struct {
	key Text
	// mapping reports whether the key is one of responseParameters.
	mapping bool
}

// responseParameters reads the header mappings.
func (d *decoder) responseParameters(key Text, e *entry) {
	if !d.once(key, e) {
		d.Skip(key)
		return
	}
	e.overruled = false
	d.Object(key, func(key Text) {
		if slices.Contains(grammar.SAMKeys, key.Value) && d.Kind() == '{' {
			d.samParameters(key, e)
			return
		}
		header, problem := grammar.ParseTarget(key.Value, d.Search())
		d.mapping(key, header, problem, e)
	})
	if e.overruled {
		e.Parameters = slices.DeleteFunc(e.Parameters, func(p Parameter) bool { return e.headers[chars.Lower(p.Header)].key != p.Key })
	}
}

// mapping reads the value of a mapping whose key sets header, or has a problem.
func (d *decoder) mapping(key Text, header string, problem *grammar.Flaw, e *entry) {
	if problem != nil {
		d.reportForeign(key, problem, ignored)
	}
	claimed := problem == nil && d.claimMapping(key, header, e)
	if parameter, ok := d.source(key); ok && claimed {
		parameter.Header = header
		e.Parameters = append(e.Parameters, parameter)
	}
}

// source reads the value of a header mapping.
func (d *decoder) source(key Text) (Parameter, bool) {
	value, ok := d.Text(key)
	if !ok {
		return Parameter{}, false
	}
	source, problem := grammar.ParseSource(value.Value, d.Search())
	switch {
	case problem != nil:
		d.reportForeign(value, problem, ignored)
	case len(source.Literal) > MaxHeaderValue:
		d.ReportAt(code.BadHeaderValue, Error, value, grammar.Whole, "the static value has "+strconv.Itoa(len(source.Literal))+" bytes; use at most "+strconv.Itoa(MaxHeaderValue))
		return Parameter{}, false
	}
	return Parameter{Key: key, Value: value, Static: source.Static, Literal: source.Literal, Variable: source.Variable}, problem == nil
}

// headers reads the header templates.
func (d *decoder) headers(key Text, e *entry) {
	d.Object(key, func(key Text) {
		problem := grammar.CheckHeaderName(key.Value)
		if problem != nil {
			d.reportFlaw(key, problem)
		}
		claimed := problem == nil && d.claim(key, key.Value, e)
		value, ok := d.Text(key)
		if !ok {
			return
		}
		if problem := grammar.CheckHeaderText(value.Value); problem != nil {
			d.reportFlaw(value, problem)
			return
		}
		if claimed {
			e.Headers = append(e.Headers, Member{key, value})
		}
	})
}

// claim notes that a key of headers sets header, unless another key does so already.
func (d *decoder) claim(key Text, header string, e *entry) bool {
	name := chars.Lower(header)
	if other, taken := e.headers[name]; taken {
		d.reportFlaw(key, d.setTwice(header, other))
		return false
	}
	e.headers[name] = setter{key, false}
	return true
}

// claimMapping does the same for a mapping. AWS takes two mappings whose names differ in case: the first one in byte order
// is kept, for an object has no order of its own.
func (d *decoder) claimMapping(key Text, header string, e *entry) bool {
	name := chars.Lower(header)
	other, taken := e.headers[name]
	switch {
	case taken && !other.mapping:
		d.reportFlaw(key, d.setTwice(header, other))
		return false
	case taken && other.key.Value < key.Value:
		d.reportForeign(key, d.setTwice(header, other), ignored)
		return false
	case taken:
		e.overruled = true
		d.reportForeign(key, d.setTwice(header, other), " ("+d.Path(other.key)+" is ignored)")
	}
	e.headers[name] = setter{key, true}
	return true
}

// setTwice is the flaw of a key that sets a header that another one sets already.
func (d *decoder) setTwice(header string, other setter) *grammar.Flaw {
	return grammar.Wrong(code.HeaderSetTwice, "header "+quote.Text(header)+" is set by "+d.Path(other.key)+" already; keep one of them")
}

// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// HeaderCondition is a condition on one header.
type HeaderCondition struct {
	// Name is the header, as written.
	Name Text
	// Test is what is asked of it.
	Test HeaderTest
	// Value is the text or the glob to compare with.
	Value string
}

// HeaderTest is what a condition asks of a header.
type HeaderTest uint8

// The tests.
const (
	// HeaderPresent wants the header to be there.
	HeaderPresent HeaderTest = iota + 1
	// HeaderAbsent wants the header not to be there.
	HeaderAbsent
	// HeaderEquals wants a line with exactly the value.
	HeaderEquals
	// HeaderGlob wants a line that the glob matches.
	HeaderGlob
)

// headerConditions reads conditions on headers, all of which must hold. check looks at their names.
func (d *decoder) headerConditions(key Text, check func(name string) *grammar.Flaw) []HeaderCondition {
	var all []HeaderCondition
	d.List(key, func(element Text) { all = append(all, d.headerCondition(element, check)) })
	return all
}

// condition is a HeaderCondition that is being read.
type condition struct {
	HeaderCondition
	// check looks at the name.
	check func(name string) *grammar.Flaw
}

// headerCondition reads one condition.
func (d *decoder) headerCondition(at Text, check func(name string) *grammar.Flaw) HeaderCondition {
	c := condition{check: check}
	written := conditionObject.read(d, at, &c)
	if written == nil || d.Broken() {
		return c.HeaderCondition
	}
	if _, named := written.find("name"); !named {
		d.Report(code.MissingKey, Error, at.Offset, `the condition names no header; add "name"`)
	}
	d.checkTests(at, written)
	return c.HeaderCondition
}

// checkTests reports a condition that does not ask exactly one thing.
func (d *decoder) checkTests(at Text, written written) {
	var tests []Text
	for _, name := range []string{"present", "equals", "glob"} {
		if test, ok := written.find(name); ok {
			tests = append(tests, test)
		}
	}
	if tests == nil {
		d.Report(code.MissingKey, Error, at.Offset, `the condition asks nothing of the header; add "present", "equals" or "glob"`)
		return
	}
	first := tests[0]
	for _, test := range tests {
		if test.Offset < first.Offset {
			first = test
		}
	}
	for _, test := range tests {
		if test != first {
			d.Report(code.ConflictingKeys, Error, test.Offset, quote.Text(test.Value)+" beside "+quote.Text(first.Value)+"; keep one of them")
		}
	}
}

// checkedText reads a string, and reports what check finds wrong with it.
func (d *decoder) checkedText(key Text, check func(string) *grammar.Flaw) Text {
	value, ok := d.Text(key)
	if !ok {
		return Text{}
	}
	if problem := check(value.Value); problem != nil {
		d.reportFlaw(value, problem)
	}
	return value
}

// value reads a string.
func (d *decoder) value(key Text) string {
	value, _ := d.Text(key)
	return value.Value
}

// presence reads whether the header must be there.
func (d *decoder) presence(key Text) HeaderTest {
	if present, _ := d.Boolean(key); present {
		return HeaderPresent
	}
	return HeaderAbsent
}

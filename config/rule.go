// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// Rule is one of the owner's rules, which name replies before the built-in table does.
type Rule struct {
	// Name is the rule's, or where it stands ("classification[2]") when it has none.
	Name string
	// When holds the conditions, all of which must hold. There is at least one.
	When When
	// ResponseType is the type of the reply, "" when Leave.
	ResponseType ResponseType
	// Message takes the place of the type's, "" for none.
	Message string
	// Leave reports that the reply goes through as Envoy made it.
	Leave bool
}

// When is what a rule asks of a reply. A list is nil when the document does not have its key, and else holds when one of
// its elements does, but for the conditions on headers, all of which must hold.
type When struct {
	// Details and Filters are globs on the response code details and on the name of the filter that sent the reply.
	Details, Filters []Text
	// Flags are short names of response flags.
	Flags []Text
	// Statuses are ranges of HTTP statuses. Those below 400 are redirects, which only a rule with Details or Filters and
	// with SourceLocal has.
	Statuses []StatusRange
	// GRPCStatuses are values of the header grpc-status, and GRPCStatusKey is the key that they stand behind.
	GRPCStatuses  []GRPCStatus
	GRPCStatusKey Text
	// RequestHeaders and ResponseHeaders are conditions on single headers.
	RequestHeaders, ResponseHeaders []HeaderCondition
	// Source is whose replies are meant. It is no condition: a rule needs another one.
	Source Source
}

// NamesRedirects reports whether Statuses has redirects.
func (w *When) NamesRedirects() bool {
	for _, status := range w.Statuses {
		if status.Low < 400 {
			return true
		}
	}
	return false
}

// isEmpty reports that there is no condition.
func (w *When) isEmpty() bool {
	return w.Details == nil && w.Filters == nil && w.Flags == nil && w.Statuses == nil && w.GRPCStatuses == nil &&
		w.RequestHeaders == nil && w.ResponseHeaders == nil
}

// rules reads the owner's rules.
func (d *decoder) rules(key Text, document *Document) {
	d.Array(key, func(element Text) {
		before := d.Errors()
		rule := d.rule(element)
		if d.Errors() > before {
			rule.silence()
		}
		document.Rules = append(document.Rules, rule)
	})
}

// silence makes a rule with errors say nothing. Whether there are such flags is checked by whoever compiles the document.
func (r *Rule) silence() { *r = Rule{Name: r.Name, When: When{Flags: r.When.Flags}} }

// rule reads one rule.
func (d *decoder) rule(at Text) Rule {
	rule := Rule{Name: "classification[" + strconv.Itoa(len(d.document.Rules)) + "]"}
	if written := ruleObject.read(d, at, &rule); written != nil && !d.Broken() {
		d.checkRule(at, written)
	}
	return rule
}

// checkRule reports keys that a rule lacks, and keys that do not go together.
func (d *decoder) checkRule(at Text, written written) {
	leave, leaves := written.find("leave")
	_, names := written.find("responseType")
	message, words := written.find("message")
	switch {
	case leaves && names:
		d.Report(code.ConflictingKeys, Error, leave.Offset, `"leave" beside "responseType"; keep one of them`)
	case !leaves && !names:
		d.Report(code.MissingKey, Error, at.Offset, `the rule says nothing of the reply; add "responseType" or "leave": true`)
	}
	if leaves && words {
		d.Report(code.ConflictingKeys, Error, message.Offset, `"message" beside "leave", which sends none; remove it`)
	}
	if _, ok := written.find("when"); !ok {
		d.Report(code.MissingKey, Error, at.Offset, `the rule has no conditions; add "when"`)
	}
}

// nonEmpty reads a string that says something into target.
func (d *decoder) nonEmpty(key Text, target *string) {
	value, ok := d.Text(key)
	if ok && value.Value == "" {
		d.Report(code.EmptyText, Error, value.Offset, quote.Text(key.Value)+" is empty; write a text, or remove the key")
	} else if ok {
		*target = value.Value
	}
}

// typeName reads the name of a type; "" when it is none.
func (d *decoder) typeName(key Text) ResponseType {
	value, ok := d.Text(key)
	if !ok {
		return ""
	}
	t := d.responseType(value)
	if t.IsOwn() {
		d.ownNamed = append(d.ownNamed, value)
		if d.document.OwnNamed == nil {
			d.document.OwnNamed = map[ResponseType]bool{}
		}
		d.document.OwnNamed[t] = true
	}
	return t
}

// leave reads true, which is all that the key can say.
func (d *decoder) leave(key Text) bool {
	offset := d.Ahead()
	value, ok := d.Boolean(key)
	if ok && !value {
		d.Report(code.UnknownChoice, Error, offset, "found false; want true, or no key at all")
	}
	return value
}

// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/quote"
)

// Step is one of the steps by which a reply comes about, in words.
type Step struct {
	// Number is the place of the step among those that there can be, 0 for the error itself.
	Number int `json:"number"`
	// Name is what the step decides, and Text what came of it, "" where the notes say it all.
	Name string `json:"name"`
	Text string `json:"text,omitempty"`
	// Notes are the reasons.
	Notes []string `json:"notes,omitempty"`
}

// Steps are the steps by which the reply comes about, from the error to its headers.
func (e *Explanation) Steps() []Step {
	return append([]Step{{Name: "Error", Text: e.Error.headline(), Notes: e.Error.notes()}}, e.decision()...)
}

// steps are those of a decision so far.
type steps []Step

// heading begins a step.
func (s *steps) heading(number int, name, text string) {
	*s = append(*s, Step{Number: number, Name: name, Text: text})
}

// note gives a reason of the last step.
func (s *steps) note(text string) { s.notes(text) }

// notes gives several.
func (s *steps) notes(texts ...string) {
	last := &(*s)[len(*s)-1]
	last.Notes = append(last.Notes, texts...)
}

// decision is the steps that decide.
func (e *Explanation) decision() []Step {
	var s steps
	s.route(&e.Route)
	if e.Route.Mode == "off" || e.Entry.Left == noError || e.Entry.Left == noGRPC {
		s.heading(2, "Left", leftReasons[e.Entry.Left])
		return s
	}
	s.typed(&e.Type)
	s.entry(&e.Entry)
	switch {
	case e.Status.GRPC != "":
		s.heading(4, "Status", "gRPC "+e.Status.GRPC)
		s.variables(e.Variables)
	case e.Reply.Replaced:
		s.heading(4, "Status", statusLine(e.Status.Value))
		s.note(statusReasons[e.Status.By])
		s.body(e)
	}
	s.headers(e.Headers)
	return s
}

// route says where the exchange belongs.
func (s *steps) route(r *Route) {
	name := "none, the document itself"
	switch {
	case r.Name == "document":
		name = "the route document in the metadata of Envoy's route"
	case r.Name != "":
		name = quote.Text(r.Name)
	}
	s.heading(1, "Route", name)
	switch {
	case r.Unknown:
		s.note("metadata names " + quote.Text(r.Named) + ", which is not in \"routes\"")
	case r.Named != "":
		s.note("metadata names " + quote.Text(r.Named))
	}
	s.notes(r.Findings...)
	s.trials(r.Tried)
	if r.ResourcePath != "" {
		s.note("resource " + r.ResourcePath)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		s.note("path parameter " + name + " = " + r.Parameters[name])
	}
	if r.Mode != "rewrite" {
		s.note("mode " + r.Mode)
	}
	if r.Emulate != "" {
		s.note("emulate " + r.Emulate)
	}
}

// maxTrials is how many routes or rules are listed: the last ones, which are the most telling.
const maxTrials = 20

// trials says what was asked.
func (s *steps) trials(trials []Trial) {
	if more := len(trials) - maxTrials; more > 0 {
		s.note(strconv.Itoa(more) + " before that do not match")
		trials = trials[more:]
	}
	for i := range trials {
		s.note(quote.Text(trials[i].Name) + " " + trials[i].worded())
	}
}

// typed says what named the error.
func (s *steps) typed(t *Type) {
	name := t.Name
	if t.Upstream {
		name = "none, it is the upstream's reply"
	} else if name == "" {
		name = "none"
	}
	s.heading(2, "Type", name)
	for i := range t.Rules {
		rule := &t.Rules[i]
		s.note("rule " + quote.Text(rule.Name) + " " + rule.worded())
	}
	if t.Producer != nil {
		s.note(t.Producer.worded())
	}
	if t.Reason != "" && t.Reason != "rule" {
		s.note(typeReasons[t.Reason])
	}
	if t.Table != nil && t.Reason != "rule" && t.Reason != "declared" {
		s.table(t.Table)
	}
	if t.Broader != "" {
		s.note("the broader type is " + t.Broader)
	}
	if t.Deliberate {
		s.note("somebody wrote the reply on purpose")
	}
}

// table names a row of the tables.
func (s *steps) table(t *Table) {
	text := "table \"" + t.Title + "\", row " + t.Row
	if t.OnlyStatus != 0 {
		text += " with " + strconv.Itoa(t.OnlyStatus)
	}
	s.note(text)
	if t.Remark != "" {
		s.note(t.Remark)
	}
	if t.Proven != "" {
		s.note("proven: " + t.Proven + " (docs/classification.md)")
	}
}

// worded is what the producer says.
func (d *Producer) worded() string {
	switch {
	case !d.Trusted:
		return "declared: the filter or source of the reply may not name types"
	case d.Type == "":
		return "declared: the reply names no type"
	case d.Unknown:
		return "declared: " + quote.Text(d.Type) + " is no type"
	default:
		return "declared: " + d.Type
	}
}

// entry says who answers.
func (s *steps) entry(e *Entry) {
	name := e.Name
	if e.Left != "" {
		name = "none: " + leftReasons[e.Left]
	} else if name == "built-in" {
		name = "AWS's built-in reply (emulate: aws)"
	}
	s.heading(3, "Entry", name)
	for _, look := range e.Looks {
		answer := "no entry"
		if look.Found {
			answer = "here it is"
		}
		place := "the document"
		if look.Place != "" {
			place = quote.Text(look.Place)
		}
		s.note(look.Type + " in " + place + ": " + answer)
	}
}

// body says how the body was chosen and filled.
func (s *steps) body(e *Explanation) {
	chosen := "none"
	for _, m := range e.Media {
		if m.Chosen {
			chosen = m.Key
		}
	}
	if len(e.Media) == 0 && e.Reply.Body != "" {
		chosen = "AWS's own"
	}
	s.heading(5, "Body", chosen)
	if len(e.Media) > 1 {
		s.negotiation(e)
	}
	s.variables(e.Variables)
}

// variables gives variables with their values.
func (s *steps) variables(variables []Variable) {
	for i := range variables {
		s.note(variables[i].worded())
	}
}

// negotiation says what the Accept header says of each body.
func (s *steps) negotiation(e *Explanation) {
	switch {
	case e.AcceptCounts:
	case e.AcceptFault != "":
		s.note(e.AcceptFault)
		s.note("a header that is wrong does not count, so application/json, or else the first")
	default:
		s.note("no Accept header, so application/json, or else the first")
	}
	for _, m := range e.Media {
		text := fmt.Sprintf("%s  q=%g", m.Key, m.Quality)
		switch {
		case m.Range != "":
			text += " by " + m.Range
		case e.AcceptCounts:
			text += ", no range names it"
		default:
			text = m.Key
		}
		if m.Chosen {
			text += ", chosen"
		}
		s.note(text)
	}
}

// worded is a variable and its value.
func (v *Variable) worded() string {
	switch {
	case v.Unknown:
		return v.Name + " means nothing, so it is empty"
	case v.Value == nil:
		return v.Name + " has no value"
	default:
		return v.Name + " = " + quote.Text(shorten(*v.Value))
	}
}

// inset is where a note stands that belongs to the one before: behind what became of a header.
const inset = "           "

// headers says what became of each header.
func (s *steps) headers(headers []Header) {
	if len(headers) == 0 {
		s.heading(6, "Headers", "none")
		return
	}
	s.heading(6, "Headers", "")
	for i := range headers {
		h := &headers[i]
		text := fmt.Sprintf("%-8s %s", h.Action, h.Name)
		if h.Action == set || h.Action == kept {
			text += ": " + shorten(strings.Join(h.Values, ", "))
		}
		if h.Why != "" {
			text += " (" + h.Why + ")"
		}
		s.note(text)
		for _, v := range h.From {
			s.note(inset + v.worded())
		}
	}
}

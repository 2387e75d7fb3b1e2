// SPDX-License-Identifier: Apache-2.0

// Package explain says what a client sees of one error, and why: each step of the decision with its reason. The steps are the
// engine's own (engine.Explain); this package only words them.
//
//	explanation.go  what there is to say, plain data
//	explain.go      Of: an exchange to an Explanation
//	headers.go      what became of each header, and by which step
//	text.go         an Explanation for people, in steps
//	page.go         text in two columns
//	reasons.go      the words for conditions that fail, replies that are left and where a status comes from
package explain

import (
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/typetable"
)

// Of explains what a client sees of an exchange.
func Of(document exchange.Document, made exchange.Made) Explanation {
	f := preview.Seen(made.Facts)
	reply := preview.Of(document.Program, made.Facts)
	e := Explanation{
		Request: Request{lines(f.Request.Headers), f.Request.Protocol, f.Request.Source},
		Error: Error{
			Status: f.Reply.Status, Details: f.Reply.Details, Flags: f.Reply.Flags.String(), Owner: f.Reply.Owner, HasBody: f.Reply.HasBody,
			Headers: lines(f.Reply.Headers), Assumed: made.Assumed,
		},
		Reply:  Reply{reply.Status, lines(reply.Headers), string(reply.Body), reply.Replaced},
		Status: Status{Value: reply.Status},
	}
	found := document.Program.Explain(&f)
	e.Route = routeOf(&found)
	e.Entry.Name = found.Decision.Trace.Entry
	if e.Entry.Left = notLookedAt(document.Program, &f, &reply); e.Entry.Left != "" {
		e.Entry.Name, e.Headers = "", keptHeaders(f.Reply.Headers)
		return e
	}
	e.Entry.Left = string(reply.Trace.Left)
	e.Type = typeOf(&found)
	for _, look := range found.Looks {
		e.Entry.Looks = append(e.Entry.Looks, Look{look.Place, string(look.Type), look.Found})
	}
	if e.Status.By = statusNames[found.Status]; found.Decision.Reply != nil {
		e.Status.GRPC = found.Decision.Reply.GRPC
	}
	e.addBody(&found)
	e.Headers = headersOf(&f, &found)
	e.dropUnsent()
	return e
}

// SeesEarlyReplies says of the explanation that it is for an adapter which sees what Envoy answers before the chain of filters.
func (e *Explanation) SeesEarlyReplies() {
	t := e.Type.Table
	if t == nil || !t.Before {
		return
	}
	if t.Before = false; t.Seen == "no" {
		t.Seen = "yes"
	}
}

// notLookedAt is why the filter does not even look at a reply, "" when it does.
func notLookedAt(program *engine.Program, f *facts.Facts, reply *preview.Reply) string {
	switch {
	case f.Reply.Status < program.Needs().LowestStatus:
		return noError
	case !reply.Replaced && reply.Trace.Left == "":
		return noGRPC
	}
	return ""
}

// routeOf is where the exchange belongs.
func routeOf(found *engine.Explanation) Route {
	place, trace := &found.Place, &found.Decision.Trace
	r := Route{
		Name: place.Route, Named: place.Named, Unknown: place.Unknown, Mode: string(place.Mode), Emulate: string(place.Emulate),
		ResourcePath: place.ResourcePath, Parameters: place.Parameters,
	}
	for _, t := range place.Tried {
		r.Tried = append(r.Tried, Trial{t.Name, string(t.Failing), t.Wanted, t.Got})
	}
	for _, f := range trace.Document {
		r.Findings = append(r.Findings, f.String())
	}
	return r
}

// typeOf is what named the error.
func typeOf(found *engine.Explanation) Type {
	class := found.Decision.Trace.Class
	t := Type{
		Name: string(class.Type), Broader: string(class.Broader), Reason: string(class.Reason), Row: class.Row, Upstream: class.Upstream,
		Known: class.Known, Deliberate: class.Deliberate,
	}
	for _, rule := range found.Rules {
		t.Rules = append(t.Rules, Trial{rule.Name, string(rule.Failing), rule.Wanted, rule.Got})
	}
	if word := found.Producer; word != nil {
		t.Producer = &Producer{word.Trusted, word.Type, word.Message, found.Decision.Trace.UnknownType}
	}
	if known := found.Known; known != (classify.Provenance{}) {
		t.Table = tableOf(known)
	}
	return t
}

// tableOf is a row of the built-in tables, with what proves it.
func tableOf(known classify.Provenance) *Table {
	t := &Table{Title: known.Table, Row: known.Row, OnlyStatus: known.OnlyStatus, Remark: known.Remark, Author: known.Author}
	// The tables are embedded, and held by a test; without them there is less to say.
	tables, _ := typetable.Read()
	for i := range tables.Details {
		if row := &tables.Details[i]; row.Family == known.Table && row.Pattern == known.Row && row.Status == known.OnlyStatus {
			t.SentBy, t.Seen, t.Before, t.Proven = row.SentBy, row.Seen, row.Seen != "yes" && row.IsBefore(), row.Proven
		}
	}
	return t
}

// addBody adds how the body was chosen and filled.
func (e *Explanation) addBody(found *engine.Explanation) {
	e.AcceptCounts, e.AcceptFault = found.AcceptCounts, acceptFault(found.AcceptFault)
	for _, m := range found.Media {
		e.Media = append(e.Media, Medium{m.Key, m.Range, float64(m.Quality) / 1000, m.Chosen})
	}
	if found.HasMessage {
		e.Message = &found.Message
	}
	e.Variables = variables(found.Values)
}

// variables are values with their names.
func variables(values []engine.Value) []Variable {
	var all []Variable
	for i := range values {
		v := Variable{Name: values[i].Name, Unknown: !values[i].Known}
		if values[i].Found {
			v.Value = &values[i].Value
		}
		all = append(all, v)
	}
	return all
}

// lines are header lines. The result is never nil.
func lines(headers facts.Headers) facts.Headers { return append(facts.Headers{}, headers...) }

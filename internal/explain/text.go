// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/quote"
)

// Text writes the explanation for people, for 80 columns.
func (e *Explanation) Text(w io.Writer, colour bool) error {
	p := &page{colour: colour}
	p.heading("Error", e.Error.headline())
	heading := "The client sees"
	if t := e.Type.Table; t != nil {
		if note, ok := seenNotes[t.Before][t.Seen]; ok {
			p.note(note)
		}
		if t.Seen == "no" {
			heading = replyHeadings[t.Before]
		}
	}
	p.notes(e.Error.notes()...)
	if len(e.LogLacks) > 0 {
		p.note("not in the log: " + strings.Join(e.LogLacks, ", "))
	}
	p.heading("Request", e.Request.headline())
	for _, line := range e.Request.Headers {
		if !strings.HasPrefix(line.Name, ":") {
			p.note(line.Name + ": " + line.Value)
		}
	}
	p.steps(e)
	p.reply(heading, &e.Reply)
	_, err := io.WriteString(w, p.String())
	return err
}

// headline is the error in a line.
func (e *Error) headline() string {
	text := statusLine(e.Status)
	if e.Details != "" {
		text += ", " + e.Details
	}
	return text
}

// notes say more of the error.
func (e *Error) notes() []string {
	var notes []string
	if e.Flags != "-" {
		notes = append(notes, "flags "+e.Flags)
	}
	if e.Owner != "" {
		notes = append(notes, "from the filter "+quote.Text(e.Owner))
	}
	if !e.HasBody {
		notes = append(notes, "without a body")
	}
	if len(e.Assumed) > 0 {
		notes = append(notes, "assumed: "+strings.Join(e.Assumed, ", "))
	}
	return notes
}

// headline is the request in a line.
func (r *Request) headline() string {
	of := map[string]string{}
	for _, line := range r.Headers {
		of[line.Name] = line.Value
	}
	return of[":method"] + " " + of[":scheme"] + "://" + of[":authority"] + of[":path"]
}

// steps writes the steps of the decision.
func (p *page) steps(e *Explanation) {
	p.route(&e.Route)
	if e.Route.Mode == "off" || e.Entry.Left == noError || e.Entry.Left == noGRPC {
		p.heading("2 Left", leftReasons[e.Entry.Left])
		return
	}
	p.typed(&e.Type)
	p.entry(&e.Entry)
	switch {
	case e.Status.GRPC != "":
		p.heading("4 Status", "gRPC "+e.Status.GRPC)
		p.variables(e.Variables)
	case e.Reply.Replaced:
		p.heading("4 Status", statusLine(e.Status.Value))
		p.note(statusReasons[e.Status.By])
		p.body(e)
	}
	p.headers(e.Headers)
}

// route writes where the exchange belongs.
func (p *page) route(r *Route) {
	name := "none, the document itself"
	switch {
	case r.Name == "document":
		name = "the route document in the metadata of Envoy's route"
	case r.Name != "":
		name = quote.Text(r.Name)
	}
	p.heading("1 Route", name)
	switch {
	case r.Unknown:
		p.note("metadata names " + quote.Text(r.Named) + ", which is not in \"routes\"")
	case r.Named != "":
		p.note("metadata names " + quote.Text(r.Named))
	}
	p.notes(r.Findings...)
	p.trials(r.Tried)
	if r.ResourcePath != "" {
		p.note("resource " + r.ResourcePath)
	}
	for _, name := range slices.Sorted(maps.Keys(r.Parameters)) {
		p.note("path parameter " + name + " = " + r.Parameters[name])
	}
	if r.Mode != "rewrite" {
		p.note("mode " + r.Mode)
	}
	if r.Emulate != "" {
		p.note("emulate " + r.Emulate)
	}
}

// maxTrials is how many routes or rules are listed: the last ones, which are the most telling.
const maxTrials = 20

// trials writes what was asked.
func (p *page) trials(trials []Trial) {
	if more := len(trials) - maxTrials; more > 0 {
		p.note(strconv.Itoa(more) + " before that do not match")
		trials = trials[more:]
	}
	for i := range trials {
		p.note(quote.Text(trials[i].Name) + " " + trials[i].worded())
	}
}

// typed writes what named the error.
func (p *page) typed(t *Type) {
	name := t.Name
	if t.Upstream {
		name = "none, it is the upstream's reply"
	} else if name == "" {
		name = "none"
	}
	p.heading("2 Type", name)
	for i := range t.Rules {
		rule := &t.Rules[i]
		p.note("rule " + quote.Text(rule.Name) + " " + rule.worded())
	}
	if t.Producer != nil {
		p.note(t.Producer.worded())
	}
	if t.Reason != "" && t.Reason != "rule" {
		p.note(typeReasons[t.Reason])
	}
	if t.Table != nil && t.Reason != "rule" && t.Reason != "declared" {
		p.table(t.Table)
	}
	if t.Broader != "" {
		p.note("the broader type is " + t.Broader)
	}
	if t.Deliberate {
		p.note("somebody wrote the reply on purpose")
	}
}

// table writes a row of the tables.
func (p *page) table(t *Table) {
	text := "table \"" + t.Title + "\", row " + t.Row
	if t.OnlyStatus != 0 {
		text += " with " + strconv.Itoa(t.OnlyStatus)
	}
	p.note(text)
	if t.Remark != "" {
		p.note(t.Remark)
	}
	if t.Proven != "" {
		p.note("proven: " + t.Proven + " (docs/classification.md)")
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

// entry writes who answers.
func (p *page) entry(e *Entry) {
	name := e.Name
	if e.Left != "" {
		name = "none: " + leftReasons[e.Left]
	} else if name == "built-in" {
		name = "AWS's built-in reply (emulate: aws)"
	}
	p.heading("3 Entry", name)
	for _, look := range e.Looks {
		answer := "no entry"
		if look.Found {
			answer = "here it is"
		}
		place := "the document"
		if look.Place != "" {
			place = quote.Text(look.Place)
		}
		p.note(look.Type + " in " + place + ": " + answer)
	}
}

// body writes how the body was chosen and filled.
func (p *page) body(e *Explanation) {
	chosen := "none"
	for _, m := range e.Media {
		if m.Chosen {
			chosen = m.Key
		}
	}
	if len(e.Media) == 0 && e.Reply.Body != "" {
		chosen = "AWS's own"
	}
	p.heading("5 Body", chosen)
	if len(e.Media) > 1 {
		p.negotiation(e)
	}
	p.variables(e.Variables)
}

// variables writes variables with their values.
func (p *page) variables(variables []Variable) {
	for i := range variables {
		p.note(variables[i].worded())
	}
}

// negotiation writes what the Accept header says of each body.
func (p *page) negotiation(e *Explanation) {
	switch {
	case e.AcceptCounts:
	case e.AcceptFault != "":
		p.note(e.AcceptFault)
		p.note("a header that is wrong does not count, so application/json, or else the first")
	default:
		p.note("no Accept header, so application/json, or else the first")
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
		p.note(text)
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

// headers writes what became of each header.
func (p *page) headers(headers []Header) {
	if len(headers) == 0 {
		p.heading("6 Headers", "none")
		return
	}
	p.heading("6 Headers", "")
	for i := range headers {
		h := &headers[i]
		text := fmt.Sprintf("%-8s %s", h.Action, h.Name)
		if h.Action == set || h.Action == kept {
			text += ": " + shorten(strings.Join(h.Values, ", "))
		}
		if h.Why != "" {
			text += " (" + h.Why + ")"
		}
		p.note(text)
		for _, v := range h.From {
			p.WriteString("           ")
			p.note(v.worded())
		}
	}
}

// reply writes what the client gets, as it stands on the wire.
func (p *page) reply(heading string, r *Reply) {
	p.WriteString("\n" + p.bold(heading) + "\n\n" + statusLine(r.Status) + "\n")
	for _, line := range r.Headers {
		p.WriteString(printable(line.Name+": "+line.Value) + "\n")
	}
	if r.Body == "" {
		return
	}
	p.WriteString("\n")
	for line := range strings.Lines(r.Body) {
		p.WriteString(printable(strings.TrimRight(line, "\r\n")) + "\n")
	}
}

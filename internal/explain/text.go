// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"io"
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
	for _, s := range e.decision() {
		p.step(s)
	}
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

// step writes a step of the decision.
func (p *page) step(s Step) {
	p.heading(strconv.Itoa(s.Number)+" "+s.Name, s.Text)
	p.notes(s.Notes...)
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

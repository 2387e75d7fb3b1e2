// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"cmp"
	"strconv"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// The operators of Envoy's formats that stand in mappers.
const (
	statusOperator    = "%RESPONSE_CODE%"
	requestIDOperator = "%REQ(X-REQUEST-ID?X-AMZN-REQUESTID)%"
)

// anID is the id of the requests that the engine is asked about. No document has it.
const anID = "the-id-of-the-request-7d1c3a0f"

// outcome is what becomes of a reply: what a mapper sets. The zero outcome leaves the reply.
type outcome struct {
	// status is 0 to keep the reply's own.
	status int
	// headers are those that are set, one a line: name, ":", format.
	headers string
	// body and contentType are those of the new body; body is a format.
	body, contentType string
}

// leaves reports whether the reply stays as it is.
func (o *outcome) leaves() bool { return o.body == "" }

// decide asks the engine what becomes of a reply.
func (c *compiler) decide(reply facts.Reply) engine.Decision {
	return c.program.Decide(c.exchange(reply))
}

// exchange is a reply to a request that is like any other, or of which nothing is known.
func (c *compiler) exchange(reply facts.Reply) *facts.Facts {
	if c.isBefore {
		return &facts.Facts{Reply: reply}
	}
	return &facts.Facts{Request: facts.Request{Headers: facts.Headers{{Name: facts.RequestIDHeader, Value: anID}}}, Reply: reply}
}

// readByStatus asks what the status alone gives, to replies that the tables do not know. They are left all the same, with a warning.
func (c *compiler) readByStatus() {
	c.byStatus = map[int]outcome{}
	for s := facts.FirstError; s <= 599; s++ {
		reply := facts.Reply{Status: s, HasBody: true}
		o, entry := c.outcomeOf(reply)
		if o.leaves() {
			continue
		}
		c.byStatus[s] = o
		if c.about[o] == "" {
			c.about[o] = about(c.decide(reply).Trace)
		}
		c.reportUnknown(entry)
	}
}

// outcomes are what becomes of the case at each of its statuses.
func (c *compiler) outcomes(sub subject) map[int]outcome {
	found := map[int]outcome{}
	for _, r := range sub.statuses {
		for s := max(r.Low, facts.FirstError); s <= r.High; s++ {
			found[s] = c.outcome(sub, s)
		}
	}
	return found
}

// outcome is what becomes of the case at a status. With a body or without one it must be the same, for a mapper cannot ask.
func (c *compiler) outcome(sub subject, status int) outcome {
	bodied, bare := sub.example(status, true), sub.example(status, false)
	one, entry := c.outcomeOf(bodied)
	other, otherEntry := c.outcomeOf(bare)
	if one != other {
		c.reportBody(cmp.Or(entry, otherEntry), bodied.Details)
		return outcome{}
	}
	if !one.leaves() && c.about[one] == "" {
		c.about[one] = about(c.decide(bare).Trace)
	}
	return one
}

// about says which replies get an outcome.
func about(trace engine.Trace) string {
	if t := string(trace.Class.Type); t != trace.Entry {
		return t + ", answered by " + trace.Entry
	}
	return trace.Entry
}

// outcomeOf is what becomes of a reply, and the entry that says so, as the engine calls it.
func (c *compiler) outcomeOf(reply facts.Reply) (o outcome, entry string) {
	decision := c.decide(reply)
	if decision.Reply == nil || c.reportEntry(&decision, reply) {
		return outcome{}, ""
	}
	o.body = escaped(string(decision.Reply.Body))
	if decision.Reply.Status != reply.Status {
		o.status = decision.Reply.Status
	}
	for _, header := range decision.Headers.Set {
		if header.Name == "content-type" {
			o.contentType = header.Value
			continue
		}
		o.headers += header.Name + ":" + strings.ReplaceAll(escaped(header.Value), anID, requestIDOperator) + "\n"
	}
	return o, decision.Trace.Entry
}

// withOperator is an outcome with the operator for the status in the place of its digits. At that status both are the same reply.
func (o outcome) withOperator(status int) outcome {
	if o.status == 0 {
		digits := strconv.Itoa(status)
		o.body = strings.ReplaceAll(o.body, digits, statusOperator)
		o.headers = strings.ReplaceAll(o.headers, digits, statusOperator)
	}
	return o
}

// withStatus is an outcome that gives its status, where it keeps it.
func (o outcome) withStatus(status int) outcome {
	if o.status == 0 && !o.leaves() {
		o.status = status
	}
	return o
}

// escaped writes a text as a format without operators.
func escaped(text string) string { return strings.ReplaceAll(text, "%", "%%") }

// set are the headers that an outcome sets.
func (o *outcome) set() []Header {
	var all []Header
	for line := range strings.Lines(o.headers) {
		name, format, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ":")
		all = append(all, Header{name, format})
	}
	return all
}

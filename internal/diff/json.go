// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
)

// JSON is the report as one JSON object.
type JSON struct {
	Changes   []ChangeJSON `json:"changes"`
	Notes     []string     `json:"notes"`
	Changed   int          `json:"changed"`
	Unchanged int          `json:"unchanged"`
}

// ChangeJSON is one reply that changes.
type ChangeJSON struct {
	Type string `json:"type"`
	// Route is "" for requests that belong to none, MediaType "" where there is no choice.
	Route     string `json:"route"`
	MediaType string `json:"mediaType"`
	// Details and OriginalStatus are those of Envoy's reply.
	Details        string    `json:"details"`
	OriginalStatus int       `json:"originalStatus"`
	Before         ReplyJSON `json:"before"`
	After          ReplyJSON `json:"after"`
	// Headers and Body are the lines of a diff.
	Headers []string `json:"headers"`
	Body    string   `json:"body"`
}

// ReplyJSON is a reply.
type ReplyJSON struct {
	Type     string        `json:"type"`
	Entry    string        `json:"entry,omitempty"`
	Left     string        `json:"left,omitempty"`
	Replaced bool          `json:"replaced"`
	Status   int           `json:"status"`
	Headers  facts.Headers `json:"headers"`
	Body     string        `json:"body"`
}

// JSON is the report for programs.
func (r *Report) JSON() JSON {
	report := JSON{Changes: []ChangeJSON{}, Notes: append([]string{}, r.Notes...), Changed: r.Changed, Unchanged: r.Unchanged}
	for i := range r.Groups {
		g := &r.Groups[i]
		for j := range g.Changes {
			c := &g.Changes[j]
			report.Changes = append(report.Changes, ChangeJSON{
				Type: string(c.Type), Route: c.Route, MediaType: c.Media, Details: c.Facts.Reply.Details, OriginalStatus: c.Facts.Reply.Status,
				Before: ReplyOf(&c.Before), After: ReplyOf(&c.After), Headers: append([]string{}, g.Headers...), Body: g.Body,
			})
		}
	}
	return report
}

// ReplyOf is a reply for programs.
func ReplyOf(r *preview.Reply) ReplyJSON {
	return ReplyJSON{
		Type: string(r.Trace.Class.Type), Entry: r.Trace.Entry, Left: string(r.Trace.Left), Replaced: r.Replaced,
		Status: r.Status, Headers: append(facts.Headers{}, r.Headers...), Body: string(r.Body),
	}
}

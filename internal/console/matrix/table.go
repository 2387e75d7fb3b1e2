// SPDX-License-Identifier: Apache-2.0

package matrix

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	v1 "gatewayresponses/internal/server/v1"
)

// table is the matrix as the page shows it.
type table struct {
	// Columns are the media types.
	Columns []string
	Rows    []row
	// Types is how many types there are, and Differing how many replies are not those from before.
	Types, Differing int
}

// row is a type on some routes.
type row struct {
	Type string
	// IsFirst reports whether it is the first row of its type, Edit is the page that edits it, "" for none.
	IsFirst bool
	Edit    string
	Routes  []route
	// Everywhere reports whether these are all routes that the page shows.
	Everywhere bool
	Why        string
	Cells      []cell
}

// cell is a reply in columns that stand side by side.
type cell struct {
	// Span is how many columns it has, Media are all that have this reply.
	Span  int
	Media []string
	Seen  seen
	// Was is the reply before, nil if it is the same.
	Was *seen
	// OnlyHeaders reports whether the two do not differ at a glance.
	OnlyHeaders bool
	// As says what answers, Link is the page of the reply.
	As, Link string
}

// seen is a reply at a glance.
type seen struct {
	Status string
	// Text is the beginning of the body, or where the reply leads; "" for neither.
	Text string
	// IsCut reports whether the body has more.
	IsCut bool
}

// glance is a reply at a glance.
func glance(r *v1.MatrixReply) seen {
	g := seen{Status: statusOf(r), Text: strings.Join(strings.Fields(r.Body), " "), IsCut: len(r.Body) < r.Bytes}
	if to := headerOf(r, "location"); g.Text == "" && to != "" {
		g.Text = "to " + to
	}
	return g
}

// statusOf is the status that a client sees: one of gRPC sees that of the call.
func statusOf(r *v1.MatrixReply) string {
	if number := headerOf(r, "grpc-status"); number != "" {
		return "grpc-status " + number
	}
	return strconv.Itoa(r.Status)
}

// headerOf is the value of a header, "" for none.
func headerOf(r *v1.MatrixReply, name string) string {
	value, _ := r.Headers.First(name)
	return value
}

// tableOf lays a matrix out.
func tableOf(m v1.Matrix, s subject, a asked, routes int) table {
	t := table{Columns: m.MediaTypes}
	last := ""
	types := map[string]bool{}
	for _, from := range m.Rows {
		types[from.Type] = true
		r := row{Type: from.Type, Routes: s.named(from.Routes), Everywhere: len(from.Routes) == routes, Why: from.Why, Edit: s.editor(from)}
		differs := false
		for _, c := range from.Cells {
			if c.Before != nil {
				differs = true
				t.Differing++
			}
		}
		if a.Differs && s.Before != nil && !differs {
			continue
		}
		r.IsFirst, last = from.Type != last, from.Type
		r.Cells = cellsOf(from, m.MediaTypes, a)
		t.Rows = append(t.Rows, r)
	}
	t.Types = len(types)
	return t
}

// named are the routes with some names.
func (s *subject) named(names []string) []route {
	return slices.DeleteFunc(slices.Clone(s.Routes), func(r route) bool { return !slices.Contains(names, r.Name) })
}

// editor is the page that edits what a row shows, "" for none: that of an API where all routes are the API's, and that of the base document
// where requests belong to no route. Types of one's own are edited where the base document has their entry: APIs have none.
func (s *subject) editor(from v1.MatrixRow) string {
	base := "/console/gateways/" + url.PathEscape(s.Gateway) + "/base/responses/" + url.PathEscape(from.Type)
	if (v1.BaseResponse{Type: from.Type}).IsOwn() {
		if s.Gateway != "" && slices.ContainsFunc(from.Cells, func(c v1.MatrixCell) bool { return c.Reply.Entry == from.Type }) {
			return base
		}
		return ""
	}
	if len(from.Routes) == 1 && from.Routes[0] == "" {
		return base
	}
	api := s.API.ID
	for _, r := range s.named(from.Routes) {
		if r.API == "" || api != "" && api != r.API {
			return ""
		}
		api = r.API
	}
	return "/console/apis/" + url.PathEscape(api) + "/responses/" + url.PathEscape(from.Type)
}

// cellsOf are the cells of a row, column by column; those side by side with one reply are one.
func cellsOf(from v1.MatrixRow, columns []string, a asked) []cell {
	var all []cell
	last := -1
	for _, column := range columns {
		at := slices.IndexFunc(from.Cells, func(c v1.MatrixCell) bool { return slices.Contains(c.MediaTypes, column) })
		if at < 0 {
			continue
		}
		if at == last {
			all[len(all)-1].Span++
			continue
		}
		last = at
		c := &from.Cells[at]
		all = append(all, cell{Span: 1, Media: c.MediaTypes, Seen: glance(&c.Reply), As: answeredBy(from.Type, &c.Reply), Link: "matrix/reply" + a.with("type", from.Type, "route", from.Routes[0], "media", column)})
		if c.Before != nil {
			was := glance(c.Before)
			made := &all[len(all)-1]
			made.Was, made.OnlyHeaders = &was, was == made.Seen && c.Before.Body == c.Reply.Body && !was.IsCut
		}
	}
	return all
}

// leftWhy says why replies are left, as people read it.
var leftWhy = map[string]string{
	"noEntry": "no entry answers", "deliberate": "somebody wrote it on purpose", "off": "the mode is off", "observe": "the mode is observe",
	"upstream": "it is the upstream's own", "rule": "a rule leaves it", "tooLarge": "the new reply would be too large", "grpc": "a client of gRPC asks",
}

// answeredBy says what answers an error of a type, where that is not its own entry.
func answeredBy(of string, r *v1.MatrixReply) string {
	if !r.Replaced {
		if why := leftWhy[r.Left]; why != "" {
			return "Envoy's own: " + why
		}
		return "Envoy's own"
	}
	entry := r.Entry[strings.LastIndexByte(r.Entry, '/')+1:]
	if entry == of {
		return ""
	}
	if entry == "built-in" {
		return "built-in"
	}
	return "by " + entry
}

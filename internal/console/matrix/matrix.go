// SPDX-License-Identifier: Apache-2.0

// Package matrix is the pages that say who sees what: every type, for each media type and route, beside what is in force.
//
//	matrix.go   the page
//	subject.go  whose document it is about: that of an API or of a gateway
//	asked.go    what the form of the page asks for
//	table.go    rows and columns of the page
//	reply.go    one reply, whole
//	text.go     the matrix as text
package matrix

import (
	"embed"
	"net/http"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

//go:embed pages/*.html
var files embed.FS

var templates = page.Parse(files)

// Pages are the pages of this room.
func Pages() page.Routes {
	all := page.Routes{}
	for _, of := range []struct {
		path string
		find func(*page.Visit) (subject, error)
	}{{"GET /console/apis/{api}/matrix", ofAPI}, {"GET /console/gateways/{gateway}/matrix", ofGateway}} {
		all[of.path] = on(of.find, show)
		all[of.path+"/reply"] = on(of.find, showReply)
		all[of.path+"/frame"] = on(of.find, showFrame)
	}
	return all
}

// on is a page about a subject.
func on(find func(*page.Visit) (subject, error), answer func(*page.Visit, subject, asked) error) page.Func {
	return func(v *page.Visit) error {
		s, err := find(v)
		if err != nil {
			return err
		}
		return answer(v, s, askedOf(v))
	}
}

// matrixPage is what the page shows.
type matrixPage struct {
	subject
	Asked asked
	Table table
	// Shown are the routes that the page is about, of Found that are like what was looked for.
	Shown []route
	Found int
	// Previous and Next are the addresses of the pages of routes before and behind, "" for none; Text is that of the page as text.
	Previous, Next, Text string
}

// perPage is how many routes a page is about.
const perPage = 25

// beginning is how much of a body a cell shows, in bytes.
const beginning = 160

// show is the page.
func show(v *page.Visit, s subject, a asked) error {
	shown := matrixPage{subject: s, Asked: a, Text: a.with("as", "text")}
	found := s.like(a)
	shown.Found = len(found)
	first := min(a.After, len(found))
	last := min(first+perPage, len(found))
	shown.Shown = found[first:last]
	if first > 0 {
		shown.Previous = a.after(max(0, first-perPage))
	}
	if last < len(found) {
		shown.Next = a.after(last)
	}
	if len(shown.Shown) > 0 {
		bytes := beginning
		q := s.question(a)
		q.Routes, q.BodyBytes = names(shown.Shown), &bytes
		made, err := q.ask(v)
		if err != nil {
			return err
		}
		shown.Table = tableOf(made, s, a, len(shown.Shown))
	}
	if a.As == "text" {
		return shown.writeText(v.W)
	}
	return v.Show(http.StatusOK, templates["matrix.html"], shown)
}

// question is what is asked of the API.
type question struct {
	Document  v1.Document  `json:"document"`
	Before    *v1.Document `json:"before,omitempty"`
	Routes    []string     `json:"routes"`
	Types     []string     `json:"types,omitempty"`
	Client    v1.Asking    `json:"client,omitzero"`
	Resource  string       `json:"resource,omitempty"`
	BodyBytes *int         `json:"bodyBytes,omitempty"`
}

// ask asks it.
func (q question) ask(v *page.Visit) (made v1.Matrix, err error) {
	return made, v.API.Do(http.MethodPost, q, &made, "matrix")
}

// question is what a form asks about the subject, for all routes.
func (s *subject) question(a asked) question {
	q := question{Document: s.Document, Before: s.Before, Client: a.client()}
	if s.API.ID != "" {
		q.Resource = a.Resource
	}
	return q
}

// LastRoute is the name of the last route that the page is about.
func (p matrixPage) LastRoute() string { return p.Shown[len(p.Shown)-1].Name }

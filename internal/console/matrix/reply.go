// SPDX-License-Identifier: Apache-2.0

package matrix

import (
	"net/http"
	"net/url"
	"slices"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// replyPage is what the page of one reply shows.
type replyPage struct {
	subject
	Asked              asked
	Type, Route, Media string
	// OriginalStatus and Details are those of Envoy's own reply.
	OriginalStatus int
	Details        string
	// As says what answers, where that is not the entry of the type. Edit is the page that edits it, "" for none.
	As, Edit string
	// Whole are the reply from before, if it is another one, and that of now.
	Whole []whole
	// Try is the page that sends a request of the client through an Envoy, "" for who may not.
	Try string
	// Back is the page of the matrix.
	Back string
}

// whole is a reply, whole.
type whole struct {
	v1.MatrixReply
	// Title says which one it is, Seen is its status as the client sees it.
	Title, Seen string
	// Frame is the address of the body as a browser shows it, "" for what is no page.
	Frame string
}

// wholeOf is a reply, whole.
func wholeOf(r *v1.MatrixReply, title, frame string) whole {
	w := whole{MatrixReply: *r, Title: title, Seen: statusOf(r)}
	if isHTML(r) {
		w.Frame = frame
	}
	return w
}

// isHTML reports whether a browser shows a reply as a page.
func isHTML(r *v1.MatrixReply) bool {
	return page.IsHTML(headerOf(r, "content-type")) && r.Body != ""
}

// one asks for the one reply that the address names.
func one(v *page.Visit, s subject, a asked) (of v1.MatrixRow, c v1.MatrixCell, err error) {
	q := s.question(a)
	q.Routes, q.Types = []string{a.query.Get("route")}, []string{a.query.Get("type")}
	made, err := q.ask(v)
	if err != nil {
		return of, c, err
	}
	for _, of := range made.Rows {
		for _, c := range of.Cells {
			if slices.Contains(c.MediaTypes, a.query.Get("media")) {
				return of, c, nil
			}
		}
	}
	return of, c, &page.APIError{Problem: v1.Problem{
		Title: "no such reply", Status: http.StatusNotFound, Detail: "No client gets a reply of this type and media type here any more. Go back to who sees what.",
	}}
}

// showReply is the page of one reply.
func showReply(v *page.Visit, s subject, a asked) error {
	of, c, err := one(v, s, a)
	if err != nil {
		return err
	}
	shown := replyPage{
		subject: s, Asked: a, Type: of.Type, Route: a.query.Get("route"), Media: a.query.Get("media"), OriginalStatus: c.OriginalStatus, Details: c.Details,
		As: answeredBy(of.Type, &c.Reply), Edit: s.editor(of), Try: tryOn(v, s, a), Back: s.Home + "/matrix" + a.without("type", "route", "media", "which"),
	}
	title := "What the client sees"
	if c.Before != nil {
		shown.Whole = append(shown.Whole, wholeOf(c.Before, "Before", "frame"+a.with("which", "before")))
		title = "Now"
		if s.API.ID != "" {
			shown.Whole[0].Title, title = "In force", "When it is deployed"
		}
	}
	shown.Whole = append(shown.Whole, wholeOf(&c.Reply, title, "frame"+a.with()))
	return v.Show(http.StatusOK, templates["reply.html"], shown)
}

// tryOn is the page that sends a request of the client through an Envoy, filled as far as a reply of the matrix tells.
func tryOn(v *page.Visit, s subject, a asked) string {
	if !v.MayGateways(auth.Deploy) {
		return ""
	}
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("gateway", s.Gateway)
	set("client", a.Client)
	set("path", a.Resource)
	switch media := a.query.Get("media"); {
	case media == "application/grpc":
		set("client", "grpc")
	case a.Client == "page":
		set("headers", "origin: "+a.Origin)
	case a.Client == "":
		set("headers", "accept: "+media)
	}
	return "/console/tries?" + q.Encode()
}

// showFrame is a reply as a browser shows it.
func showFrame(v *page.Visit, s subject, a asked) error {
	_, c, err := one(v, s, a)
	if err != nil {
		return err
	}
	if a.query.Get("which") == "before" && c.Before != nil {
		c.Reply = *c.Before
	}
	v.ShowReply(c.Reply.Body)
	return nil
}

// SPDX-License-Identifier: Apache-2.0

// Package diff says what changes for clients from one document to another: the replies to the same errors, by type, route and
// media type.
//
//	diff.go      which replies are compared, and which differ
//	group.go     what differs in a reply, and replies in which the same does
//	routes.go    what changes about routes themselves
//	text.go      for people
//	markdown.go  for a pull request
//	json.go      for programs
package diff

import (
	"fmt"
	"math"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/survey"
)

// Change is one reply that changes.
type Change struct {
	// Key has the type that the error is taken for before, or after when nothing raises that before.
	survey.Key
	// Facts are those of the exchange, the same before and after.
	Facts         facts.Facts
	Before, After preview.Reply
}

// Report is what changes from one document to another.
type Report struct {
	// Groups are the replies that change, those in which the same changes together.
	Groups []Group
	// Changed and Unchanged count replies.
	Changed, Unchanged int
	// Notes are what changes about routes themselves, a sentence each.
	Notes []string
}

// Of compares two documents.
func Of(before, after exchange.Document) *Report {
	r, _ := Within(before, after, math.MaxInt)
	return r
}

// Within compares two documents whose replies have at most some bytes together, each counting as its body and survey.ReplySize. Of
// those that have more it reports false.
func Within(before, after exchange.Document, most int) (*Report, bool) {
	c := &comparer{
		before: before, after: after, seen: map[string]bool{}, left: most,
		choices: [2]*survey.Choices{survey.ChoicesOf(before), survey.ChoicesOf(after)},
	}
	c.requests("", exchange.Exchange{})
	for _, route := range routes(before.Config, after.Config) {
		c.requests(route.Name.Value, exchange.To(route))
	}
	if c.left < 0 {
		return nil, false
	}
	return &Report{Groups: group(c.changes), Changed: len(c.changes), Unchanged: c.unchanged, Notes: notes(before.Config, after.Config)}, true
}

// routes are the routes of both documents: those of the later one, and those that are gone.
func routes(before, after *config.Document) []*config.Route {
	var all []*config.Route
	names := map[string]bool{}
	for _, document := range []*config.Document{after, before} {
		for i := range document.Routes {
			if route := &document.Routes[i]; !names[route.Name.Value] {
				names[route.Name.Value] = true
				all = append(all, route)
			}
		}
	}
	return all
}

// comparer compares two documents.
type comparer struct {
	before, after exchange.Document
	// choices are those of both documents.
	choices [2]*survey.Choices
	// seen are the exchanges that were compared.
	seen      map[string]bool
	changes   []Change
	unchanged int
	// left is how many bytes further replies may have; below 0 none are made.
	left int
}

// requests compares the replies to requests like one: to an error of each type of either document, and to what their rules name,
// whoever sends it.
func (c *comparer) requests(route string, x exchange.Exchange) {
	for _, document := range []exchange.Document{c.before, c.after} {
		for _, t := range exchange.Types(document.Config) {
			x.Error = exchange.Error{Type: t}
			made, err := exchange.Make(x, document)
			if err != nil {
				continue
			}
			c.error(route, t, made.Facts)
		}
		x.Error = exchange.Error{}
		for _, made := range exchange.Named(x, document) {
			c.error(route, document.Program.Decide(&made.Facts).Trace.Class.Type, made.Facts)
		}
	}
}

// error compares the replies to one error, for each media type.
func (c *comparer) error(route string, t config.ResponseType, f facts.Facts) {
	for _, media := range c.media(f) {
		c.compare(survey.Key{Route: route, Type: t, Media: media}, survey.Accepting(f, media))
	}
}

// media are the media types that a client may choose from in either document.
func (c *comparer) media(f facts.Facts) []string {
	all := slices.Concat(c.choices[0].Of(f), c.choices[1].Of(f))
	slices.Sort(all)
	all = slices.Compact(all)
	isChoice := func(media string) bool { return media != "" && media != survey.GRPC }
	if slices.ContainsFunc(all, isChoice) {
		all = slices.DeleteFunc(all, func(media string) bool { return media == "" })
	}
	return all
}

// compare compares the replies to one exchange.
func (c *comparer) compare(key survey.Key, f facts.Facts) {
	exchanged := fmt.Sprint(f)
	if c.seen[exchanged] || c.left < 0 {
		return
	}
	c.seen[exchanged] = true
	change := Change{Key: key, Facts: f, Before: preview.Of(c.before.Program, f), After: preview.Of(c.after.Program, f)}
	c.left -= len(change.Before.Body) + len(change.After.Body) + 2*survey.ReplySize
	if survey.Same(&change.Before, &change.After) {
		c.unchanged++
		return
	}
	c.changes = append(c.changes, change)
}

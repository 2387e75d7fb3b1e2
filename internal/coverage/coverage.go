// SPDX-License-Identifier: Apache-2.0

// Package coverage says which parts of a document some exchanges have reached: the types that can be raised, the entries that
// answer, the routes, and the media types of entries that have several.
package coverage

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
)

// Kind is a kind of parts.
type Kind string

// The kinds, in the order in which they are told.
const (
	Types      Kind = "types"
	Entries    Kind = "entries"
	Routes     Kind = "routes"
	MediaTypes Kind = "mediaTypes"
)

// Kinds lists the kinds.
func Kinds() []Kind { return []Kind{Types, Entries, Routes, MediaTypes} }

// Coverage is what was reached of one document.
type Coverage struct {
	parts   []part
	reached map[part]bool
}

// part is one part of a document. A media type has the name of its entry in front of it.
type part struct {
	kind Kind
	name string
}

// New knows all parts of a document. A type that no error is taken for is not among them.
func New(document exchange.Document) *Coverage {
	c := &Coverage{reached: map[part]bool{}}
	for _, of := range exchange.Typical(exchange.Exchange{}, document) {
		if of.Why == nil {
			c.add(Types, string(of.Type))
		}
	}
	c.addEntries("", document.Config.GatewayResponses)
	for i := range document.Config.Routes {
		route := &document.Config.Routes[i]
		c.add(Routes, route.Name.Value)
		c.addEntries(route.Name.Value+"/", route.GatewayResponses)
	}
	return c
}

// add adds a part.
func (c *Coverage) add(kind Kind, name string) { c.parts = append(c.parts, part{kind, name}) }

// addEntries adds entries. prefix is what traces put before the type of an entry.
func (c *Coverage) addEntries(prefix string, entries []config.GatewayResponse) {
	for i := range entries {
		name := prefix + string(entries[i].Type)
		c.add(Entries, name)
		if len(entries[i].Templates) < 2 {
			continue
		}
		for _, template := range entries[i].Templates {
			c.add(MediaTypes, name+" "+chars.Trim(template.Key.Value))
		}
	}
}

// Reach notes what an exchange has reached.
func (c *Coverage) Reach(e *engine.Explanation) {
	trace := &e.Decision.Trace
	c.reached[part{Types, string(trace.Class.Type)}] = true
	c.reached[part{Routes, e.Place.Route}] = true
	if e.Decision.Reply == nil {
		return
	}
	c.reached[part{Entries, trace.Entry}] = true
	for _, medium := range e.Media {
		if medium.Chosen {
			c.reached[part{MediaTypes, trace.Entry + " " + medium.Key}] = true
		}
	}
}

// Summary is how much was reached.
type Summary struct {
	Reached int `json:"reached"`
	Total   int `json:"total"`
	// Missing names what was not reached.
	Missing []string `json:"missing"`
}

// Percent is how much of the total was reached, in whole percent, rounded down; 100 of nothing.
func (s Summary) Percent() int {
	if s.Total == 0 {
		return 100
	}
	return 100 * s.Reached / s.Total
}

// Of is how much of one kind was reached.
func (c *Coverage) Of(kind Kind) Summary {
	s := Summary{Missing: []string{}}
	for _, p := range c.parts {
		if p.kind != kind {
			continue
		}
		s.Total++
		if c.reached[p] {
			s.Reached++
		} else {
			s.Missing = append(s.Missing, p.name)
		}
	}
	return s
}

// Total is how much of all kinds together was reached. Missing is empty.
func (c *Coverage) Total() Summary {
	var total Summary
	for _, kind := range Kinds() {
		s := c.Of(kind)
		total.Reached, total.Total = total.Reached+s.Reached, total.Total+s.Total
	}
	return total
}

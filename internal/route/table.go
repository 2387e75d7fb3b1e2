// SPDX-License-Identifier: Apache-2.0

// Package route finds the entry of routes that an exchange belongs to: the one that the metadata of Envoy's route names,
// else the first whose conditions hold. It knows entries by their place only, and nothing of what they say.
//
//	conditions.go  when an entry takes a request
//	hostname.go    hosts, and patterns for them
//	index.go       which entries have to be asked at all
//	resources.go   which resource of its entry a request is for
//
// Clients choose host and path. What is done for them is bounded by the document alone: an entry is asked once at most, a
// host has up to 255 bytes, and of a path no more is looked at than templates and prefixes have segments.
package route

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/pathtemplate"
)

// Table holds the entries of routes. It is immutable once all are added, and safe to share.
type Table struct {
	byName map[string]int
	// entries are by place.
	entries []entry
	index   index
	// depth is the number of segments that the longest path template has.
	depth int
}

// entry is one entry of routes.
type entry struct {
	// conditions are nil for an entry that is reached by its name only.
	conditions *conditions
	resources  *Resources
}

// None is the place of no entry.
const None = -1

// Found is the entry that an exchange belongs to.
type Found struct {
	// Entry is its place, in the order of Add; None when there is none.
	Entry int
	// ResourcePath is the path template of the entry as written, that of its match or of a resource, and Parameters its
	// values, if it has one that takes the path of the request.
	ResourcePath string
	Parameters   map[string]string
	// Unknown is a name in metadata that no entry has, "" when there is none.
	Unknown string
}

// Add adds the next entry. One without a match is reached by its name only.
func (t *Table) Add(written *config.Route) {
	place := len(t.entries)
	if t.byName == nil {
		t.byName = map[string]int{}
	}
	t.byName[written.Name.Value] = place
	e := entry{resources: NewResources(written)}
	if written.Match != nil {
		e.conditions = compile(written.Match)
		t.index.add(e.conditions, place)
		if path := e.conditions.path; path != nil {
			t.depth = max(t.depth, path.Depth())
		}
	}
	t.entries = append(t.entries, e)
}

// Needs is what has to be known for Find to have all it asks for.
func (t *Table) Needs() Needs {
	var needs Needs
	for _, e := range t.entries {
		if e.conditions != nil {
			needs.add(e.conditions)
		}
		if e.resources != nil {
			needs.addHeader(":path")
		}
	}
	return needs
}

// Find finds the entry of an exchange: the one with a name, or else the first whose conditions hold. The name is "" when
// metadata gives none.
func (t *Table) Find(f *facts.Facts, name string) Found {
	q := t.request(f)
	if place, named := t.byName[name]; named {
		return t.found(place, &q)
	}
	found := t.found(t.first(&q), &q)
	found.Unknown = name
	return found
}

// found is what the entry at a place says about a request that belongs to it.
func (t *Table) found(place int, q *request) Found {
	found := Found{Entry: place}
	if place == None {
		return found
	}
	e := t.entries[place]
	if c := e.conditions; c != nil && c.path != nil && c.path.Match(q.segments) {
		found.ResourcePath, found.Parameters = c.path.String(), c.path.Values(q.segments)
		return found
	}
	found.ResourcePath, found.Parameters = e.resources.Find(q.facts)
	return found
}

// request is what conditions are about.
type request struct {
	facts  *facts.Facts
	host   string
	path   pathtemplate.Path
	method string
	// segments are those of path, as far as templates look.
	segments pathtemplate.Segments
}

// request is the part of an exchange that conditions are about.
func (t *Table) request(f *facts.Facts) request {
	authority, _ := f.Request.Headers.First(":authority")
	target, _ := f.Request.Headers.First(":path")
	method, _ := f.Request.Headers.First(":method")
	path := pathtemplate.PathOf(target)
	return request{facts: f, host: hostOf(authority), path: path, method: method, segments: path.Segments(t.depth)}
}

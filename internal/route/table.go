// SPDX-License-Identifier: Apache-2.0

// Package route finds the entry of routes that an exchange belongs to: the one that the metadata of Envoy's route names,
// else the first whose conditions hold. It knows entries by their place only, and nothing of what they say.
//
//	conditions.go  when an entry takes a request
//	hostname.go    hosts, and patterns for them
//	index.go       which entries have to be asked at all
package route

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/pathtemplate"
)

// Table holds the entries of routes. It is immutable once all are added, and safe to share.
type Table struct {
	byName map[string]int
	// entries are by place; nil is one without conditions, which is reached by its name only.
	entries []*conditions
	index   index
}

// None is the place of no entry.
const None = -1

// Found is the entry that an exchange belongs to.
type Found struct {
	// Entry is its place, in the order of Add; None when there is none.
	Entry int
	// ResourcePath is the path template of the entry as written, and Parameters its values, if it has one that takes the
	// path of the request.
	ResourcePath string
	Parameters   map[string]string
	// Unknown is a name in metadata that no entry has, "" when there is none.
	Unknown string
}

// Add adds the next entry. One without a match is reached by its name only.
func (t *Table) Add(name string, match *config.Match) {
	place := len(t.entries)
	if t.byName == nil {
		t.byName = map[string]int{}
	}
	t.byName[name] = place
	if match == nil {
		t.entries = append(t.entries, nil)
		return
	}
	c := compile(match)
	t.entries = append(t.entries, c)
	t.index.add(c, place)
}

// Needs is what has to be known for Find to have all it asks for.
func (t *Table) Needs() Needs {
	needs := Needs{Fields: facts.FieldRouteEntry}
	for _, c := range t.entries {
		if c != nil {
			needs.add(c)
		}
	}
	return needs
}

// Find finds the entry of an exchange.
func (t *Table) Find(f *facts.Facts) Found {
	q := requestOf(f)
	name := f.Route.Entry
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
	if c := t.entries[place]; c != nil && c.path != nil && c.path.Match(q.path) {
		found.ResourcePath, found.Parameters = c.path.String(), c.path.Values(q.path)
	}
	return found
}

// request is what conditions are about.
type request struct {
	facts  *facts.Facts
	host   string
	path   pathtemplate.Path
	method string
}

// requestOf is the part of an exchange that conditions are about.
func requestOf(f *facts.Facts) request {
	authority, _ := f.Request.Headers.First(":authority")
	target, _ := f.Request.Headers.First(":path")
	method, _ := f.Request.Headers.First(":method")
	return request{facts: f, host: hostOf(authority), path: pathtemplate.PathOf(target), method: method}
}

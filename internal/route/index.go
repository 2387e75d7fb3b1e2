// SPDX-License-Identifier: Apache-2.0

package route

import (
	"slices"
	"strings"

	"gatewayresponses/internal/pathtemplate"
)

// index says which entries have to be asked whether they take a request, for there can be a thousand: entries are filed
// under what they want of the request, and only those are asked that are filed under something that the request has.
type index struct {
	files map[fileKey]*pathFile
	// hasHosts reports whether an entry is filed under a host, and kinds whether one is under a name of each kind.
	hasHosts bool
	kinds    [virtualHostName + 1]bool
	// repeats reports whether an entry is filed under several keys.
	repeats bool
}

// fileKey is what all entries in a file want; "" is no condition.
type fileKey struct {
	// host is a name or a pattern "*.name".
	host string
	// name is that of Envoy's route or virtual host, as kind says.
	kind nameKind
	name string
}

// nameKind says whose name it is.
type nameKind uint8

// The names that Envoy gives.
const (
	anyName nameKind = iota
	routeName
	virtualHostName
)

// pathFile has the entries, by place and ascending, under the literals of their paths: "" for none.
type pathFile struct {
	// entries are those under the first literal, more the others. Most files have one literal: a host has one API.
	first   string
	entries []int
	more    map[string][]int
	// depth is the number of segments that the deepest key has, size the number of bytes of the longest one.
	depth, size int
}

// maxFiles is under how many pairs of host and name an entry is filed. One with more is filed under its hosts only, so that
// long lists of both do not multiply.
const maxFiles = 16

// add files the entry at a place.
func (x *index) add(c *conditions, place int) {
	if x.files == nil {
		x.files = map[fileKey]*pathFile{}
	}
	kind, names := c.names()
	if len(names)*len(c.hosts) > maxFiles {
		kind, names = anyName, orAny(nil)
	}
	x.repeats = x.repeats || len(names) > 1 || len(c.hosts) > 1
	x.hasHosts = x.hasHosts || len(c.hosts) > 0
	x.kinds[kind] = true
	literal := c.literal()
	for _, name := range names {
		for _, host := range orAny(c.hosts) {
			x.file(fileKey{host, kind, name}).add(literal, place)
		}
	}
}

// names are the exact names that the entry wants one of.
func (c *conditions) names() (nameKind, []string) {
	switch {
	case exact(c.routeNames):
		return routeName, c.routeNames
	case exact(c.virtualHosts):
		return virtualHostName, c.virtualHosts
	default:
		return anyName, orAny(nil)
	}
}

// exact reports whether there are names, and none with a star.
func exact(patterns []string) bool {
	return len(patterns) > 0 && !slices.ContainsFunc(patterns, func(p string) bool { return strings.Contains(p, "*") })
}

// orAny is a list to file under.
func orAny(list []string) []string {
	if len(list) == 0 {
		return anyone
	}
	return list
}

// anyone is the list of what stands for no condition.
var anyone = []string{""}

// file is the file with a key, a new one when there is none.
func (x *index) file(key fileKey) *pathFile {
	file := x.files[key]
	if file == nil {
		file = &pathFile{}
		x.files[key] = file
	}
	return file
}

// add files the entry at a place.
func (f *pathFile) add(literal pathtemplate.Path, place int) {
	switch key := literal.String(); {
	case f.entries == nil, key == f.first:
		f.first, f.entries = key, append(f.entries, place)
	case f.more == nil:
		f.more = map[string][]int{key: {place}}
	default:
		f.more[key] = append(f.more[key], place)
	}
	f.depth = max(f.depth, literal.Depth())
	f.size = max(f.size, len(literal.String()))
}

// under are the entries under a literal.
func (f *pathFile) under(literal string) []int {
	if literal == f.first {
		return f.entries
	}
	return f.more[literal]
}

// literal is what every path begins with that the entry takes.
func (c *conditions) literal() pathtemplate.Path {
	var literal pathtemplate.Path
	if c.prefix != nil {
		literal = *c.prefix
	}
	if c.path != nil && c.path.Literal().Depth() > literal.Depth() {
		literal = c.path.Literal()
	}
	return literal
}

// search is the search for the first entry that takes a request.
type search struct {
	*Table
	q *request
	// best is the place of the first entry so far that takes it, the number of entries when none does.
	best int
	// asked are the entries that were asked already, by place; nil when none is filed under several things that a request has.
	asked []bool
	// steps counts what has been asked, and what has been looked up in files.
	steps int
}

// first finds the first entry that takes a request.
func (t *Table) first(q *request) int {
	s := t.search(q)
	s.run()
	if s.best == len(t.entries) {
		return None
	}
	return s.best
}

// search prepares a search.
func (t *Table) search(q *request) *search {
	s := &search{Table: t, q: q, best: len(t.entries)}
	if t.index.repeats {
		s.asked = make([]bool, len(t.entries))
	}
	return s
}

// run looks under all that the host stands for.
func (s *search) run() {
	s.askHost("")
	if !s.index.hasHosts {
		return
	}
	if s.q.host != "" {
		s.askHost(s.q.host)
	}
	for rest, more := s.q.host, true; more; {
		if _, rest, more = strings.Cut(rest, "."); more {
			s.askHost(anyLabels + rest)
		}
	}
}

// askHost asks the entries that are filed under a host, with a name of Envoy's or without.
func (s *search) askHost(host string) {
	s.ask(fileKey{host: host})
	s.ask(fileKey{host, routeName, s.q.facts.Route.Name})
	s.ask(fileKey{host, virtualHostName, s.q.facts.Route.VirtualHost})
}

// ask asks the entries that are filed under a key.
func (s *search) ask(key fileKey) {
	if !s.index.kinds[key.kind] {
		return
	}
	s.steps++
	if file := s.index.files[key]; file != nil {
		s.askFile(file)
	}
}

// askFile asks the entries in a file that stand before the best one and begin as the path does.
func (s *search) askFile(file *pathFile) {
	for prefix := range s.q.path.Prefixes(file.depth, file.size) {
		s.steps++
		for _, place := range file.under(prefix) {
			if place >= s.best {
				break
			}
			if s.asked != nil && s.asked[place] {
				continue
			}
			s.steps++
			if s.asked != nil {
				s.asked[place] = true
			}
			if s.entries[place].conditions.failing(s.q) == "" {
				s.best = place
				break
			}
		}
	}
}

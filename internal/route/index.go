// SPDX-License-Identifier: Apache-2.0

package route

import (
	"slices"
	"strings"

	"gatewayresponses/internal/pathtemplate"
)

// index says which entries have to be asked whether they take a request, for there can be a thousand: entries are filed
// under what they want of the request, and only those are asked that are filed under something that the request has.
type index map[fileKey]*pathFile

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
	entries map[string][]int
	// depth is the number of segments that the longest key has.
	depth int
}

// maxFiles is under how many pairs of host and name an entry is filed. One with more is filed under its hosts only, so that
// long lists of both do not multiply.
const maxFiles = 16

// add files the entry at a place.
func (x *index) add(c *conditions, place int) {
	if *x == nil {
		*x = index{}
	}
	kind, names := c.names()
	if len(names)*len(c.hosts) > maxFiles {
		kind, names = anyName, orAny(nil)
	}
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
		return []string{""}
	}
	return list
}

// file is the file with a key, a new one when there is none.
func (x index) file(key fileKey) *pathFile {
	file := x[key]
	if file == nil {
		file = &pathFile{entries: map[string][]int{}}
		x[key] = file
	}
	return file
}

// add files the entry at a place.
func (f *pathFile) add(literal pathtemplate.Path, place int) {
	f.entries[literal.String()] = append(f.entries[literal.String()], place)
	f.depth = max(f.depth, literal.Depth())
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

// first finds the first entry that takes a request.
func (t *Table) first(q *request) int {
	best := t.firstFor("", q, len(t.entries))
	if q.host != "" {
		best = t.firstFor(q.host, q, best)
	}
	for rest, more := q.host, true; more; {
		if _, rest, more = strings.Cut(rest, "."); more {
			best = t.firstFor(anyLabels+rest, q, best)
		}
	}
	if best == len(t.entries) {
		return None
	}
	return best
}

// firstFor finds an entry that is filed under a host, takes the request and stands before place best, else best.
func (t *Table) firstFor(host string, q *request, best int) int {
	for _, key := range [...]fileKey{
		{host: host},
		{host, routeName, q.facts.Route.Name},
		{host, virtualHostName, q.facts.Route.VirtualHost},
	} {
		if file := t.index[key]; file != nil {
			best = t.firstIn(file, q, best)
		}
	}
	return best
}

// firstIn finds an entry in a file that takes a request and stands before place best, else best.
func (t *Table) firstIn(file *pathFile, q *request, best int) int {
	for prefix := range q.path.Prefixes(file.depth) {
		for _, place := range file.entries[prefix] {
			if place >= best {
				break
			}
			if t.entries[place].take(q) {
				best = place
				break
			}
		}
	}
	return best
}

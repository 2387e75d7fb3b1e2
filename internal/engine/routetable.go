// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strings"

	"gatewayresponses/internal/pathtemplate"
)

// routeTable holds the entries of routes. It finds the first one that takes a request without asking all of them, for
// there can be a thousand: entries are filed under what they want of the request, and only those are asked that are filed
// under something that the request has.
type routeTable struct {
	byName map[string]*route
	routes []*route
	files  map[fileKey]*pathFile
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

// pathFile has the entries, by place in routeTable.routes and ascending, under the literals of their paths: "" for none.
type pathFile struct {
	entries map[string][]int
	// depth is the number of segments that the longest key has.
	depth int
}

// maxFiles is under how many pairs of host and name an entry is filed. One with more is filed under its hosts only, so that
// long lists of both do not multiply.
const maxFiles = 16

// add files the next entry. An entry without conditions is reached by its name only.
func (t *routeTable) add(name string, r *route, matched bool) {
	t.byName[name] = r
	if !matched {
		return
	}
	place := len(t.routes)
	t.routes = append(t.routes, r)
	kind, names := r.names()
	if len(names)*len(r.hosts) > maxFiles {
		kind, names = anyName, orAny(nil)
	}
	literal := r.literal()
	for _, name := range names {
		for _, host := range orAny(r.hosts) {
			t.file(fileKey{host, kind, name}).add(literal, place)
		}
	}
}

// names are the exact names that the entry wants one of.
func (r *route) names() (nameKind, []string) {
	switch {
	case exact(r.routeNames):
		return routeName, r.routeNames
	case exact(r.virtualHosts):
		return virtualHostName, r.virtualHosts
	default:
		return anyName, orAny(nil)
	}
}

// exact tells whether there are names, and none with a star.
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
func (t *routeTable) file(key fileKey) *pathFile {
	file := t.files[key]
	if file == nil {
		file = &pathFile{entries: map[string][]int{}}
		t.files[key] = file
	}
	return file
}

// add files the entry at a place.
func (f *pathFile) add(literal pathtemplate.Path, place int) {
	f.entries[literal.String()] = append(f.entries[literal.String()], place)
	f.depth = max(f.depth, literal.Depth())
}

// literal is what every path begins with that the entry takes.
func (r *route) literal() pathtemplate.Path {
	var literal pathtemplate.Path
	if r.prefix != nil {
		literal = *r.prefix
	}
	if r.path != nil && r.path.Literal().Depth() > literal.Depth() {
		literal = r.path.Literal()
	}
	return literal
}

// first finds the first entry that takes a request, nil for none.
func (t *routeTable) first(q *request) *route {
	best := t.firstFor("", q, len(t.routes))
	if q.host != "" {
		best = t.firstFor(q.host, q, best)
	}
	for rest, more := q.host, true; more; {
		if _, rest, more = strings.Cut(rest, "."); more {
			best = t.firstFor(anyLabels+rest, q, best)
		}
	}
	if best == len(t.routes) {
		return nil
	}
	return t.routes[best]
}

// firstFor finds an entry that is filed under a host, takes the request and stands before place best, else best.
func (t *routeTable) firstFor(host string, q *request, best int) int {
	for _, key := range [...]fileKey{
		{host: host},
		{host, routeName, q.facts.Route.Name},
		{host, virtualHostName, q.facts.Route.VirtualHost},
	} {
		if file := t.files[key]; file != nil {
			best = t.firstIn(file, q, best)
		}
	}
	return best
}

// firstIn finds an entry in a file that takes a request and stands before place best, else best.
func (t *routeTable) firstIn(file *pathFile, q *request, best int) int {
	for prefix := range q.path.Prefixes(file.depth) {
		for _, place := range file.entries[prefix] {
			if place >= best {
				break
			}
			if t.routes[place].takes(q) {
				best = place
				break
			}
		}
	}
	return best
}

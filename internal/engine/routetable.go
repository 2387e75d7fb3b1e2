// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/internal/pathtemplate"
)

// routeTable holds the entries of routes. It finds the first one that takes a request without asking all of them, for
// there can be a thousand: entries are filed under a host and under the literals that their path begins with, and only
// those that are filed under something of the request are asked.
type routeTable struct {
	byName map[string]*route
	routes []*route
	// hosts has a file for each name, each pattern "*.name", and "" for entries without hosts.
	hosts map[string]*pathFile
}

// pathFile has the entries, by place in routeTable.routes and ascending, under the literals of their paths: "" for none.
type pathFile struct {
	entries map[string][]int
	// depth is the number of segments that the longest key has.
	depth int
}

// add files the next entry. An entry without conditions is reached by its name only.
func (t *routeTable) add(name string, r *route, matched bool) {
	t.byName[name] = r
	if !matched {
		return
	}
	place := len(t.routes)
	t.routes = append(t.routes, r)
	hosts := r.hosts
	if len(hosts) == 0 {
		hosts = []string{""}
	}
	for _, host := range hosts {
		file := t.hosts[host]
		if file == nil {
			file = &pathFile{entries: map[string][]int{}}
			t.hosts[host] = file
		}
		literal := r.literal()
		file.entries[literal.String()] = append(file.entries[literal.String()], place)
		file.depth = max(file.depth, literal.Depth())
	}
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
	best := len(t.routes)
	search := func(key string) {
		if file := t.hosts[key]; file != nil {
			best = t.firstIn(file, q, best)
		}
	}
	search("")
	if q.host != "" {
		search(q.host)
	}
	for rest, more := q.host, true; more; {
		if _, rest, more = strings.Cut(rest, "."); more {
			search(anyLabels + rest)
		}
	}
	if best == len(t.routes) {
		return nil
	}
	return t.routes[best]
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

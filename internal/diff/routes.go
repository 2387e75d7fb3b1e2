// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/quote"
)

// notes say which routes come and go, and of which the requests are other ones: replies are compared for requests that a route
// takes in either document.
func notes(before, after *config.Document) []string {
	was, is := matches(before), matches(after)
	var notes []string
	note := func(document *config.Document, differs func(name string) bool, text string) {
		for i := range document.Routes {
			if name := document.Routes[i].Name.Value; differs(name) {
				notes = append(notes, "route "+quote.Text(name)+" "+text)
			}
		}
	}
	gone := func(name string) bool { _, ok := is[name]; return !ok }
	isNew := func(name string) bool { _, ok := was[name]; return !ok }
	note(before, gone, "is gone")
	note(after, isNew, "is new")
	note(after, func(name string) bool { return !isNew(name) && was[name] != is[name] }, "takes other requests: its match changes")
	if slices.Compare(common(before, gone), common(after, isNew)) != 0 {
		notes = append(notes, "the order of routes changes: the first whose match holds takes a request")
	}
	return notes
}

// matches are the conditions of each route, as text.
func matches(document *config.Document) map[string]string {
	all := map[string]string{}
	for i := range document.Routes {
		all[document.Routes[i].Name.Value] = matchText(document.Routes[i].Match)
	}
	return all
}

// matchText writes conditions so that they can be compared.
func matchText(m *config.Match) string {
	if m == nil {
		return ""
	}
	var b strings.Builder
	for _, list := range [][]config.Text{m.RouteNames, m.VirtualHosts, m.Hosts, m.Methods} {
		var values []string
		for _, text := range list {
			values = append(values, text.Value)
		}
		slices.Sort(values)
		fmt.Fprintf(&b, "%q;", values)
	}
	fmt.Fprintf(&b, "%q;%q", m.Path.Value, m.PathPrefix.Value)
	var metadata []string
	for _, want := range m.Metadata {
		metadata = append(metadata, fmt.Sprintf("%q=%q", want.Keys, want.Glob.Value))
	}
	slices.Sort(metadata)
	fmt.Fprintf(&b, "%q", metadata)
	return b.String()
}

// common are the names of a document's routes in their order, without some.
func common(document *config.Document, without func(name string) bool) []string {
	var names []string
	for i := range document.Routes {
		if name := document.Routes[i].Name.Value; !without(name) {
			names = append(names, name)
		}
	}
	return names
}

// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
)

// checkRoutes looks at Envoy's routes: at what they say of the filter, and at the headers that they add.
func (x *examiner) checkRoutes(m *manager) {
	ours := m.ours()
	if len(ours) == 0 {
		return
	}
	w := &walk{examiner: x, filters: map[string]*filter{}, added: map[string]node{}}
	for _, i := range ours {
		w.filters[m.filters[i].name] = &m.filters[i]
	}
	for _, routes := range m.routes {
		w.level(routes, "the route configuration "+quoted(routes.get("name").text()))
		for host := range routes.get("virtual_hosts").each() {
			inHost := "virtual host " + quoted(host.get("name").text())
			w.level(host, inHost)
			for route := range host.get("routes").each() {
				w.level(route, routeName(route)+" of "+inHost)
				for cluster := range route.get("route", "weighted_clusters", "clusters").each() {
					w.level(cluster, "cluster "+quoted(cluster.get("name").text())+" of "+routeName(route)+" of "+inHost)
				}
			}
		}
	}
	if m.nests() {
		w.reportAdded(&m.filters[ours[0]])
	}
}

// walk goes over all routes of a connection manager.
type walk struct {
	*examiner
	// filters are the filter's entries, by their configured names.
	filters map[string]*filter
	// added are the headers that routes add, in lower case, each with its first place.
	added map[string]node
}

// level looks at one level of the routes.
func (w *walk) level(n node, what string) {
	for name, config := range n.get("typed_per_filter_config").members() {
		f := w.filters[name]
		if f == nil {
			continue
		}
		if f.plugin.adapter == ability.Module {
			w.checkPerRoute(config, what, f.plugin)
		}
		if config.typeName() == "envoy.config.route.v3.FilterConfig" && config.get("disabled").isTrue() {
			w.report(code.FilterOffByRoute, finding.Warning, config,
				"%s disables the filter %q: its errors stay as Envoy makes them; if it shall be so, metadata {gateway_responses: {route: \"off\"}} also counts them", what, name)
		}
	}
	w.checkMissed(n, what)
	for header := range n.get("response_headers_to_add").each() {
		key := header.get("header", "key")
		if name := strings.ToLower(key.text()); name != "" {
			if _, ok := w.added[name]; !ok {
				w.added[name] = key
			}
		}
	}
}

// reportAdded reports the headers that a header-only reply would have twice: the filter copies them into its nested reply, and
// Envoy adds them to that again.
func (w *walk) reportAdded(f *filter) {
	document := f.plugin.document
	if document == nil {
		return
	}
	var missing []string
	for name := range w.added {
		if !slices.Contains(document.AddedByRoutes, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return
	}
	slices.Sort(missing)
	all := slices.Sorted(slices.Values(slices.Concat(missing, document.AddedByRoutes)))
	line := make([]string, len(all))
	for i, name := range all {
		line[i] = quoted(name)
	}
	w.report(code.HeaderAddedTwice, finding.Warning, w.added[missing[0]],
		"routes add %s, and add it again to the reply that takes the place of a header-only one; write in the document \"headerOnly\": {\"addedByRoutes\": [%s]}",
		shorten(missing), strings.Join(line, ", "))
}

// routeName is what messages call a route of Envoy: its name, or else what it matches.
func routeName(route node) string {
	if name := route.get("name").text(); name != "" {
		return "route " + quoted(name)
	}
	for field, value := range route.get("match").members() {
		if text := value.text(); text != "" {
			return fmt.Sprintf("the route with %s %q", field, text)
		}
	}
	return "a route"
}

func quoted(name string) string { return fmt.Sprintf("%q", name) }

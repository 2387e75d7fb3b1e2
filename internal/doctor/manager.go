// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"

	"gatewayresponses/internal/ability"
)

// manager is an HTTP connection manager of Envoy: a chain of HTTP filters, and the routes behind it.
type manager struct {
	// name is that of its listener and filter chain.
	name string
	// internal reports that only Envoy itself can reach the listener.
	internal bool
	// delivered reports that a server has delivered the listener.
	delivered bool
	// config are its fields.
	config  node
	filters []filter
	// routes are the route configurations that it may use, as far as they are known.
	routes []node
}

// chain reads a list of filters, http_filters.
func (e *envoy) chain(name string, filters node) manager {
	m := manager{name: name}
	for f := range filters.each() {
		m.filters = append(m.filters, e.filter(f))
	}
	return m
}

// manager reads an HTTP connection manager.
func (e *envoy) manager(name string, config node) manager {
	m := e.chain(name, config.get("http_filters"))
	m.config = config
	switch {
	case config.get("route_config").Exists():
		m.routes = append(m.routes, config.get("route_config"))
	case config.get("rds").Exists():
		if r, ok := e.routes[config.get("rds", "route_config_name").text()]; ok {
			m.routes = append(m.routes, r)
		}
	}
	return m
}

// ours are the places in filters where the filter is.
func (m *manager) ours() []int {
	var places []int
	for i := range m.filters {
		if m.filters[i].plugin != nil {
			places = append(places, i)
		}
	}
	return places
}

// seesEarly reports whether a filter of ours sees what Envoy answers before the filters. It does wherever it stands, since Envoy
// shows a reply that no filter made to all of them.
func (m *manager) seesEarly() bool {
	return slices.ContainsFunc(m.filters, func(f filter) bool {
		return f.plugin != nil && f.plugin.adapter == ability.Module && !f.disabled
	})
}

// filter is an entry of http_filters.
type filter struct {
	// name is the configured name.
	name string
	// entry is the entry itself, and discovery its config_discovery.
	entry, discovery node
	// typ is the message of its configuration, and config that message: the one that was delivered, else the default. typ is "" for
	// one that is not known.
	typ    string
	config node
	// disabled reports that only routes switch it on.
	disabled bool
	// plugin is what is known of our filter, nil for every other one.
	plugin *plugin
}

// filter reads an entry of http_filters.
func (e *envoy) filter(entry node) filter {
	f := filter{
		name: entry.get("name").text(), entry: entry, discovery: entry.get("config_discovery"), disabled: entry.get("disabled").isTrue(),
	}
	f.typ, f.config = unwrap(entry.get("typed_config"))
	if f.discovery.Exists() {
		delivered, ok := e.filters[f.name]
		if ok {
			f.typ, f.config = unwrap(delivered.get("typed_config"))
		} else {
			f.typ, f.config = unwrap(f.discovery.get("default_config"))
		}
		if f.typ == "" {
			f.typ = messageName(firstOf(f.discovery.get("type_urls")).text())
		}
	}
	return f
}

// firstOf is the first element of an array.
func firstOf(list node) node {
	for n := range list.each() {
		return n
	}
	return node{}
}

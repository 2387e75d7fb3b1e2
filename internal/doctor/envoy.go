// SPDX-License-Identifier: Apache-2.0

package doctor

import "strings"

// envoy is what matters here of the configuration of one Envoy.
type envoy struct {
	// node is what Envoy says of itself.
	node node
	// managers are the HTTP connection managers, in the order of the configuration.
	managers []manager
	// routes are the route configurations that a server has delivered, and filters the filters (ECDS), by their names.
	routes  map[string]node
	filters map[string]node
}

// readDump reads a config_dump of the admin interface, envoy.admin.v3.ConfigDump.
func readDump(root node) *envoy {
	e := &envoy{routes: map[string]node{}, filters: map[string]node{}}
	var static, delivered []node
	for config := range root.get("configs").each() {
		switch message := config.typeName(); message[strings.LastIndexByte(message, '.')+1:] {
		case "BootstrapConfigDump":
			e.node = config.get("bootstrap", "node")
		case "ListenersConfigDump":
			for l := range config.get("static_listeners").each() {
				static = append(static, l.get("listener"))
			}
			for l := range config.get("dynamic_listeners").each() {
				delivered = append(delivered, dynamicListener(l))
			}
		case "RoutesConfigDump":
			for r := range config.get("dynamic_route_configs").each() {
				e.addRoutes(r.get("route_config"))
			}
		case "EcdsConfigDump":
			for f := range config.get("ecds_filters").each() {
				filter := f.get("ecds_filter")
				e.filters[filter.get("name").text()] = filter
			}
		}
	}
	for _, l := range static {
		e.addListener(l, false)
	}
	for _, l := range delivered {
		e.addListener(l, true)
	}
	return e
}

// dynamicListener is a listener in the state that serves, or the one that is about to.
func dynamicListener(l node) node {
	if active := l.get("active_state", "listener"); active.Exists() {
		return active
	}
	return l.get("warming_state", "listener")
}

// readBootstrap reads a bootstrap, envoy.config.bootstrap.v3.Bootstrap.
func readBootstrap(root node) *envoy {
	e := &envoy{node: root.get("node"), routes: map[string]node{}, filters: map[string]node{}}
	for l := range root.get("static_resources", "listeners").each() {
		e.addListener(l, false)
	}
	return e
}

// readResources reads the resources of a DiscoveryResponse: listeners, and the routes and filters that they name.
func readResources(root node) *envoy {
	e := &envoy{routes: map[string]node{}, filters: map[string]node{}}
	for r := range root.get("resources").each() {
		switch r.typeName() {
		case "envoy.config.route.v3.RouteConfiguration":
			e.addRoutes(r)
		case "envoy.config.core.v3.TypedExtensionConfig":
			e.filters[r.get("name").text()] = r
		}
	}
	for r := range root.get("resources").each() {
		if r.typeName() == "envoy.config.listener.v3.Listener" {
			e.addListener(r, true)
		}
	}
	return e
}

func (e *envoy) addRoutes(routes node) { e.routes[routes.get("name").text()] = routes }

// addListener adds the HTTP connection managers of a listener.
func (e *envoy) addListener(l node, delivered bool) {
	name := l.get("name").text()
	if name == "" {
		name = l.path
	}
	chains := []node{}
	for c := range l.get("filter_chains").each() {
		chains = append(chains, c)
	}
	if c := l.get("default_filter_chain"); c.Exists() {
		chains = append(chains, c)
	}
	for _, c := range chains {
		for f := range c.get("filters").each() {
			typ, config := unwrap(f.get("typed_config"))
			if !strings.HasSuffix(typ, ".HttpConnectionManager") {
				continue
			}
			called := "listener " + name
			if chain := c.get("name").text(); chain != "" && len(chains) > 1 {
				called += ", filter chain " + chain
			}
			m := e.manager(called, config)
			m.delivered = delivered
			m.internal = l.get("internal_listener").Exists()
			e.managers = append(e.managers, m)
		}
	}
}

// unwrap returns the message that a typed_config is, and its fields. Istio and others send messages as a TypedStruct.
func unwrap(config node) (typ string, fields node) {
	typ = config.typeName()
	if strings.HasSuffix(typ, ".TypedStruct") {
		return messageName(config.get("type_url").text()), config.get("value")
	}
	return typ, config
}

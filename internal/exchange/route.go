// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"strings"

	"gatewayresponses/config"
)

// To is a request that a route of the document takes: one that its match describes, as far as it can be described by one example,
// on a route of Envoy whose metadata names it. So the route takes it whatever routes stand before it, unless the error is that Envoy has no
// route: then its match decides.
func To(route *config.Route) Exchange {
	x := Exchange{Envoy: Envoy{DocumentRoute: route.Name.Value}}
	m := route.Match
	if m == nil {
		return x
	}
	x.Envoy.RouteName, x.Envoy.VirtualHost = literal(m.RouteNames), literal(m.VirtualHosts)
	if len(m.Methods) > 0 {
		x.Request.Method = m.Methods[0].Value
	}
	if len(m.Hosts) > 0 {
		x.Request.Host = strings.Replace(m.Hosts[0].Value, "*.", "www.", 1)
	}
	switch prefix := m.PathPrefix.Value; {
	case m.Path.Value != "":
		x.Request.Path = pathLike(m.Path.Value)
	case len(route.Resources) > 0:
		x.Request.Path = strings.TrimSuffix(prefix, "/") + pathLike(route.Resources[0].Value)
	default:
		x.Request.Path = prefix
	}
	return x
}

// pathLike is a path for a path template: parameters have their names for values.
func pathLike(template string) string {
	segments := strings.Split(template, "/")
	for i, segment := range segments {
		if name, ok := strings.CutPrefix(segment, "{"); ok {
			segments[i] = strings.TrimRight(name, "+}")
		}
	}
	return strings.Join(segments, "/")
}

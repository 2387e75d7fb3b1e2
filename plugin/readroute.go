// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// routeEntryPaths lead to the name of an entry of routes, the first one that is there counts: on the route itself; as the
// annotation gateway.envoyproxy.io/gateway-responses of the HTTPRoute that Envoy Gateway made the route of; on the virtual
// host.
var routeEntryPaths = [][]string{
	{"xds", "route_metadata", "filter_metadata", "gateway_responses", "route"},
	{"xds", "route_metadata", "filter_metadata", "envoy-gateway", "resources", "0", "annotations", "gateway-responses"},
	{"xds", "virtual_host_metadata", "filter_metadata", "gateway_responses", "route"},
}

// readRoute reads which entry of routes the metadata of route and virtual host names, if the document has any.
func readRoute(host host, needs engine.Needs, f *facts.Facts) error {
	if !needs.Fields.Has(facts.FieldRouteEntry) {
		return nil
	}
	for _, path := range routeEntryPaths {
		value, err := host.property(path)
		if err != nil {
			return err
		}
		if f.Route.Entry = string(value); f.Route.Entry != "" {
			break
		}
	}
	return nil
}

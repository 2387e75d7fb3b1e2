// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// routeMetadataPath leads to the metadata of the route.
var routeMetadataPath = []string{"xds", "route_metadata", "filter_metadata"}

// routeEntryPaths lead to the name of an entry of routes, the first one that is there counts: on the route itself; as the
// annotation gateway.envoyproxy.io/gateway-responses of the HTTPRoute that Envoy Gateway made the route of; on the virtual
// host.
var routeEntryPaths = [][]string{
	{"xds", "route_metadata", "filter_metadata", "gateway_responses", "route"},
	{"xds", "route_metadata", "filter_metadata", "envoy-gateway", "resources", "0", "annotations", "gateway-responses"},
	{"xds", "virtual_host_metadata", "filter_metadata", "gateway_responses", "route"},
}

// readRoute reads what the document asks for of the metadata of route and virtual host.
func readRoute(host host, needs engine.Needs, f *facts.Facts) error {
	if needs.Fields.Has(facts.FieldRouteEntry) {
		for _, path := range routeEntryPaths {
			value, err := host.property(path)
			if err != nil {
				return err
			}
			if f.Route.Entry = string(value); f.Route.Entry != "" {
				break
			}
		}
	}
	for _, keys := range needs.RouteMetadata {
		value, err := host.property(slices.Concat(routeMetadataPath, keys))
		if err != nil {
			return err
		}
		if len(value) > 0 {
			f.RouteMetadata = append(f.RouteMetadata, facts.RouteMetadatum{Keys: keys, Value: string(value)})
		}
	}
	return nil
}

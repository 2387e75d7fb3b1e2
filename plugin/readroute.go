// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// routeEntryPaths lead to a route document, or to the name of an entry of routes. The first one that is there counts: on the
// route itself; as the annotation gateway.envoyproxy.io/gateway-responses of the HTTPRoute that Envoy Gateway made the route
// of; on the virtual host.
var routeEntryPaths = []struct {
	field facts.Fields
	path  []string
}{
	{facts.FieldRouteDocument, []string{"xds", "route_metadata", "filter_metadata", "gateway_responses", "document"}},
	{facts.FieldRouteEntry, []string{"xds", "route_metadata", "filter_metadata", "gateway_responses", "route"}},
	{facts.FieldRouteEntry, []string{"xds", "route_metadata", "filter_metadata", "envoy-gateway", "resources", "0", "annotations", "gateway-responses"}},
	{facts.FieldRouteDocument, []string{"xds", "virtual_host_metadata", "filter_metadata", "gateway_responses", "document"}},
	{facts.FieldRouteEntry, []string{"xds", "virtual_host_metadata", "filter_metadata", "gateway_responses", "route"}},
}

// readRoute reads which entry of routes the metadata of route and virtual host holds or names, as far as the document asked
// for it.
func readRoute(host host, asked facts.Fields, route *facts.Route) error {
	for _, source := range routeEntryPaths {
		if !asked.Has(source.field) {
			continue
		}
		value, err := host.property(source.path)
		switch {
		case err != nil:
			return err
		case len(value) == 0:
		case source.field == facts.FieldRouteDocument:
			route.Document = string(value[:min(len(value), config.MaxRouteDocument+1)])
			return nil
		default:
			route.Entry = string(value)
			return nil
		}
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// routeMetadataPath leads to the metadata of the route.
var routeMetadataPath = []string{"xds", "route_metadata", "filter_metadata"}

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

// readRoute reads what the document asks for of the metadata of route and virtual host.
func readRoute(host host, needs engine.Needs, f *facts.Facts) error {
	if err := readRouteEntry(host, needs, &f.Route); err != nil {
		return err
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

// readRouteEntry reads which entry the metadata holds or names.
func readRouteEntry(host host, needs engine.Needs, route *facts.Route) error {
	for _, source := range routeEntryPaths {
		if !needs.Fields.Has(source.field) {
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

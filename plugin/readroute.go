// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// metadataLevels are where the metadata of Envoy may hold a route document, or name an entry of routes or a mode. The first
// level that has either counts: the route itself with the HTTPRoute that Envoy Gateway made it of, then the virtual host.
var metadataLevels = []struct {
	field facts.Fields
	path  []string
	// names lead to the name; the first one that is there counts.
	names [][]string
}{
	{facts.FieldRouteMetadata, []string{"xds", "route_metadata", "filter_metadata"}, [][]string{
		{"gateway_responses", "route"},
		// The annotation gateway.envoyproxy.io/gateway-responses.
		{"envoy-gateway", "resources", "0", "annotations", "gateway-responses"},
	}},
	{facts.FieldHostMetadata, []string{"xds", "virtual_host_metadata", "filter_metadata"}, [][]string{{"gateway_responses", "route"}}},
}

// documentPath leads to a route document.
var documentPath = []string{"gateway_responses", "document"}

// readRoute reads what the metadata of route and virtual host says to the filter, as far as it is wanted.
func readRoute(host host, wanted facts.Fields, route *facts.Route) error {
	for _, level := range metadataLevels {
		if !wanted.Has(level.field) {
			continue
		}
		m, err := readMetadata(host, level.path)
		if err != nil {
			return err
		}
		if wanted.Has(facts.FieldRouteDocument) {
			document, err := m.value(documentPath)
			if err != nil {
				return err
			}
			route.Document = string(document[:min(len(document), config.MaxRouteDocument+1)])
		}
		for _, path := range level.names {
			name, err := m.value(path)
			if err != nil {
				return err
			}
			if route.DocumentRoute = nameOf(name); route.DocumentRoute != "" {
				break
			}
		}
		if route.Document != "" || route.DocumentRoute != "" {
			return nil
		}
	}
	return nil
}

// unquotedOff is the value of "off" without quotes: YAML reads a boolean, which Envoy hands out as a byte.
const unquotedOff = "\x00"

// nameOf is the name that a value stands for.
func nameOf(value []byte) string {
	if string(value) == unquotedOff {
		return string(config.ModeOff)
	}
	return string(value)
}

// metadata is all metadata of a route or a virtual host, read in one call. Envoy hands out none of it where any value in it
// is a null; its values have to be read one by one then.
type metadata struct {
	host host
	path []string
	// all is empty when the metadata cannot be handed out, or there is no route.
	all []byte
}

// readMetadata reads the metadata under a path.
func readMetadata(host host, path []string) (metadata, error) {
	all, err := host.property(path)
	return metadata{host, path, all}, err
}

// value is the value under some keys, nil when it is absent.
func (m metadata) value(keys []string) ([]byte, error) {
	if len(m.all) == 0 {
		return m.host.property(slices.Concat(m.path, keys))
	}
	value := m.all
	for _, key := range keys {
		value = member(value, key)
	}
	return value, nil
}

// member is a member of an object or an element of a list, as Envoy encodes them: pairs of key and value, or of element and
// nothing. It is nil when there is none.
func member(encoded []byte, key string) []byte {
	pairs, err := decodePairs(encoded)
	if err != nil {
		return nil
	}
	for _, pair := range pairs {
		if pair.Name == key {
			return []byte(pair.Value)
		}
	}
	if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(pairs) && pairs[i].Value == "" {
		return []byte(pairs[i].Name)
	}
	return nil
}

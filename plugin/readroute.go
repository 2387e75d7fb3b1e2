// SPDX-License-Identifier: Apache-2.0

package main

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// metadataLevels are where the metadata of Envoy may hold a route document, or name an entry of routes or a mode. The first
// level that has either counts: the route itself with the HTTPRoute that Envoy Gateway made it of, then the virtual host.
//
// What is not there costs Envoy less than what has to be handed out, so of a virtual host only the filter's own part is read. That of
// a route would take two calls.
var metadataLevels = []struct {
	field facts.Fields
	// path leads to what is read.
	path string
	// document leads on to a route document, and names to the name; the first one that is there counts.
	document []string
	names    [][]string
}{
	{facts.FieldRouteMetadata, "xds\x00route_metadata\x00filter_metadata", []string{"gateway_responses", "document"}, [][]string{
		{"gateway_responses", "route"},
		// The annotation gateway.envoyproxy.io/gateway-responses.
		{"envoy-gateway", "resources", "0", "annotations", "gateway-responses"},
	}},
	{
		facts.FieldHostMetadata, "xds\x00virtual_host_metadata\x00filter_metadata\x00gateway_responses",
		[]string{"document"},
		[][]string{{"route"}},
	},
}

// readRoute reads what the metadata of route and virtual host says to the filter, as far as it is wanted.
func readRoute(host host, wanted facts.Fields, route *facts.Route) error {
	for i := range metadataLevels {
		level := &metadataLevels[i]
		if !wanted.Has(level.field) {
			continue
		}
		m, err := readMetadata(host, level.path)
		if err != nil {
			return err
		}
		if wanted.Has(facts.FieldRouteDocument) {
			if route.Document, err = m.value(level.document); err != nil {
				return err
			}
			route.Document = route.Document[:min(len(route.Document), config.MaxRouteDocument+1)]
		}
		if route.DocumentRoute, err = m.name(level.names); err != nil || route.Document != "" || route.DocumentRoute != "" {
			return err
		}
	}
	return nil
}

// unquotedOff is the value of "off" without quotes: YAML reads a boolean, which Envoy hands out as a byte.
const unquotedOff = "\x00"

// nameOf is the name that a value stands for.
func nameOf(value string) string {
	if value == unquotedOff {
		return string(config.ModeOff)
	}
	return value
}

// metadata is all metadata of a route or a virtual host, read in one call. Envoy hands out none of it where any value in it
// is a null; its values have to be read one by one then.
type metadata struct {
	host host
	path string
	// all is empty when there is none. It is good until the next call of the host.
	all []byte
	// whole reports whether Envoy can hand it out.
	whole bool
}

// readMetadata reads the metadata under a path.
func readMetadata(host host, path string) (metadata, error) {
	all, whole, err := host.object(path)
	return metadata{host, path, all, whole}, err
}

// value is the value under some keys, "" when it is absent.
func (m *metadata) value(keys []string) (string, error) {
	if !m.whole {
		value, err := m.host.property(m.path + "\x00" + joinPath(keys...))
		return string(value), err
	}
	value := m.all
	for _, key := range keys {
		if value = abi.Member(value, key); len(value) == 0 {
			return "", nil
		}
	}
	return string(value), nil
}

// name is the name under the first of some paths that has one.
func (m *metadata) name(paths [][]string) (string, error) {
	for _, path := range paths {
		value, err := m.value(path)
		if err != nil || value != "" {
			return nameOf(value), err
		}
	}
	return "", nil
}

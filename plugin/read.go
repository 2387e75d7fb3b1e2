// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"

	"gatewayresponses/internal/edit"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// detailsPath leads to the attribute that every error is asked for.
// https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes
const detailsPath = "response\x00code_details"

// fieldPaths are the attributes that are read only when they are wanted. FieldBody,
// FieldRouteMetadata and FieldRouteDocument are none: see Rewrite.Reads and readRoute.
var fieldPaths = []struct {
	field facts.Fields
	path  string
	store func(f *facts.Facts, value []byte)
}{
	{facts.FieldFlags, "response\x00flags", func(f *facts.Facts, v []byte) { f.Reply.Flags = facts.Flags(littleEndian(v)) }},
	{
		// The configured name of the filter that sent the reply.
		facts.FieldOwner,
		"filter_state\x00envoy.filters.network.http_connection_manager.local_reply_owner",
		func(f *facts.Facts, v []byte) { f.Reply.Owner = string(v) },
	},
	{facts.FieldProtocol, "request\x00protocol", func(f *facts.Facts, v []byte) { f.Request.Protocol = string(v) }},
	{facts.FieldTime, "request\x00time", func(f *facts.Facts, v []byte) { f.Request.Time = int64(littleEndian(v)) }},
	{facts.FieldSource, "source\x00address", func(f *facts.Facts, v []byte) { f.Request.Source = string(v) }},
	{facts.FieldRouteName, "xds\x00route_name", func(f *facts.Facts, v []byte) { f.Route.Name = string(v) }},
	{facts.FieldVirtualHost, "xds\x00virtual_host_name", func(f *facts.Facts, v []byte) { f.Route.VirtualHost = string(v) }},
	{facts.FieldCluster, "xds\x00cluster_name", func(f *facts.Facts, v []byte) { f.Route.Cluster = string(v) }},
	{facts.FieldUpstream, "upstream\x00address", func(f *facts.Facts, v []byte) { f.Route.Upstream = string(v) }},
}

// read gathers the facts of a reply, as far as they are wanted. An error means that something could not be read, and so
// nothing is known.
func (s *stream) read(f *facts.Facts, wants *engine.Wants, endOfStream bool) error {
	var err error
	if f.Request.Headers, err = s.request.headers(); err != nil {
		return err
	}
	host := s.plugin.vm.host
	if err := readReply(host, &f.Reply, endOfStream); err != nil {
		return err
	}
	s.plugin.vm.flooded = true
	if err := readRoute(host, wants.Fields, &f.Route); err != nil {
		return err
	}
	fields := wants.Fields
	if f.Route.Document != "" {
		fields |= wants.OfRouteDocuments
	}
	for _, attribute := range fieldPaths {
		if !fields.Has(attribute.field) {
			continue
		}
		value, err := host.property(attribute.path)
		if err != nil {
			return err
		}
		attribute.store(f, value)
	}
	f.Attributes, err = readAttributes(host, wants.Attributes)
	return err
}

// readAttributes reads the attributes that the document chooses itself; nil when there are none.
func readAttributes(host host, paths []string) (facts.Attributes, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	properties := facts.Attributes{}
	for _, path := range paths {
		value, err := host.property(joinPath(facts.AttributePieces(path)...))
		if err != nil {
			return nil, err
		}
		if len(value) > 0 {
			properties[path] = string(value)
		}
	}
	return properties, nil
}

// joinPath makes a path of its pieces.
func joinPath(pieces ...string) string { return strings.Join(pieces, "\x00") }

// readReply completes what every reply is asked for.
func readReply(host host, reply *facts.Reply, endOfStream bool) error {
	if reply.Headers == nil {
		var err error
		if reply.Headers, err = readHeaders(host); err != nil {
			return err
		}
	}
	reply.HasBody = !endOfStream || edit.AnnouncesBody(reply.Headers)
	return nil
}

// readHeaders reads the header map of the reply, in the response phase and in on_log.
func readHeaders(host host) (facts.Headers, error) {
	encoded, err := host.responseHeaders()
	if err != nil {
		return nil, err
	}
	return abi.DecodePairs(encoded)
}

// parseStatus reads a status of three digits, 0 for anything else. It runs for every reply.
func parseStatus(text []byte) int {
	if len(text) != 3 {
		return 0
	}
	status := 0
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return 0
		}
		status = status*10 + int(text[i]-'0')
	}
	return status
}

// littleEndian reads an integer attribute of 8 bytes, 0 when it is absent.
func littleEndian(value []byte) uint64 {
	if len(value) != 8 {
		return 0
	}
	var n uint64
	for i, b := range value {
		n |= uint64(b) << (8 * i)
	}
	return n
}

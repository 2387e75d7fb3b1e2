// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// Attributes that name an entry, or hold one.
const (
	onRoute       = "xds.route_metadata.filter_metadata.gateway_responses.route"
	onHTTPRoute   = "xds.route_metadata.filter_metadata.envoy-gateway.resources.0.annotations.gateway-responses"
	onVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses.route"

	documentOnRoute       = "xds.route_metadata.filter_metadata.gateway_responses.document"
	documentOnVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses.document"
)

// The calls that read them: all metadata of the route, and that of the virtual host for the filter.
const (
	allOfRoute       = "xds.route_metadata.filter_metadata"
	allOfVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses"
)

func TestReadRoute(t *testing.T) {
	const named = facts.FieldRouteMetadata | facts.FieldHostMetadata
	const either = named | facts.FieldRouteDocument
	for _, tc := range []struct {
		name       string
		wanted     facts.Fields
		properties map[string]string
		want       facts.Route
		// reads are the attributes that are asked for.
		reads []string
	}{
		{"not wanted", facts.Fields(0), map[string]string{onRoute: "a"}, facts.Route{}, nil},
		{
			"the route wins", named,
			map[string]string{onRoute: "a", onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Route{DocumentRoute: "a"},
			[]string{allOfRoute},
		},
		{
			"the HTTPRoute comes next", named,
			map[string]string{onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Route{DocumentRoute: "b"},
			[]string{allOfRoute},
		},
		{
			"the virtual host is the last", named,
			map[string]string{onVirtualHost: "c"},
			facts.Route{DocumentRoute: "c"},
			[]string{allOfRoute, allOfVirtualHost},
		},
		{
			"without a route only the virtual host", facts.FieldHostMetadata,
			map[string]string{onRoute: "a", onVirtualHost: "c"},
			facts.Route{DocumentRoute: "c"},
			[]string{allOfVirtualHost},
		},
		{
			"a document and a name beside it", either,
			map[string]string{documentOnRoute: "{}", onRoute: "off"},
			facts.Route{Document: "{}", DocumentRoute: "off"},
			[]string{allOfRoute},
		},
		{
			"a name on the route goes before a document on the virtual host", either,
			map[string]string{onRoute: "a", documentOnVirtualHost: "{}"},
			facts.Route{DocumentRoute: "a"},
			[]string{allOfRoute},
		},
		{
			"a document on the virtual host", either,
			map[string]string{documentOnVirtualHost: "{}", onVirtualHost: "a"},
			facts.Route{Document: "{}", DocumentRoute: "a"},
			[]string{allOfRoute, allOfVirtualHost},
		},
		{
			"documents are not wanted", named,
			map[string]string{documentOnRoute: "{}", onVirtualHost: "a"},
			facts.Route{DocumentRoute: "a"},
			[]string{allOfRoute, allOfVirtualHost},
		},
		{
			"of a document that is too long, a byte more than allowed", either,
			map[string]string{documentOnRoute: strings.Repeat("x", 2*config.MaxRouteDocument)},
			facts.Route{Document: strings.Repeat("x", config.MaxRouteDocument+1)},
			[]string{allOfRoute},
		},
		{"off without quotes", named, map[string]string{onRoute: "\x00"}, facts.Route{DocumentRoute: "off"}, []string{allOfRoute}},
		{"no name", named, nil, facts.Route{}, []string{allOfRoute, allOfVirtualHost}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := &fakeHost{properties: tc.properties}
			if diff := cmp.Diff(tc.want, mustReadRoute(t, host, tc.wanted)); diff != "" {
				t.Errorf("route (-want +got):\n%s", diff)
			}
			wantReads(t, host, tc.reads)
			host.nullInMetadata = true
			if diff := cmp.Diff(tc.want, mustReadRoute(t, host, tc.wanted)); diff != "" {
				t.Errorf("route, with a null in the metadata (-want +got):\n%s", diff)
			}
		})
	}
}

// mustReadRoute is what readRoute reads.
func mustReadRoute(t *testing.T, host *fakeHost, wanted facts.Fields) facts.Route {
	t.Helper()
	host.trace = nil
	var route facts.Route
	if err := readRoute(host, wanted, &route); err != nil {
		t.Fatal(err)
	}
	return route
}

// wantReads compares the calls of a host with the attributes that it should have been asked for.
func wantReads(t *testing.T, host *fakeHost, paths []string) {
	t.Helper()
	var reads []string
	for _, path := range paths {
		reads = append(reads, "  get property "+path)
	}
	if diff := cmp.Diff(reads, host.trace); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
}

// TestReadRouteWithNull reads values one by one, because Envoy hands out no metadata with a null in it.
func TestReadRouteWithNull(t *testing.T) {
	host := &fakeHost{properties: map[string]string{onVirtualHost: "c"}, nullInMetadata: true}
	if got := mustReadRoute(t, host, facts.FieldRouteMetadata|facts.FieldHostMetadata); got.DocumentRoute != "c" {
		t.Errorf("entry %q, want that of the virtual host", got.DocumentRoute)
	}
	wantReads(t, host, []string{allOfRoute, onRoute, onHTTPRoute, allOfVirtualHost, onVirtualHost})
}

func TestReadRouteRefused(t *testing.T) {
	for _, path := range []string{allOfRoute, onRoute, documentOnRoute, allOfVirtualHost} {
		host := &fakeHost{refuse: []string{"get property " + path}, nullInMetadata: true}
		if err := readRoute(host, ^facts.Fields(0), &facts.Route{}); err == nil {
			t.Errorf("a refused read of %s is no error", path)
		}
	}
}

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

func TestReadRoute(t *testing.T) {
	named := facts.FieldRouteEntry
	held := facts.FieldRouteDocument
	either := facts.FieldRouteEntry | facts.FieldRouteDocument
	for _, tc := range []struct {
		name       string
		asked      facts.Fields
		properties map[string]string
		want       facts.Route
		// reads are the attributes that are asked for.
		reads []string
	}{
		{"not asked for", facts.Fields(0), map[string]string{onRoute: "a"}, facts.Route{}, nil},
		{
			"the route wins", named,
			map[string]string{onRoute: "a", onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Route{Entry: "a"},
			[]string{onRoute},
		},
		{
			"the HTTPRoute comes next", named,
			map[string]string{onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Route{Entry: "b"},
			[]string{onRoute, onHTTPRoute},
		},
		{
			"the virtual host is the last", named,
			map[string]string{onVirtualHost: "c"},
			facts.Route{Entry: "c"},
			[]string{onRoute, onHTTPRoute, onVirtualHost},
		},
		{
			"a document goes before a name beside it", either,
			map[string]string{documentOnRoute: "{}", onRoute: "a"},
			facts.Route{Document: "{}"},
			[]string{documentOnRoute},
		},
		{
			"a name on the route goes before a document on the virtual host", either,
			map[string]string{onRoute: "a", documentOnVirtualHost: "{}"},
			facts.Route{Entry: "a"},
			[]string{documentOnRoute, onRoute},
		},
		{
			"a document on the virtual host", either,
			map[string]string{documentOnVirtualHost: "{}", onVirtualHost: "a"},
			facts.Route{Document: "{}"},
			[]string{documentOnRoute, onRoute, onHTTPRoute, documentOnVirtualHost},
		},
		{
			"documents alone", held,
			map[string]string{onRoute: "a", documentOnVirtualHost: "{}"},
			facts.Route{Document: "{}"},
			[]string{documentOnRoute, documentOnVirtualHost},
		},
		{
			"of a document that is too long, a byte more than allowed", held,
			map[string]string{documentOnRoute: strings.Repeat("x", 2*config.MaxRouteDocument)},
			facts.Route{Document: strings.Repeat("x", config.MaxRouteDocument+1)},
			[]string{documentOnRoute},
		},
		{"no name", named, nil, facts.Route{}, []string{onRoute, onHTTPRoute, onVirtualHost}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := &fakeHost{properties: tc.properties}
			var got facts.Route
			if err := readRoute(host, tc.asked, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("route (-want +got):\n%s", diff)
			}
			var reads []string
			for _, path := range tc.reads {
				reads = append(reads, "  get property "+path)
			}
			if diff := cmp.Diff(reads, host.trace); diff != "" {
				t.Errorf("calls (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadRouteRefused(t *testing.T) {
	host := &fakeHost{refuse: []string{"get property " + onVirtualHost}}
	if err := readRoute(host, facts.FieldRouteEntry, &facts.Route{}); err == nil {
		t.Error("a refused read is no error")
	}
}

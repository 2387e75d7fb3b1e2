// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Attributes that name an entry, and one that a document can ask for.
const (
	onRoute       = "xds.route_metadata.filter_metadata.gateway_responses.route"
	onHTTPRoute   = "xds.route_metadata.filter_metadata.envoy-gateway.resources.0.annotations.gateway-responses"
	onVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses.route"

	documentOnRoute       = "xds.route_metadata.filter_metadata.gateway_responses.document"
	documentOnVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses.document"
	onIstio               = "xds.route_metadata.filter_metadata.istio.config"
)

func TestReadRoute(t *testing.T) {
	named := engine.Needs{Fields: facts.FieldRouteEntry}
	held := engine.Needs{Fields: facts.FieldRouteDocument}
	either := engine.Needs{Fields: facts.FieldRouteEntry | facts.FieldRouteDocument}
	istio := engine.Needs{RouteMetadata: [][]string{{"istio", "config"}}}
	for _, tc := range []struct {
		name       string
		needs      engine.Needs
		properties map[string]string
		want       facts.Facts
		// reads are the attributes that are asked for.
		reads []string
	}{
		{"not asked for", engine.Needs{}, map[string]string{onRoute: "a"}, facts.Facts{}, nil},
		{
			"the route wins", named,
			map[string]string{onRoute: "a", onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Facts{Route: facts.Route{Entry: "a"}},
			[]string{onRoute},
		},
		{
			"the HTTPRoute comes next", named,
			map[string]string{onHTTPRoute: "b", onVirtualHost: "c"},
			facts.Facts{Route: facts.Route{Entry: "b"}},
			[]string{onRoute, onHTTPRoute},
		},
		{
			"the virtual host is the last", named,
			map[string]string{onVirtualHost: "c"},
			facts.Facts{Route: facts.Route{Entry: "c"}},
			[]string{onRoute, onHTTPRoute, onVirtualHost},
		},
		{
			"a document goes before a name beside it", either,
			map[string]string{documentOnRoute: "{}", onRoute: "a"},
			facts.Facts{Route: facts.Route{Document: "{}"}},
			[]string{documentOnRoute},
		},
		{
			"a name on the route goes before a document on the virtual host", either,
			map[string]string{onRoute: "a", documentOnVirtualHost: "{}"},
			facts.Facts{Route: facts.Route{Entry: "a"}},
			[]string{documentOnRoute, onRoute},
		},
		{
			"a document on the virtual host", either,
			map[string]string{documentOnVirtualHost: "{}", onVirtualHost: "a"},
			facts.Facts{Route: facts.Route{Document: "{}"}},
			[]string{documentOnRoute, onRoute, onHTTPRoute, documentOnVirtualHost},
		},
		{
			"documents alone", held,
			map[string]string{onRoute: "a", documentOnVirtualHost: "{}"},
			facts.Facts{Route: facts.Route{Document: "{}"}},
			[]string{documentOnRoute, documentOnVirtualHost},
		},
		{
			"of a document that is too long, a byte more than allowed", held,
			map[string]string{documentOnRoute: strings.Repeat("x", 2*config.MaxRouteDocument)},
			facts.Facts{Route: facts.Route{Document: strings.Repeat("x", config.MaxRouteDocument+1)}},
			[]string{documentOnRoute},
		},
		{"no name", named, nil, facts.Facts{}, []string{onRoute, onHTTPRoute, onVirtualHost}},
		{
			"a value", istio,
			map[string]string{onIstio: "shop"},
			facts.Facts{RouteMetadata: facts.RouteMetadata{{Keys: []string{"istio", "config"}, Value: "shop"}}},
			[]string{onIstio},
		},
		{"no value", istio, nil, facts.Facts{}, []string{onIstio}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := &fakeHost{properties: tc.properties}
			var got facts.Facts
			if err := readRoute(host, tc.needs, &got); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("facts (-want +got):\n%s", diff)
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
	for _, path := range []string{onVirtualHost, onIstio} {
		host := &fakeHost{refuse: []string{"get property " + path}}
		needs := engine.Needs{Fields: facts.FieldRouteEntry, RouteMetadata: [][]string{{"istio", "config"}}}
		if err := readRoute(host, needs, &facts.Facts{}); err == nil {
			t.Errorf("a refused read of %s is no error", path)
		}
	}
}

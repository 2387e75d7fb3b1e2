// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Attributes that name an entry, and one that a document can ask for.
const (
	onRoute       = "xds.route_metadata.filter_metadata.gateway_responses.route"
	onHTTPRoute   = "xds.route_metadata.filter_metadata.envoy-gateway.resources.0.annotations.gateway-responses"
	onVirtualHost = "xds.virtual_host_metadata.filter_metadata.gateway_responses.route"
)

func TestReadRoute(t *testing.T) {
	named := engine.Needs{Fields: facts.FieldRouteEntry}
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
		{"no name", named, nil, facts.Facts{}, []string{onRoute, onHTTPRoute, onVirtualHost}},
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
	host := &fakeHost{refuse: []string{"get property " + onVirtualHost}}
	if err := readRoute(host, engine.Needs{Fields: facts.FieldRouteEntry}, &facts.Facts{}); err == nil {
		t.Error("a refused read is no error")
	}
}

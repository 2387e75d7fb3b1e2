// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

func TestReadProperties(t *testing.T) {
	istio, tls := facts.RouteMetadataPath("istio", "config"), facts.AttributePath("connection", "tls_version")
	host := &fakeHost{properties: map[string]string{"xds.route_metadata.filter_metadata.istio.config": "shop"}}
	got, err := readAttributes(host, []string{istio, tls})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(facts.Attributes{istio: "shop"}, got); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	reads := []string{"  get property xds.route_metadata.filter_metadata.istio.config", "  get property connection.tls_version"}
	if diff := cmp.Diff(reads, host.trace); diff != "" {
		t.Errorf("calls (-want +got):\n%s", diff)
	}
	host.refuse = []string{"get property connection"}
	if _, err := readAttributes(host, []string{istio, tls}); err == nil {
		t.Error("a refused read is no error")
	}
}

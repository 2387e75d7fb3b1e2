// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strings"
	"testing"
)

// checkRoutes holds what later steps rely on.
func checkRoutes(t *testing.T, routes []Route) {
	seen := map[string]bool{}
	for _, route := range routes {
		name := route.Name.Value
		if seen[name] && name != "" || strings.ContainsAny(name, " \n\x00") {
			t.Errorf("route name %q", name)
		}
		seen[name] = true
		checkResponses(t, route.GatewayResponses)
		if m := route.Match; m != nil {
			checkMatch(t, m)
		}
	}
}

// checkMatch holds that paths are good, and that no pattern is empty.
func checkMatch(t *testing.T, m *Match) {
	if m.Path.Value != "" && checkTemplate(m.Path.Value) != nil || m.PathPrefix.Value != "" && checkPrefix(m.PathPrefix.Value) != nil {
		t.Errorf("path %q, prefix %q", m.Path.Value, m.PathPrefix.Value)
	}
	for _, text := range slices.Concat(m.RouteNames, m.VirtualHosts, m.Hosts, m.Methods) {
		if text.Value == "" {
			t.Errorf("the text at byte %d is empty", text.Offset)
		}
	}
}

// matchTexts lists the strings of a match.
func matchTexts(m *Match) []Text {
	all := slices.Concat(m.RouteNames, m.VirtualHosts, m.Hosts, m.Methods)
	for _, condition := range m.Metadata {
		all = append(all, condition.Glob)
	}
	for _, path := range []Text{m.Path, m.PathPrefix} {
		if path.Value != "" {
			all = append(all, path)
		}
	}
	return all
}

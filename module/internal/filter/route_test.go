// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/wire"
)

// decided are the records for a denial on a route, as one text.
func decided(t *testing.T, f *Filter, route *Route, named string) string {
	t.Helper()
	x := &fakeExchange{route: route, facts: facts.Facts{
		Reply: facts.Reply{Headers: headersOf(":status: 403", "content-length: 3")}, Route: facts.Route{DocumentRoute: named},
	}}
	var list wire.List
	f.Decide(x, 403, "rbac_access_denied_matched_policy[none]", false, &list)
	return strings.Join(texts(&list), "\n")
}

// TestRoute holds what a route says: typed_per_filter_config goes before the metadata, and a document counts only where the filter takes
// those.
func TestRoute(t *testing.T) {
	const takes = `{"routeDocuments": true, "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "all"}}},
		"routes": [{"name": "a", "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "of a"}}}}]}`
	ofRoute := &Route{Document: `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "its own"}}}}`}
	p, log := process("", false)
	f := load(t, p, takes)
	for _, test := range []struct {
		name, want string
		route      *Route
		named      string
	}{
		{"nothing", "|all", nil, ""},
		{"metadata", "|of a", nil, "a"},
		{"name", "|of a", &Route{Name: "a"}, "off"},
		{"off", "9 1 off|", &Route{Name: "off"}, "a"},
		{"document", "|its own", ofRoute, "a"},
	} {
		if got := decided(t, f, test.route, test.named); !strings.Contains(got, test.want) {
			t.Errorf("%s: no %q in\n%s", test.name, test.want, got)
		}
	}
	if len(log.lines) != 0 {
		t.Errorf("the log has %q", log.lines)
	}
	ignores := load(t, p, strings.Replace(takes, "true", "false", 1))
	if got := decided(t, ignores, ofRoute, ""); !strings.Contains(got, "|all") || len(log.lines) != 1 || !strings.Contains(log.lines[0], "routeDocuments") {
		t.Errorf("the log has %q, the records are\n%s", log.lines, got)
	}
}

// TestLoadRoute holds which names a DynamicModuleFilterPerRoute can have, and that a document takes no more memory than it may.
func TestLoadRoute(t *testing.T) {
	p, log := process("", false)
	if r, ok := p.LoadRoute("route", " off\n"); !ok || r.Name != "off" {
		t.Errorf("%+v, %v", r, ok)
	}
	if r, ok := p.LoadRoute("document", strings.Repeat("a", 2*config.MaxRouteDocument)); !ok || len(r.Document) != config.MaxRouteDocument+1 {
		t.Errorf("%v", ok)
	}
	if _, ok := p.LoadRoute("routes", ""); ok || !strings.Contains(log.lines[0], `filter_name "routes" of a route means nothing`) {
		t.Errorf("accepted: %v, the log has %q", ok, log.lines)
	}
}

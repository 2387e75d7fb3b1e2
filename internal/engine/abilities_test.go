// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/facts"
)

// TestAbilities holds that what a host cannot tell is warned of where the document uses it, and is not asked for.
func TestAbilities(t *testing.T) {
	// It reads strings at the top of the metadata of a route, and no dynamic metadata.
	tells := func(path string) bool {
		return strings.HasPrefix(path, facts.RouteMetadataPath("")) && strings.Count(path, "\x00") == 4
	}
	poor := LimitedTo("a poor host", ^(facts.FieldTime | facts.FieldVirtualHost | facts.FieldHostMetadata), tells)
	const document = `{
"declared": {"metadata": "a/b/c"}, "authorizer": {"claims": "envoy.filters.http.jwt_authn/jwt_payload"},
"gatewayResponses": {
	"THROTTLED": {
		"responseParameters": {"gatewayresponse.header.x-time": "context.requestTimeEpoch", "gatewayresponse.header.x-path": "context.path"},
		"headers": {"x-claim": "$context.authorizer.claims.sub"},
		"responseTemplates": {"text/plain": "$context.protocol at $context.requestTime"}}},
"routes": [
	{"name": "a", "match": {"virtualHosts": ["shop"], "metadata": {"team": {"name": "a", "deep": {"er": "b"}}}}}],
"grpc": {"message": "${context.envoy.metadata.a/b}"}}`
	const want = `declared.metadata (line 2, column 26): no producer can declare a type here: a poor host cannot tell this metadata
gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.x-time"] (line 5, column 60): "context.requestTimeEpoch" has no value here: a poor host cannot tell it
gatewayResponses.THROTTLED.headers["x-claim"] (line 6, column 28): "context.authorizer.claims.sub" has no value here: a poor host cannot tell it
gatewayResponses.THROTTLED.responseTemplates["text/plain"] (line 7, column 62): "context.requestTime" has no value here: a poor host cannot tell it
routes[0].match.virtualHosts[0] (line 9, column 43): the condition never holds: a poor host cannot tell the name of the virtual host
routes[0].match.metadata.team.deep.er (line 9, column 102): the condition never holds: a poor host cannot tell this metadata of Envoy's route
grpc.message (line 10, column 24): "context.envoy.metadata.a/b" has no value here: a poor host cannot tell it`
	program, findings := Load([]byte(document), poor)
	if diff := cmp.Diff(want, findings.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	for _, f := range findings {
		if f.Code != code.HostCannotTell {
			t.Errorf("%s has the code %s, want %s", f, f.Code, code.HostCannotTell)
		}
	}
	if program == nil {
		t.Fatal("the document is refused")
	}
	wants := Wants{
		Fields:     facts.FieldProtocol | facts.FieldRouteMetadata,
		Attributes: []string{facts.RouteMetadataPath("team", "name")},
	}
	if diff := cmp.Diff(wants, program.Wants(429, "local_rate_limited")); diff != "" {
		t.Errorf("Wants (-want +got):\n%s", diff)
	}
	if _, findings := Load([]byte(document), Everything()); len(findings) > 0 {
		t.Errorf("findings for a host that tells everything:\n%s", findings)
	}
}

// TestAbilitiesInRouteDocuments holds that a route document is checked for the same host.
func TestAbilitiesInRouteDocuments(t *testing.T) {
	poor := LimitedTo("a poor host", ^(facts.FieldTime | facts.FieldHostMetadata), func(string) bool { return true })
	program, findings := Load([]byte(`{"routeDocuments":true}`), poor)
	const want = `routeDocuments (line 1, column 2): a document of a virtual host has no effect: a poor host cannot tell the metadata of virtual hosts`
	if findings.String() != want {
		t.Errorf("findings: %s, want %s", findings, want)
	}
	f := &facts.Facts{
		Reply: facts.Reply{Status: 429, Details: "local_rate_limited"},
		Route: facts.Route{Document: `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/plain":"$context.requestTime"}}}}`},
	}
	trace := program.Decide(f).Trace
	if len(trace.Document) != 1 || trace.DocumentRefused || !strings.Contains(trace.Document.String(), "cannot tell") {
		t.Errorf("findings on the route document: %s", trace.Document)
	}
	if program.Wants(429, "").OfRouteDocuments.Has(facts.FieldTime) {
		t.Error("the host is asked for what it cannot tell")
	}
}

// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// askedFor is all that a program asks for.
type askedFor struct {
	Idle              bool
	AllRequestHeaders bool
	RequestHeaders    []string
	GRPC              bool
	Fields            facts.Fields
	Attributes        []string
	OfRouteDocuments  facts.Fields
	Upstream          bool
}

// always are facts that every program which looks at replies wants.
const always = facts.FieldRouteMetadata | facts.FieldHostMetadata

// asked is what a program asks for of a denial beyond what every one does, and whether it asks for the upstream's replies.
func asked(p *Program) askedFor {
	needs, wants := p.Needs(), p.Wants(403, "rbac_access_denied_matched_policy[none]")
	return askedFor{
		Idle: needs.Idle, AllRequestHeaders: needs.AllRequestHeaders, RequestHeaders: needs.RequestHeaders, GRPC: needs.GRPC,
		Fields: wants.Fields &^ always, Attributes: wants.Attributes, OfRouteDocuments: wants.OfRouteDocuments,
		Upstream: !needs.Idle && p.Wants(503, "via_upstream").Left == "",
	}
}

// TestWants holds which replies are left for status and details alone.
func TestWants(t *testing.T) {
	const all = `,"gatewayResponses":{"DEFAULT_5XX":{"responseTemplates":{"text/plain":"$context.requestTime"}}}}`
	wanted := Wants{Fields: always | facts.FieldTime}
	for _, tc := range []struct {
		name, document, details string
		want                    Wants
	}{
		{"a local reply", `{"mode":"rewrite"` + all, "no_healthy_upstream", wanted},
		{"without details", `{"mode":"rewrite"` + all, "", Wants{Fields: always | facts.FieldTime | facts.FieldFlags | facts.FieldOwner}},
		{"no route, and so none that has metadata", `{"mode":"rewrite"` + all, "route_not_found", Wants{Fields: facts.FieldHostMetadata | facts.FieldTime}},
		{"the upstream's own", `{"mode":"rewrite"` + all, "via_upstream", Wants{Left: LeftUpstream}},
		{"an upgrade that the upstream refused", `{"mode":"rewrite"` + all, "websocket_handshake_unsuccessful", Wants{Left: LeftUpstream}},
		{"the upstream's own, asked for", `{"classification":[{"when":{"source":"any","status":["5xx"]},"responseType":"THROTTLED"}]` + all, "via_upstream", wanted},
		{"mode off", `{"mode":"off"` + all, "no_healthy_upstream", Wants{Left: LeftOff}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, load(t, tc.document).Wants(503, tc.details)); diff != "" {
				t.Errorf("Wants(503, %q) (-want +got):\n%s", tc.details, diff)
			}
		})
	}
}

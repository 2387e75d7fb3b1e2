// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

func TestRouteNeeds(t *testing.T) {
	const byPath = `"match":{"path":"/a/{b}"}`
	for _, tc := range []struct {
		name, document string
		want           askedFor
	}{
		{"metadata only", `{"routes":[{"name":"a"}]}`, askedFor{}},
		{"path", `{"routes":[{"name":"a",` + byPath + `},{"name":"b","match":{"pathPrefix":"/"}}]}`, askedFor{RequestHeaders: []string{":path"}}},
		{
			"resources", `{"routes":[{"name":"a","resources":["/a/{b}"]}]}`,
			askedFor{RequestHeaders: []string{":path"}},
		},
		{
			"host, method and path are one call", `{"routes":[{"name":"a","match":{"path":"/","hosts":["a"],"methods":["GET"]}}]}`,
			askedFor{AllRequestHeaders: true},
		},
		{
			"names", `{"routes":[{"name":"a","match":{"routeNames":["a"],"virtualHosts":["b"]}}]}`,
			askedFor{Fields: facts.FieldRouteName | facts.FieldVirtualHost},
		},
		{
			"metadata, each value once", `{"routes":[{"name":"a","match":{"metadata":{"n":{"k":"a"}}}},{"name":"b","match":{"metadata":{"n":{"k":"b"}}}}]}`,
			askedFor{Attributes: []string{facts.RouteMetadataPath("n", "k")}},
		},
		{
			"a route that emulates AWS sends the request id", `{"routes":[{"name":"a","emulate":"aws"}]}`,
			askedFor{RequestHeaders: []string{facts.RequestIDHeader}},
		},
		{
			"unless it rewrites nothing", `{"routes":[{"name":"a","emulate":"aws","mode":"observe"}]}`,
			askedFor{},
		},
		{"all off", `{"mode":"off","routes":[{"name":"a",` + byPath + `}]}`, askedFor{Idle: true}},
		{
			"a route that observes renders nothing",
			`{"mode":"off","routes":[{"name":"a",` + byPath + `,"mode":"observe","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}}}]}`,
			askedFor{RequestHeaders: []string{":path"}},
		},
		{
			"a route that rewrites renders the document's entries",
			`{"mode":"off","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}},"routes":[{"name":"a","mode":"rewrite"}]}`,
			askedFor{Fields: facts.FieldProtocol},
		},
		{
			"a route that inherits nothing does not",
			`{"mode":"off","gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.protocol"}}},"routes":[{"name":"a","mode":"rewrite","inherit":false}]}`,
			askedFor{},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, asked(load(t, tc.document))); diff != "" {
				t.Errorf("Needs() (-want +got):\n%s", diff)
			}
		})
	}
}

// TestManyRoutes holds that a document of many routes and many variables does not grow beyond its text when it is
// compiled.
func TestManyRoutes(t *testing.T) {
	list := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return strings.TrimSuffix(b.String(), ",")
	}
	program := load(t, `{"stageVariables":{`+list(10_000, `"v%d":"",`)+`},"routes":[`+
		list(5000, `{"name":"n%d","stageVariables":{"a":""}},`)+`]}`)
	for i, scope := range program.routeScopes {
		if n := len(scope.constant.stageVariables); n > 1 {
			t.Fatalf("route %d holds %d variables, want its own", i, n)
		}
	}
}

// TestRouteEmulationFindings holds that a name which means nothing is refused but where AWS is emulated: in the entries of the
// document, or in those of a route.
func TestRouteEmulationFindings(t *testing.T) {
	const entry = `"gatewayResponses":{"THROTTLED":{"headers":{"a":"$context.nothing"}}}`
	for document, refused := range map[string]bool{
		`{` + entry + `,"routes":[{"name":"a","emulate":"aws"}]}`:                       true,
		`{"routes":[{"name":"a","emulate":"aws"},{"name":"b",` + entry + `}]}`:          true,
		`{"routes":[{"name":"b"},{` + entry + `,"emulate":"aws","name":"a"}]}`:          false,
		`{"emulate":"aws","routes":[{"name":"b",` + entry + `}]}`:                       false,
		`{"routeDocuments":true,"routes":[{"name":"a","emulate":"aws"}],` + entry + `}`: true,
	} {
		if program, findings := Load([]byte(document), Everything()); (program == nil) != refused {
			t.Errorf("%s: refused = %t, want %t\n%s", document, program == nil, refused, findings)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
)

// anew are the headers that routes, virtual hosts and route configurations add in TestAddedByRoutes. "x-set" is one that the
// document sets as well.
var anew = []struct{ before, adds string }{
	{"            name: gateway\n", "            response_headers_to_add: [{header: {key: x-config, value: c}}]\n"},
	{"              domains: [\"*\"]\n", "              response_headers_to_add: [{header: {key: strict-transport-security, value: max-age=1}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}]\n"},
	{"                route: {cluster: missing}\n", "                response_headers_to_add: [{header: {key: x-route, value: r}}, {header: {key: access-control-allow-origin, value: https://a.example}}, {header: {key: x-set, value: route}}]\n"},
}

// withHeaders is envoy.yaml with headers that routes add, and without companion mappers.
func withHeaders(t *testing.T) []byte {
	t.Helper()
	text := string(envoytest.Template)
	for _, level := range anew {
		if !strings.Contains(text, level.before) {
			t.Fatalf("envoy.yaml has no line %q", level.before)
		}
		text = strings.Replace(text, level.before, level.before+level.adds, 1)
	}
	return []byte(text)
}

// TestAddedByRoutes sends a header-only reply anew, to which a route, its virtual host and the route configuration add
// headers. Without "addedByRoutes" they come double, which is counted, and logged once with the line to add.
func TestAddedByRoutes(t *testing.T) {
	envoytest.Holds(t)
	const (
		entry   = `"gatewayResponses": {"DEFAULT_5XX": {"headers": {"x-set": "document"}}}}`
		doubled = "doubled.header"
	)
	both := []string{"route", "document"}
	for _, tc := range []struct {
		name, document string
		want           map[string][]string
		doubled        int
		logged         []string
	}{
		{
			name: "without the key", document: "{" + entry,
			want: map[string][]string{
				"X-Config": {"c", "c"}, "Strict-Transport-Security": {"max-age=1", "max-age=1"}, "X-Route": {"r", "r"},
				"Access-Control-Allow-Origin": {"https://a.example,https://a.example"}, "X-Set": both,
			},
			doubled: 5,
			logged: []string{
				`header "strict-transport-security" was sent double`, `add "headerOnly": {"addedByRoutes": ["strict-transport-security"]} to the document`,
				`header "x-set" was sent double`, "the document sets it as well; let one of them do it",
			},
		},
		{
			name:     "with the key",
			document: `{"headerOnly": {"addedByRoutes": ["Strict-Transport-Security", "x-config", "x-route", "access-control-allow-origin", "x-set"]}, ` + entry,
			want: map[string][]string{
				"X-Config": {"c"}, "Strict-Transport-Security": {"max-age=1"}, "X-Route": {"r"},
				"Access-Control-Allow-Origin": {"https://a.example"}, "X-Set": both,
			},
			doubled: 1,
			logged:  []string{`header "x-set" was sent double`},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			settings := envoytest.Gateway(t, tc.document)
			settings.NoCompanions = true
			p := envoytest.StartFrom(t, withHeaders(t), settings)
			for range 2 {
				got := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/no-cluster"})
				if got.Status != 503 || len(got.Body) == 0 {
					t.Errorf("%d %q, want a 503 with a body", got.Status, got.Body)
				}
				for name, want := range tc.want {
					if diff := cmp.Diff(want, got.Headers[name]); diff != "" {
						t.Errorf("%s (-want +got):\n%s", name, diff)
					}
				}
			}
			envoytest.Eventually(t, doubled+" counts each", func() bool { return p.Counter(t, doubled) == 2*tc.doubled })
			for _, line := range tc.logged {
				if n := strings.Count(p.Log.String(), line); n != 1 {
					t.Errorf("the log says %q %d times, want once", line, n)
				}
			}
			if n := strings.Count(p.Log.String(), "was sent double"); n != tc.doubled {
				t.Errorf("the log names %d headers, want %d", n, tc.doubled)
			}
		})
	}
}

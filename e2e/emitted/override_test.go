// SPDX-License-Identifier: Apache-2.0

package emitted

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit/envoygateway"
	"gatewayresponses/internal/emit/localreply"
	"gatewayresponses/internal/jsonwrite"
)

// TestResponseOverride: what is compiled into overrides answers as the filter does, but for the headers that an override drops. Envoy
// Gateway makes the filter custom_response of an override; the test makes it as its translator does (buildCustomResponse), but
// for source, which Envoy knows since 1.38: no reply of an upstream is asked for.
func TestResponseOverride(t *testing.T) {
	for _, tc := range []struct {
		name, document string
		// same are the paths with replies that are the same, left those that an override leaves.
		same, left []string
	}{
		{
			"pages", `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/html": "<h1>$context.status</h1> 100%"}}, "DEFAULT_5XX": {"statusCode": 503, "responseTemplates": {"text/plain": "down"}}}}`,
			[]string{"/jwt", "/basic", "/api-key", "/rbac", "/authz", "/down", "/no-host", "/no-cluster", "/slow", "/large"},
			nil,
		},
		{
			"types", `{"gatewayResponses": {"REQUEST_TOO_LARGE": {"statusCode": 400}, "INTEGRATION_TIMEOUT": {"statusCode": 302}, "ACCESS_DENIED": {}}}`,
			[]string{"/large", "/slow"},
			[]string{"/rbac", "/down", "/jwt"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			decoded, found := config.Decode([]byte(tc.document))
			if found.HasErrors() {
				t.Fatal(found)
			}
			overrides, _ := envoygateway.Overrides(decoded)
			settings := envoytest.Gateway(t, tc.document)
			settings.NoCompanions = true
			filter := envoytest.Start(t, settings)
			bare := withoutFilter()
			bare.NoCompanions = true
			plain := envoytest.Start(t, bare)
			bare.Behind = customResponse(overrides)
			overriding := envoytest.Start(t, bare)
			for _, client := range envoytest.Clients {
				for _, path := range append(tc.same, tc.left...) {
					r := envoytest.Request{Method: http.MethodGet, Path: path}
					if path == "/large" {
						r.Method, r.Body = http.MethodPost, strings.Repeat("x", 4096)
					}
					id := envoytest.NewID()
					want := send(t, filter, client, r, id)
					for _, left := range tc.left {
						if left == path {
							want = send(t, plain, client, r, id)
						}
					}
					got := send(t, overriding, client, r, id)
					for _, reply := range []envoytest.Reply{want, got} { // an override drops what the reply had
						reply.Headers.Del("Www-Authenticate")
					}
					if diff := cmp.Diff(want, got); diff != "" {
						t.Errorf("%s %s (-filter +override):\n%s", client.Name, path, diff)
					}
				}
			}
		})
	}
}

// customResponse is the filter that Envoy Gateway makes of overrides.
func customResponse(overrides []localreply.Override) string {
	var b strings.Builder
	b.WriteString(`- name: envoy.filters.http.custom_response
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.custom_response.v3.CustomResponse
    custom_response_matcher:
      matcher_list:
        matchers:
`)
	for _, o := range overrides {
		b.WriteString("        - predicate:\n            or_matcher:\n              predicate:\n")
		for range 2 { // or_matcher wants two at least
			for _, r := range o.Statuses {
				for s := r.Low; s <= r.High; s++ {
					fmt.Fprintf(&b, `              - single_predicate:
                  input: {name: status, typed_config: {"@type": type.googleapis.com/envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput}}
                  value_match: {exact: "%d"}
`, s)
				}
			}
		}
		b.WriteString(`          on_match:
            action:
              name: action
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.http.custom_response.local_response_policy.v3.LocalResponsePolicy
`)
		if o.Status != 0 {
			fmt.Fprintf(&b, "                status_code: %d\n", o.Status)
		}
		fmt.Fprintf(&b, `                body_format: {text_format_source: {inline_string: %s}}
                response_headers_to_add: [{header: {key: Content-Type, value: %s}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}]
`, jsonwrite.String(o.Body), jsonwrite.String(o.ContentType))
	}
	return b.String()
}

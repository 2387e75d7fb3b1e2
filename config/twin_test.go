// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestTwins holds that entries whose text was read before stand where they do, and have what the first ones have.
func TestTwins(t *testing.T) {
	const entries = `{"THROTTLED":{"statusCode":429,"headers":{"Link":"l"},"responseTemplates":{"text/plain":"t\u00e4","text/html":""},` +
		`"responseParameters":{"gatewayresponse.header.X-Id":"context.requestId","gatewayresponse.header.ETag":"''"}},"X_OWN":{"x-b":"]}"}}`
	text := `{"routes":[{"name":"a","gatewayResponses":` + entries + `},{"gatewayResponses":` + strings.Replace(entries, "429", "428", 1) +
		`,"name":"b"},{"name":"c","gatewayResponses":` + entries + `}]}`
	document, findings := Decode([]byte(text))
	if len(findings) > 0 {
		t.Fatalf("Decode found:\n%s", render(findings))
	}
	for _, s := range texts(document) {
		checkPositions(t, document, s)
	}
	routes := document.Routes
	for i, want := range []int{0, 0, 2} {
		if routes[i].Twin != want {
			t.Errorf("routes[%d] is a twin of that %d before, want %d", i, routes[i].Twin, want)
		}
	}
	if diff := cmp.Diff(routes[0].GatewayResponses, routes[2].GatewayResponses, cmpopts.IgnoreFields(Text{}, "Offset")); diff != "" {
		t.Errorf("the entries of twins differ (-first +second):\n%s", diff)
	}
	const path = `routes[2].gatewayResponses.THROTTLED.responseTemplates["text/plain"]`
	if got := document.Path(routes[2].GatewayResponses[0].Templates[0].Value); got != path {
		t.Errorf("the path of a template is %s, want %s", got, path)
	}
}

// TestTwinsWithFindings holds that what is found in a text that stands there twice is reported twice.
func TestTwinsWithFindings(t *testing.T) {
	const entries = `{"THROTTLED":{"responseParameters":{"gatewayresponse.path.a":"''"}}}`
	_, findings := Decode([]byte(`{"routes":[{"name":"a","gatewayResponses":` + entries + `},` + "\n" + `{"name":"b","gatewayResponses":` + entries + `}]}`))
	const want = `routes[0].gatewayResponses.THROTTLED.responseParameters["gatewayresponse.path.a"] (line 1, column 79): "gatewayresponse.path.a" has no effect, for a reply has no path; use "gatewayresponse.header.NAME"
routes[1].gatewayResponses.THROTTLED.responseParameters["gatewayresponse.path.a"] (line 2, column 68): "gatewayresponse.path.a" has no effect, for a reply has no path; use "gatewayresponse.header.NAME"`
	if got := findings.String(); got != want {
		t.Errorf("Decode found\n%s, want\n%s", got, want)
	}
}

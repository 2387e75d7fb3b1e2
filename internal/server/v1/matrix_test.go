// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/manyapis"
)

// TestMatrixOfAPI holds that what is deployed and what would be are set side by side, for the API alone and on its gateway, and who may ask.
func TestMatrixOfAPI(t *testing.T) {
	s := newStack(t)
	api, other := s.api(t, "shop"), s.api(t, "pets")
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`)
	s.send(s.admin, "PUT", "/v1/apis/"+api+"/responses/THROTTLED", `{"statusCode": "420", "responseTemplates": {"text/html": "<p>slow", "application/json": "{}"}}`)

	only := s.key(t, auth.Rights{Role: auth.Read, APIs: []string{api}})
	alone := `{"document": {"api": "` + api + `", "stage": "prod"}, "before": {"api": "` + api + `", "stage": "prod", "deployed": true}, "routes": ["` + api + `/prod"]`
	onGateway := `{"document": {"gateway": "default", "api": "` + api + `"}, "before": {"gateway": "default"}, "routes": ["` + api + `/prod"]`
	want := []string{`THROTTLED ["*/*","application/json"]: 429, now 420 {} of 2 bytes`, `THROTTLED ["text/html"]: 429, now 420 <p> of 7 bytes`}
	for _, ask := range []struct{ key, body string }{{s.admin, alone}, {only, alone}, {s.admin, onGateway}} {
		got := s.send(ask.key, "POST", "/v1/matrix", ask.body+`, "bodyBytes": 3}`)
		if got.status != http.StatusOK {
			t.Fatalf("%s: status %d: %s", ask.body, got.status, got.body)
		}
		var changed []string
		for _, row := range got.get("rows").Array() {
			for _, cell := range row.Get("cells").Array() {
				if cell.Get("before").Exists() {
					changed = append(changed, fmt.Sprintf("%s %s: %s, now %s %s of %s bytes", row.Get("type"), cell.Get("mediaTypes"),
						cell.Get("before.status"), cell.Get("reply.status"), cell.Get("reply.body"), cell.Get("reply.bytes")))
				}
			}
		}
		if diff := cmp.Diff(want, changed); diff != "" {
			t.Errorf("%s (-want +got):\n%s", ask.body, diff)
		}
	}
	for _, test := range []struct {
		key, body string
		status    int
	}{
		{only, onGateway + "}", http.StatusForbidden},
		{s.key(t, auth.Rights{Role: auth.Read, APIs: []string{other}}), alone + "}", http.StatusForbidden},
		{s.admin, `{"document": {"api": "` + api + `", "stage": "none", "deployed": true}}`, http.StatusNotFound},
	} {
		if got := s.send(test.key, "POST", "/v1/matrix", test.body); got.status != test.status {
			t.Errorf("%s: status %d, want %d: %s", test.body, got.status, test.status, got.body)
		}
	}
}

// BenchmarkMatrix compares 25 routes of 300, each with responses of its own, as a page of the console does.
func BenchmarkMatrix(b *testing.B) {
	s := newStack(b)
	var routes []string
	for i := range 25 {
		routes = append(routes, quoted(fmt.Sprintf("api%d/prod", 100+i)))
	}
	text := quoted(string(manyapis.Different(300)))
	body := `{"document": {"text": ` + text + `}, "before": {"text": ` + text + `}, "bodyBytes": 200, "routes": [` + strings.Join(routes, ",") + `]}`
	for b.Loop() {
		if got := s.send(s.admin, "POST", "/v1/matrix", body); got.status != http.StatusOK {
			b.Fatal(got.body)
		}
	}
}

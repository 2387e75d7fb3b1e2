// SPDX-License-Identifier: Apache-2.0

package survey

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
)

// load reads a document without errors.
func load(t *testing.T, text string) exchange.Document {
	t.Helper()
	document, _ := config.Decode([]byte(text))
	program, findings := engine.Load([]byte(text), engine.Everything())
	if program == nil {
		t.Fatal(findings)
	}
	return exchange.Document{Config: document, Program: program}
}

func TestSurvey(t *testing.T) {
	s := Of(load(t, `{"gatewayResponses": {"THROTTLED": {"responseTemplates": {"text/html; charset=utf-8": "<p>", "application/json": "{}"}}},
		"grpc": {"statuses": {"THROTTLED": "RESOURCE_EXHAUSTED"}},
		"routes": [{"name": "a", "gatewayResponses": {"ACCESS_DENIED": {"statusCode": "404", "responseTemplates": {"text/plain": "$context.status"}}}}]}`))
	var got []string
	for _, v := range s.Views {
		if v.Reply.Replaced || v.Type == "THROTTLED" {
			got = append(got, fmt.Sprintf("%s %s %s: %d %s %q, the same %t", v.Route, v.Type, v.Media, v.Reply.Status, MediaType(&v.Reply), v.Reply.Body, v.SameAsDocument))
		}
	}
	want := []string{
		` THROTTLED application/json: 429 application/json "{}", the same false`,
		` THROTTLED text/html: 429 text/html "<p>", the same false`,
		` THROTTLED application/grpc: 200  "", the same false`,
		`a ACCESS_DENIED : 404 text/plain "404", the same false`,
		`a THROTTLED application/json: 429 application/json "{}", the same true`,
		`a THROTTLED text/html: 429 text/html "<p>", the same true`,
		`a THROTTLED application/grpc: 200  "", the same true`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("views (-want +got):\n%s", diff)
	}
	if len(s.Unraised) != 4 || s.Unraised[0].Type != "INVALID_SIGNATURE" || !strings.Contains(s.Unraised[0].Why.Error(), "nothing in Envoy raises") {
		t.Errorf("types that nothing raises: %v, want two, in two places", s.Unraised)
	}
	seen := map[Key]bool{}
	for _, v := range s.Views {
		if seen[v.Key] {
			t.Errorf("%v is there twice", v.Key)
		}
		seen[v.Key] = true
	}
}

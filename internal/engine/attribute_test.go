// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// TestAttributeNeeds holds that an attribute is asked for once, however often it is named, and only where it is used.
func TestAttributeNeeds(t *testing.T) {
	const entry = `{"THROTTLED":{"headers":{"a":"${context.envoy.metadata.n/b}${context.envoy.metadata.n/a}","c":"${context.envoy.metadata.n/b}"}}}`
	a, b, d := facts.MetadataPath("n/a"), facts.MetadataPath("n/b"), facts.MetadataPath("d/t")
	declared := []string{d, d + "-message", d + "-validation-error"}
	for _, tc := range []struct {
		name, document string
		want           []string
	}{
		{"in the document", `{"gatewayResponses":` + entry + `}`, []string{a, b}},
		{"in a route", `{"routes":[{"name":"r","gatewayResponses":` + entry + `}]}`, []string{a, b}},
		{"nothing is rendered", `{"mode":"observe","gatewayResponses":` + entry + `}`, nil},
		{"types are told by metadata", `{"mode":"observe","declared":{"metadata":"d/t"}}`, declared},
		{"nothing is looked at", `{"mode":"off","declared":{"metadata":"d/t"},"gatewayResponses":` + entry + `}`, nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, load(t, tc.document).Wants(403, "").Attributes); diff != "" {
				t.Errorf("attributes (-want +got):\n%s", diff)
			}
		})
	}
}

// quoting is a document that quotes attributes in each kind of place.
const quoting = `{"authorizer":{"claims":"c"},"gatewayResponses":{"THROTTLED":{
	"headers":{"x-a":"<${context.envoy.metadata.a/b}>"},
	"responseParameters":{"gatewayresponse.header.x-b":"context.authorizer.claims.s"},
	"responseTemplates":{"application/json":"{\"a\":\"${context.envoy.metadata.a/b}\",\"b\":$context.authorizer.claims.s}"}}}}`

// FuzzAttributes holds that whatever bytes attributes hold, the body is JSON with their texts in it, and each header can
// be sent.
func FuzzAttributes(f *testing.F) {
	f.Add(`"},"c":{"`, "a\r\nset-cookie: b")
	f.Add("\x00\x00\x00\x00\x00\x00\x45\x40", "\x01")
	f.Add("\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00a\x00\x00", "\xff")
	program, findings := Load([]byte(quoting), Everything())
	if program == nil {
		f.Fatalf("the document is refused:\n%s", findings)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		a, b := facts.MetadataPath("a/b"), facts.MetadataPath("c/s")
		exchange := &facts.Facts{
			Reply:      facts.Reply{Status: 429, Details: "local_rate_limited", HasBody: true},
			Attributes: facts.Attributes{a: first, b: second},
		}
		decision := program.Decide(exchange)
		reply := decision.Reply
		var got struct {
			A string
			B *string
		}
		if err := json.Unmarshal(reply.Body, &got); err != nil {
			t.Fatalf("the body is not JSON: %v: %q", err, reply.Body)
		}
		want := exchange.Attributes.Text(b)
		if got.A != exchange.Attributes.Text(a) || (got.B == nil) != (want == "") || got.B != nil && *got.B != want {
			t.Errorf("of %q and %q the body is %s", first, second, reply.Body)
		}
		for _, line := range decision.Headers.Set {
			if !validValue(line.Value) {
				t.Errorf("header %s: %q", line.Name, line.Value)
			}
		}
	})
}

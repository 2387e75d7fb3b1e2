// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/source"
)

// FuzzAssemble holds that a document compiles or has an error that says where, that the order of stages and bindings does not matter,
// that sizes are exact, and that a number and switches never break a document that works.
func FuzzAssemble(f *testing.F) {
	f.Add(`{}`, "pets", "prod", "pets.example.com", "/v1", "THROTTLED", "application/json", `{"message":$context.error.messageString}`, "/pets/{id}", "x")
	f.Add("mode: observe\nroutes: [{name: pets/prod}]", "pets", "prod", "*.example.com", "", "X_A", "text/html", "<b>\n$context.x", "/{p+}", "\x00\"\\")
	f.Add(`{"revision":1,"routeDocuments":true,"routes":[{"name":"a","mode":"off"}]}`, "a", "b", "", "/", "DEFAULT_4XX", "a", "", "", "")
	f.Add(`{"routes":{}}`, "", "", "*", "v1", "", "", "${", "{", "é\xff")
	f.Fuzz(func(t *testing.T, base, api, stage, host, prefix, kind, media, template, resource, variable string) {
		document, _ := source.Read("base", []byte(base))
		if document == nil {
			return
		}
		one := Stage{
			API: api, Name: stage, Variables: map[string]string{variable: template}, Resources: []string{resource},
			Responses: map[string]apigateway.GatewayResponse{kind: {StatusCode: media, ResponseTemplates: map[string]string{media: template}}},
			Bindings:  []Binding{{Host: host, Prefix: prefix}, {Host: "z.example.com", Inherit: true}, {Host: "a.example.com", Prefix: prefix}},
		}
		two := Stage{API: "other", Name: variable, Bindings: []Binding{{Host: "o.example.com", Prefix: resource}}}
		in := Input{Gateway: "default", Base: document, Stages: []Stage{one, two}}
		result, found := made(in)
		if result == nil {
			if !found.HasErrors() || found[0].File == "" || found[0].Message == "" {
				t.Fatalf("no document, and no error that says where: %+v", found)
			}
			return
		}
		slices.Reverse(one.Bindings)
		again, _ := made(Input{Gateway: "default", Base: document, Stages: []Stage{two, one}})
		if again == nil || !bytes.Equal(again.Text, result.Text) {
			t.Errorf("another order gives other bytes:\n%s\n%+v", result.Text, again)
		}
		if n := size(result.source.Root()); n != len(result.Text) {
			t.Errorf("it has %d bytes, and its size is %d", len(result.Text), n)
		}
		for _, modes := range []Modes{{}, {Gateway: config.ModeOff}, {APIs: map[string]config.Mode{api: config.ModeObserve}}} {
			finished, err := Finish(result.Text, config.MaxRevision, modes)
			if err != nil {
				t.Fatal(err)
			}
			read, _ := source.Read("finished", finished)
			program, found := check.Load(read)
			if program == nil {
				t.Fatalf("%s\n%+v", finished, found)
			}
			if program.Revision() != config.MaxRevision || modes.Gateway == config.ModeOff && !program.Needs().Idle {
				t.Errorf("revision %d, idle %t:\n%s", program.Revision(), program.Needs().Idle, finished)
			}
			if !json.Valid(finished) {
				t.Errorf("not JSON: %s", finished)
			}
		}
	})
}

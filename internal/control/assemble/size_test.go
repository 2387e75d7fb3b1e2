// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/growth"
)

// stages are stages of different APIs, each with a host and two gateway responses of its own.
func stages(n int) []Stage {
	all := make([]Stage, n)
	for i := range all {
		all[i] = Stage{
			API: fmt.Sprintf("api%05d", i), Name: "prod", Resources: []string{"/", "/pets", "/pets/{petId}"},
			Bindings: []Binding{{Host: fmt.Sprintf("api%d.example.com", i), Prefix: "/v1"}},
			Responses: map[string]apigateway.GatewayResponse{
				"DEFAULT_4XX": {ResponseTemplates: map[string]string{"application/json": fmt.Sprintf(`{"message":$context.error.messageString,"api":%d}`, i)}},
				"THROTTLED":   {ResponseParameters: map[string]string{"gatewayresponse.header.Retry-After": fmt.Sprintf("'%d'", i)}},
			},
		}
	}
	return all
}

// TestGrowth holds that the work for a document grows as its stages do, with one binding each, and with many for one.
func TestGrowth(t *testing.T) {
	growth.Check(t, "assembling stages", func(size int) func() {
		in := Input{Gateway: "default", Stages: stages(size / 20)}
		return func() { made(in) }
	})
	growth.Check(t, "assembling bindings of a stage", func(size int) func() {
		one := stages(1)[0]
		for i := range size / 20 {
			one.Bindings = append(one.Bindings, Binding{Host: fmt.Sprintf("h%d.example.com", i), Prefix: fmt.Sprintf("/v%d", i%2)})
		}
		return func() { made(Input{Gateway: "default", Stages: []Stage{one}}) }
	})
}

// TestThousandStages holds a document of 1,000 stages to a time in which somebody waits for a deployment.
func TestThousandStages(t *testing.T) {
	in := Input{Gateway: "default", Stages: stages(1000)}
	document, found := made(in)
	if document == nil {
		t.Fatal(found)
	}
	t.Logf("%d bytes", len(document.Text))
	growth.Within(t, "1,000 stages", 5*time.Second, func() { made(in) })
}

// TestTooLarge says that a document with no room for its number and switches is refused, and names what to move. One byte less is
// enough.
func TestTooLarge(t *testing.T) {
	in := Input{Gateway: "default", Stages: stages(3)}
	filler := &in.Stages[1]
	filler.Variables = map[string]string{"x": ""}
	document, _ := made(in)
	filler.Variables["x"] = strings.Repeat("x", Limit-needed(document.source.Root()))
	document, found := made(in)
	if document == nil {
		t.Fatalf("%+v", found)
	}
	if document.Weights[0].Stage != filler.Title() {
		t.Errorf("the heaviest is %+v", document.Weights[0])
	}
	modes := Modes{APIs: map[string]config.Mode{}}
	for _, stage := range in.Stages {
		modes.APIs[stage.API] = config.ModeObserve
	}
	finished, err := Finish(document.Text, config.MaxRevision, modes)
	if want := Limit - len(`"mode":"observe",`); err != nil || len(finished) != want {
		t.Errorf("with number and switches it has %d bytes, want %d, as there is none on the gateway; %v", len(finished), want, err)
	}
	filler.Variables["x"] += "x"
	document, found = Write(in)
	want := fmt.Sprintf("needs %d bytes with 3 stages, and %d is the most; the heaviest: %s has ", Limit+1, Limit, filler.Title())
	if document != nil || len(found) != 1 || !strings.Contains(found[0].Message, want) {
		t.Errorf("%+v", found)
	}
}

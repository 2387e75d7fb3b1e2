// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
)

// manyStages makes APIs that the default gateway serves, each with a stage and a host, and gives the last one.
func (w *world) manyStages(apis int) string {
	w.Helper()
	last := ""
	must(w, 0, w.change(w.Context(), w.by, "fill", func(t *change) error {
		for i := range apis {
			name := fmt.Sprintf("api%04d", i)
			last = name
			taken := snapshot.Snapshot{Name: name, Responses: map[string]apigateway.GatewayResponse{
				"DEFAULT_4XX": {ResponseType: "DEFAULT_4XX", ResponseTemplates: map[string]string{"application/json": fmt.Sprintf(`{"message":$context.error.messageString,"api":%d}`, i)}},
			}, Resources: []apigateway.Resource{{ID: "r", Path: "/"}, {ID: "s", Path: "/pets/{petId}", PathPart: "{petId}"}}}
			api := apigateway.RestAPI{ID: name, Name: name}
			stage := apigateway.Stage{StageName: "prod", DeploymentID: "d"}
			host := name + ".example.com"
			for _, err := range []error{
				t.insert(apiKey(name), "", api), t.insert(snapshotKey(name, "d"), "", taken), t.insert(deploymentKey(name, "d"), "", deployment{}),
				t.insert(resourceKey(name, "r"), "", taken.Resources[0]), t.insert(stageKey(name, "prod"), name+"/d", stage),
				t.insert(domainKey(host), DefaultGateway, domain{Gateway: DefaultGateway}),
				t.insert(mappingKey(host, noBasePath), name+"/prod", mapping{BasePathMapping: apigateway.BasePathMapping{RestAPIID: name, Stage: "prod"}}),
			} {
				if err != nil {
					return err
				}
			}
		}
		return nil
	}))
	return last
}

// BenchmarkDeploy deploys one of a thousand stages that a gateway serves.
func BenchmarkDeploy(b *testing.B) {
	w := newWorld(b)
	last := w.manyStages(1000)
	n := 0
	for b.Loop() {
		n++
		w.respond(last, "THROTTLED", fmt.Sprintf(`{"n":%d}`, n))
		must(w, 0, w.toProd(last))
		w.clock.pass(together)
	}
}

// BenchmarkDiffRevisions compares two revisions of a thousand stages as clients see them.
func BenchmarkDiffRevisions(b *testing.B) {
	w := newWorld(b)
	last := w.manyStages(1000)
	for n := range 2 {
		w.respond(last, "THROTTLED", fmt.Sprintf(`{"n":%d}`, n))
		must(w, 0, w.toProd(last))
		w.clock.pass(together)
	}
	for b.Loop() {
		report, err := w.DiffRevisions(b.Context(), w.by, DefaultGateway, 1, 2)
		if must(w, report, err).Changed == 0 {
			b.Fatal("nothing changes")
		}
	}
}

// BenchmarkStanding asks how a gateway stands that serves a thousand stages, as each scrape of metrics and the first page of the console do.
func BenchmarkStanding(b *testing.B) {
	w := newWorld(b)
	must(w, 0, w.toProd(w.manyStages(1000)))
	for b.Loop() {
		must2(w.Standing(b.Context(), w.by, DefaultGateway))(w)
	}
}

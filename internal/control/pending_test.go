// SPDX-License-Identifier: Apache-2.0

package control

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
)

// TestPending says that what was changed and not deployed, and what was deployed and not released, is told.
func TestPending(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	pending := must2(w.Pending(t.Context(), w.by, "", 0))(w)
	if len(pending.Gateways)+len(pending.Stages) != 0 {
		t.Errorf("nothing waits: %+v", pending)
	}
	w.respond(api, "DEFAULT_5XX", "{}")
	w.respond(api, "THROTTLED", `{"n":1}`)
	pending = must2(w.Pending(t.Context(), w.by, "", 0))(w)
	if of := must2(w.PendingOf(t.Context(), w.by, api))(w); !cmp.Equal(of, pending.Stages) || of[0].Changes["DEFAULT_5XX"] != assemble.Added || of[0].Changes["THROTTLED"] != assemble.Changed {
		t.Errorf("of the API: %+v, of all: %+v", of, pending.Stages)
	}
	if len(pending.Stages) != 1 || pending.Stages[0].Stage != "prod" || strings.Join(pending.Stages[0].Types, " ") != "DEFAULT_5XX THROTTLED" || pending.Stages[0].Other {
		t.Errorf("%+v", pending)
	}
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 0, ""))(w)
	stage := "prod"
	made := must2(w.CreateDeployment(t.Context(), w.by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: &stage}))(w)
	if !strings.HasPrefix(made.Unreleased, "default: ann pinned it to revision 1 at ") {
		t.Errorf("the deployment says %q", made.Unreleased)
	}
	changed := must2(w.UpdateStage(t.Context(), w.by, apigateway.UpdateStageInput{
		RestAPIID: api, StageName: stage, PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/description", Value: "x"}},
	}))(w)
	again := must2(w.GetStage(t.Context(), w.by, apigateway.GetStageInput{RestAPIID: api, StageName: stage}))(w)
	added := must2(w.CreateStage(t.Context(), w.by, apigateway.CreateStageInput{RestAPIID: api, StageName: new("free"), DeploymentID: &made.ID}))(w)
	if changed.Unreleased != made.Unreleased || again.Unreleased != "" || added.Unreleased != "" {
		t.Errorf("the changed stage says %q, the read one %q, one that is bound nowhere %q", changed.Unreleased, again.Unreleased, added.Unreleased)
	}
	must2(w.DeleteStage(t.Context(), w.by, apigateway.DeleteStageInput{RestAPIID: api, StageName: "free"}))(w)
	mapped := must2(w.CreateBasePathMapping(t.Context(), w.by, apigateway.CreateBasePathMappingInput{
		DomainName: "shop.example.com", BasePath: new("v2"), RestAPIID: &api, Stage: &stage,
	}))(w)
	moved := must2(w.UpdateBasePathMapping(t.Context(), w.by, apigateway.UpdateBasePathMappingInput{
		DomainName: "shop.example.com", BasePath: "v2", PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/basePath", Value: "v3"}},
	}))(w)
	bound := must2(w.PutBinding(t.Context(), w.by, Binding{Host: "shop.example.com", BasePath: "v3", API: api, Stage: stage, Inherit: true}))(w)
	if mapped.Unreleased != made.Unreleased || moved.Unreleased != made.Unreleased || bound.Unreleased != made.Unreleased {
		t.Errorf("the mapping says %q, the moved one %q, the binding %q", mapped.Unreleased, moved.Unreleased, bound.Unreleased)
	}
	must2(w.DeleteBasePathMapping(t.Context(), w.by, apigateway.DeleteBasePathMappingInput{DomainName: "shop.example.com", BasePath: "v3"}))(w)
	pending = must2(w.Pending(t.Context(), w.by, "", 0))(w)
	if len(pending.Stages) != 0 || len(pending.Gateways) != 1 || pending.Gateways[0].Newest != 2 || pending.Gateways[0].InForce != 1 ||
		!strings.Contains(pending.Gateways[0].Why, "ann pinned it to revision 1") {
		t.Errorf("%+v", pending)
	}

	other := w.api("other", "THROTTLED", "{}")
	must(w, 0, w.toProd(other))
	w.respond(other, "THROTTLED", `{"x":1}`)
	w.respond(api, "THROTTLED", `{"x":1}`)
	limited := w.by
	limited.Rights = auth.Rights{Role: auth.Read, APIs: []string{other}}
	pending = must2(w.Pending(t.Context(), limited, "", 0))(w)
	if len(pending.Stages) != 1 || pending.Stages[0].API != other {
		t.Errorf("what may not be read is told: %+v", pending)
	}
	var seen []string
	for after := ""; ; {
		page := must2(w.Pending(t.Context(), w.by, after, 1))(w)
		for _, stage := range page.Stages {
			seen = append(seen, stage.API)
		}
		if after = page.Next; after == "" {
			break
		}
	}
	if len(seen) != 2 || seen[0] > seen[1] {
		t.Errorf("page by page: %v", seen)
	}
}

// TestCompareRevisions says which stages and types differ.
func TestCompareRevisions(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.respond(api, "DEFAULT_5XX", "{}")
	stage := "prod"
	must2(w.CreateDeployment(t.Context(), w.by, apigateway.CreateDeploymentInput{
		RestAPIID: api, StageName: &stage, Variables: map[string]string{"docs": "d"},
	}))(w)
	w.clock.pass(together)
	must2(w.PutBase(t.Context(), w.by, DefaultGateway, "mode: observe\nroutes: [{name: a, match: {pathPrefix: /a}, mode: \"off\"}]"))(w)
	w.clock.pass(together)
	must2(w.DeleteBasePathMapping(t.Context(), w.by, apigateway.DeleteBasePathMappingInput{DomainName: "shop.example.com", BasePath: noBasePath}))(w)
	for _, tc := range []struct {
		a, b int64
		want assemble.Changes
	}{
		{0, 1, assemble.Changes{Stages: []assemble.StageChange{{API: api, Stage: "prod", Change: assemble.Added}}}},
		{1, 2, assemble.Changes{Stages: []assemble.StageChange{{
			API: api, Stage: "prod", Change: assemble.Changed, Types: map[string]assemble.Change{"DEFAULT_5XX": assemble.Added}, Parts: []string{"variables"},
		}}}},
		{2, 3, assemble.Changes{Base: []string{"mode", "routes"}}},
		{3, 4, assemble.Changes{Stages: []assemble.StageChange{{API: api, Stage: "prod", Change: assemble.Removed}}}},
		{2, 2, assemble.Changes{}},
	} {
		got := must2(w.CompareRevisions(t.Context(), w.by, DefaultGateway, tc.a, tc.b))(w)
		if d := cmp.Diff(tc.want, got); d != "" {
			t.Errorf("%d to %d:\n%s", tc.a, tc.b, d)
		}
		if got.Same() != (tc.a == tc.b) {
			t.Errorf("%d to %d: same is %t", tc.a, tc.b, got.Same())
		}
	}
	report := must2(w.DiffRevisions(t.Context(), w.by, DefaultGateway, 1, 2))(w)
	if report.Same() || report.Changed == 0 {
		t.Errorf("%+v", report)
	}
	if report := must2(w.DiffRevisions(t.Context(), w.by, DefaultGateway, 0, 1))(w); report.Same() {
		t.Error("the first revision changes nothing for clients")
	}
}

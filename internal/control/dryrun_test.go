// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// everything is all that a store keeps, but for notes: its records with their versions, and its logs.
func (w *world) everything() (kept []any) {
	w.Helper()
	must(w, 0, w.store.View(w.Context(), func(r store.Reader) error {
		records, err := r.Records(store.Key{}, 0)
		if err != nil {
			return err
		}
		kept = append(kept, records)
		logs, err := r.Logs()
		for _, name := range logs {
			entries, err := r.Log(name, 0, 0)
			if err != nil {
				return err
			}
			kept = append(kept, name, entries)
		}
		return err
	}))
	return kept
}

// try makes a dry run, and holds that it leaves nothing.
func (w *world) try(by Caller, change func(Caller) error) (Outcome, error) {
	w.Helper()
	before := w.everything()
	out, err := w.DryRun(w.Context(), by, change)
	if changed := cmp.Diff(before, w.everything()); changed != "" {
		w.Errorf("the dry run has left something: %s", changed)
	}
	return out, err
}

// tryToProd is a dry run of a deployment to prod.
func (w *world) tryToProd(by Caller, api string) (out Outcome, made apigateway.Deployment) {
	w.Helper()
	out, err := w.try(by, func(by Caller) (err error) {
		made, err = w.CreateDeployment(w.Context(), by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod")})
		return err
	})
	return must(w, out, err), made
}

// TestDryRunOfDeployment says what a deployment would change, which is what it changes then.
func TestDryRunOfDeployment(t *testing.T) { testDryRunOfDeployment(t, newWorld(t)) }

func testDryRunOfDeployment(t *testing.T, w *world) {
	api := w.shop()
	w.respond(api, "THROTTLED", `{"n":1}`)
	out, tried := w.tryToProd(w.by, api)
	if len(out.Gateways) != 1 {
		t.Fatalf("want one gateway: %+v", out)
	}
	g := out.Gateways[0]
	want := assemble.Changes{Stages: []assemble.StageChange{{
		API: api, Stage: "prod", Change: assemble.Changed, Types: map[string]assemble.Change{"THROTTLED": assemble.Changed},
	}}}
	if changed := cmp.Diff(want, g.Changes); changed != "" || g.From != 1 || len(g.Held) != 0 {
		t.Errorf("from %d, held %v: %s", g.From, g.Held, changed)
	}
	if len(g.Replies.Changes) == 0 || g.Replies.Changes[0].Before.Body != `{"n":0}` || g.Replies.Changes[0].After.Body != `{"n":1}` {
		t.Errorf("replies %+v", g.Replies)
	}
	_, err := w.CreateDeployment(t.Context(), w.by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod"), Hash: strings.Repeat("0", 64)})
	refused(t, err, "ConflictException", "the API was changed meanwhile: its hash is "+tried.Hash)
	made := must2(w.CreateDeployment(t.Context(), w.by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod"), Hash: tried.Hash}))(w)
	revision := must2(w.Revision(t.Context(), w.by, DefaultGateway, 2))(w)
	if made.Hash != tried.Hash || revision.Bytes <= g.Bytes || g.Limit != assemble.Limit {
		t.Errorf("hash %s, tried %s; %d bytes, tried %d of %d", made.Hash, tried.Hash, revision.Bytes, g.Bytes, g.Limit)
	}
	// Within the second in which changes share a revision, and with one of them waiting.
	for range 2 {
		w.respond(api, "THROTTLED", `{"n":2}`)
		if out, _ := w.tryToProd(w.by, api); out.Gateways[0].From != 2 || out.Gateways[0].Replies.Changed == 0 {
			t.Errorf("within the second: %+v", out.Gateways[0])
		}
		must(w, 0, w.toProd(api))
	}
	w.clock.pass(together)
	w.do()
	if out, _ := w.tryToProd(w.by, api); len(out.Gateways) != 1 || !out.Gateways[0].Changes.Same() || out.Gateways[0].Replies.Changed != 0 {
		t.Errorf("the same again: %+v", out.Gateways)
	}
}

// TestDryRunHeld says why clients would not see a deployment at once.
func TestDryRunHeld(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.respond(api, "THROTTLED", `{"n":1}`)
	expect := func(by HeldBy, why string) {
		t.Helper()
		out, _ := w.tryToProd(w.by, api)
		for _, held := range out.Gateways[0].Held {
			if held.By == by && strings.Contains(held.Why, why) {
				return
			}
		}
		t.Errorf("nothing is held back by a %s: %+v", by, out.Gateways[0].Held)
	}
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Rollout: &RolloutPlan{First: deliver.Selector{Nodes: []string{"first-*"}}, AfterSeconds: 60}}))(w)
	expect(HeldByRollout, "is for its first nodes only")
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired}))(w)
	expect(HeldByConsent, "waits for the consent of somebody else")
	must2(w.PutSwitch(t.Context(), w.by, Switch{API: api, Mode: config.ModeOff, Until: w.clock.Now().Add(maxSwitch)}))(w)
	expect(HeldBySwitch, "ann switched the API "+api+" to off until ")
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 0, ""))(w)
	expect(HeldByPin, "ann pinned it to revision 1")
}

// TestDryRunRefused says that a dry run is refused as the change would be.
func TestDryRunRefused(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	_, err := w.try(w.by, func(by Caller) error {
		_, err := w.PutBase(t.Context(), by, DefaultGateway, `{"nope": 1}`)
		return err
	})
	refused(t, err, "BadRequestException", "nope")
	reader := w.by
	reader.Rights = auth.Rights{Role: auth.Read}
	_, err = w.try(reader, func(by Caller) error {
		_, err := w.CreateDeployment(t.Context(), by, apigateway.CreateDeploymentInput{RestAPIID: api})
		return err
	})
	refused(t, err, "AccessDeniedException", `it needs the role "deploy"`)
	stale := w.by
	stale.IfMatch = `"7"`
	_, err = w.try(stale, func(by Caller) error {
		_, err := w.PutBase(t.Context(), by, DefaultGateway, `{}`)
		return err
	})
	refused(t, err, "ConflictException", "")
	bad := apigateway.Resource{ID: "aaaaaa", Path: "/pets/{pet-id"}
	must(w, 0, w.change(t.Context(), w.by, "test", func(t *change) error { return t.insert(resourceKey(api, bad.ID), "", bad) }))
	_, err = w.try(w.by, func(by Caller) error {
		_, err := w.CreateDeployment(t.Context(), by, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: new("prod")})
		return err
	})
	if problem := (*Problem)(nil); !errors.As(err, &problem) || !problem.Findings.HasErrors() {
		t.Errorf("a document that does not compile: %v", err)
	}
}

// TestDryRunReads says that what waits on the same gateway is told apart, and that a key for one API is not told what it is.
func TestDryRunReads(t *testing.T) {
	w := newWorld(t)
	shop := w.shop()
	other := w.api("other", "UNAUTHORIZED", `{"secret":0}`)
	must(w, 0, w.toProd(other))
	w.bind("other.example.com", "", other)
	w.clock.pass(together)
	w.do()
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 0, ""))(w)
	w.respond(other, "UNAUTHORIZED", `{"secret":1}`)
	must(w, 0, w.toProd(other))
	w.clock.pass(together)
	w.do()
	w.respond(shop, "THROTTLED", `{"n":1}`)

	if out, _ := w.tryToProd(w.by, shop); len(out.Gateways[0].Changes.Stages) != 1 || out.Gateways[0].Others != 1 {
		t.Errorf("beside another one that waits: %+v", out.Gateways[0])
	}
	limited := w.by
	limited.Rights = auth.Rights{Role: auth.Deploy, APIs: []string{shop}}
	out, _ := w.tryToProd(limited, shop)
	text := string(must2(json.Marshal(out))(w))
	if len(out.Gateways[0].Changes.Stages) != 1 || out.Gateways[0].Replies.Changed == 0 || strings.Contains(text, "secret") || strings.Contains(text, other) {
		t.Errorf("a key for one API sees %s", text)
	}
}

// TestDryRunOfImport says which gateway responses of the working copy an import would change, and that findings are told.
func TestDryRunOfImport(t *testing.T) {
	w := newWorld(t)
	api := w.api("shop", "THROTTLED", `{"n":0}`)
	w.respond(api, "UNAUTHORIZED", `{"n":0}`)
	out, err := w.try(w.by, func(by Caller) error {
		_, err := w.PutRestAPI(t.Context(), by, apigateway.PutRestAPIInput{RestAPIID: api, Mode: "overwrite", Body: []byte(`{
			"openapi": "3.0.1", "info": {"title": "shop", "version": "1"}, "paths": {},
			"x-amazon-apigateway-gateway-responses": {
				"THROTTLED": {"responseTemplates": {"application/json": "{\"n\":0}"}},
				"ACCESS_DENIED": {"statusCode": 403}
			}}`)})
		return err
	})
	want := []ResponseOutcome{{api, "ACCESS_DENIED", assemble.Added}, {api, "UNAUTHORIZED", assemble.Removed}}
	if changed := cmp.Diff(want, must(w, out, err).Responses); changed != "" || len(out.Gateways) != 0 {
		t.Errorf("gateways %+v, responses %s", out.Gateways, changed)
	}
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
)

// TestRelease says that what is deployed is what the nodes get, once a second at most.
func TestRelease(t *testing.T) {
	w := newWorld(t)
	if f := w.fleetOf(DefaultGateway); string(f.Stable.Text) != `{}` || f.Stable.Revision != 0 {
		t.Fatalf("with nothing deployed: %d %s", f.Stable.Revision, f.Stable.Text)
	}
	api := w.shop()
	first := w.fleetOf(DefaultGateway).Stable
	if got := w.template(first); got != `{"n":0}` || first.Revision != 1 {
		t.Errorf("revision %d has %s", first.Revision, got)
	}

	w.redeploy(api, `{"n":1}`) // the leading edge
	for _, next := range []string{`{"n":2}`, `{"n":3}`} {
		w.clock.pass(100 * time.Millisecond)
		w.redeploy(api, next)
	}
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != 2 || w.template(f.Stable) != `{"n":1}` {
		t.Errorf("within the second: %d %s", f.Stable.Revision, f.Stable.Text)
	}
	w.do()
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != 2 {
		t.Errorf("revision %d was made before its time", f.Stable.Revision)
	}
	w.clock.pass(together)
	w.do()
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != 3 || w.template(f.Stable) != `{"n":3}` {
		t.Errorf("after the second: %d %s", f.Stable.Revision, f.Stable.Text)
	}
	revision := must2(w.Revision(t.Context(), w.by, DefaultGateway, 3))(w)
	if len(revision.Causes) != 2 || revision.Causes[0].By != "ann" || !strings.Contains(revision.Causes[0].What, api+"/prod") {
		t.Errorf("causes %+v", revision.Causes)
	}

	w.clock.pass(time.Hour)
	must(w, 0, w.toProd(api))
	w.do()
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != 3 {
		t.Errorf("revision %d, though nothing has changed", f.Stable.Revision)
	}
}

// must2 is must for two values that stand in one call.
func must2[T any](value T, err error) func(*world) T {
	return func(w *world) T {
		w.Helper()
		return must(w, value, err)
	}
}

// TestReleaseTakenBack says that what was deployed and taken back within a second is no revision.
func TestReleaseTakenBack(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.redeploy(api, `{"n":1}`)
	w.redeploy(api, `{"n":2}`)
	w.redeploy(api, `{"n":1}`)
	w.clock.pass(time.Minute)
	w.do()
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != 2 || w.template(f.Stable) != `{"n":1}` {
		t.Errorf("%d %s", f.Stable.Revision, f.Stable.Text)
	}
}

// TestProblem says that a deployment that does not compile is undone as a whole, and where it is wrong.
func TestProblem(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	before := w.fleetOf(DefaultGateway).Stable
	const path = "/pets/{pet-id"
	bad := apigateway.Resource{ID: "aaaaaa", Path: path}
	must(w, 0, w.change(t.Context(), w.by, "test", func(t *change) error { return t.insert(resourceKey(api, bad.ID), "", bad) }))
	err := w.toProd(api)
	var problem *Problem
	var known *apigateway.Error
	if !errors.As(err, &problem) || !errors.As(err, &known) || known.Type != "BadRequestException" {
		t.Fatalf("want a Problem, got %v", err)
	}
	f := problem.Findings[0]
	if f.File != api+"/prod" || !strings.HasPrefix(f.Path, "resources[") || !strings.Contains(known.Message, path) {
		t.Errorf("the finding is about %q at %q: %s", f.Path, f.File, known.Message)
	}
	if now := w.fleetOf(DefaultGateway).Stable; now.Hash != before.Hash {
		t.Error("the bad deployment is delivered")
	}
	deployments := must2(w.GetDeployments(t.Context(), w.by, apigateway.GetDeploymentsInput{RestAPIID: api}))(w)
	if len(deployments.Items) != 1 {
		t.Errorf("%d deployments, want the first one alone", len(deployments.Items))
	}
}

// TestRevisionsKept says that old revisions go, but for those that nodes run, and that these can still be read.
func TestRevisionsKept(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.redeploy(api, `{"n":1}`)
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, ""))(w)
	for n := range revisionsKept + 3 {
		w.clock.pass(together)
		w.redeploy(api, fmt.Sprintf(`{"n":%d}`, n+2))
	}
	revisions := must2(w.Revisions(t.Context(), w.by, DefaultGateway, 0, 0))(w)
	newest := int64(revisionsKept + 5)
	if len(revisions) != revisionsKept+1 || revisions[0].Number != newest || revisions[revisionsKept].Number != 1 {
		t.Errorf("%d revisions from %d to %d", len(revisions), revisions[len(revisions)-1].Number, revisions[0].Number)
	}
	if got := w.template(w.fleetOf(DefaultGateway).Stable); got != `{"n":0}` {
		t.Errorf("the pinned one is %s", got)
	}
	_, err := w.Revision(t.Context(), w.by, DefaultGateway, 2)
	refused(t, err, "NotFoundException", "no revision 2, or has it no more")
	page := must2(w.Revisions(t.Context(), w.by, DefaultGateway, newest, 2))(w)
	if len(page) != 2 || page[0].Number != newest-1 {
		t.Errorf("a page: %+v", page)
	}
	limited := w.by
	limited.Rights = auth.Rights{Role: auth.Deploy, APIs: []string{"another"}}
	if seen := must2(w.Revisions(t.Context(), limited, DefaultGateway, newest, 2))(w); len(seen) != 2 || seen[0].Causes != nil || page[0].Causes == nil {
		t.Errorf("a key for another API sees %+v", seen)
	}
	must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	w.clock.pass(together)
	w.redeploy(api, `{}`)
	if revisions := must2(w.Revisions(t.Context(), w.by, DefaultGateway, 0, 0))(w); len(revisions) != revisionsKept {
		t.Errorf("after the release %d revisions are left", len(revisions))
	}
}

// TestRevisionsOfSwitches says that switches which come and go do not fill the store, and take nothing away that a gateway can be taken back to.
func TestRevisionsOfSwitches(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.redeploy(api, `{"n":1}`)
	owner := w.by
	owner.Rights = auth.Rights{Role: auth.Deploy, APIs: []string{api}}
	on := Switch{API: api, Mode: config.ModeOff}
	for range revisionsKept + 5 {
		w.clock.pass(together)
		on.Until = w.clock.Now().Add(time.Hour)
		must2(w.PutSwitch(t.Context(), owner, on))(w)
		must(w, 0, w.EndSwitch(t.Context(), owner, on))
	}
	if revisions := must2(w.Revisions(t.Context(), w.by, DefaultGateway, 0, 0))(w); len(revisions) > revisionsKept+2 || revisions[len(revisions)-1].Number != 1 {
		t.Errorf("%d revisions, down to %d", len(revisions), revisions[len(revisions)-1].Number)
	}
	w.redeploy(api, `{"n":2}`)
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, ""))(w)
	w.inForce(1, `{"n":0}`)
}

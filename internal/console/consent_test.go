// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/golden"
)

const shopGateway = "/console/gateways/default"

// colleague is a key of another name, which may deploy everything.
func (v *visitor) colleague(role string) string {
	v.Helper()
	return v.api("POST", "/keys", object{"name": "bob the " + role, "rights": object{"role": role}}).Get("bearer").String()
}

// standing is what is in force.
func (v *visitor) standing(path string) gjson.Result {
	v.Helper()
	return v.api("GET", "/gateways/default/standing", nil).Get(path)
}

// TestConsent goes the way of a change that waits for somebody else, with the pages that each sees.
func TestConsent(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	hold := func(name, path string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(v.page(path), api))
	}
	bob, eve := v.colleague("deploy"), v.colleague("read")
	v.signIn(v.key)
	if page := v.page(shopGateway + "/consent"); !strings.Contains(page, "asks for none") {
		t.Errorf("a gateway that asks for none: %s", page)
	}
	v.api("PUT", "/gateways/default", object{"consent": "required"})
	v.api("PUT", "/apis/"+api+"/responses/UNAUTHORIZED", object{"statusCode": "200"})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	v.newest(3)
	hold("consent-own", shopGateway+"/consent")
	hold("gateway-waits", shopGateway)

	v.forget()
	v.signIn(eve)
	if page := v.page(shopGateway + "/consent"); strings.Contains(page, "<form class=\"stack\"") || !strings.Contains(page, "takes the role deploy") {
		t.Errorf("who may only read: %s", page)
	}
	v.forget()
	v.signIn(bob)
	hold("overview-waits", "/console/")
	hold("consent", shopGateway+"/consent")
	if got := v.post(shopGateway+"/consent", "revision", "2"); got.status != http.StatusConflict || !strings.Contains(got.body, "There is something newer") || v.standing("inForce").Int() != 2 {
		t.Errorf("consent to what was the newest: status %d: %s", got.status, got.body)
	}
	if got := v.post(shopGateway+"/consent", "revision", "x"); got.status != http.StatusBadRequest {
		t.Errorf("no revision: status %d", got.status)
	}
	newest := v.standing("newest").String()
	v.goesTo(v.post(shopGateway+"/consent", "revision", newest, "why", "looked at it"), shopGateway)
	if got := v.standing("@this"); got.Get("inForce").String() != newest || got.Get("consented.why").String() != "looked at it" || got.Get("consented.by").String() != "bob the deploy" {
		t.Errorf("consented: %s", got)
	}
	hold("consented", shopGateway+"/consent")

	v.api("PUT", "/gateways/default", object{})
	hold("consent-ends", shopGateway+"/consent")
	v.goesTo(v.post(shopGateway+"/consent", "revision", newest, "ends", "true"), shopGateway)
	if got := v.api("GET", "/gateways/default", nil); got.Get("consent").Exists() {
		t.Errorf("it asks on: %s", got)
	}
}

// newest waits until what was changed is in a revision.
func (v *visitor) newest(least int64) {
	v.Helper()
	for got := v.standing("@this"); got.Get("newest").Int() < least || got.Get("due").Exists(); got = v.standing("@this") {
		if v.Context().Err() != nil {
			v.Fatal("the test ended")
		}
	}
}

// TestRollout goes the ways of a rollout, with the pages on the way.
func TestRollout(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.signIn(v.key)
	hold := func(name, path string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(v.page(path), api))
	}
	const rollout = shopGateway + "/rollout"
	hold("rollout-none", rollout)
	v.api("PUT", "/gateways/default", object{"rollout": object{"first": object{"nodes": []string{"canary-*"}, "clusters": []string{"first"}}, "afterSeconds": 60}})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	v.newest(3)
	hold("rollout", rollout)
	hold("gateway-rollout", shopGateway)
	for _, action := range []string{"resume", "finish", "abort"} {
		hold("rollout-"+action, rollout+"?action="+action)
	}
	if got := v.send("GET", rollout+"?action=undo", ""); got.status != http.StatusBadRequest {
		t.Errorf("no action: status %d", got.status)
	}
	if got := v.post(rollout, "action", "finish", "inForce", "2", "to", "2"); got.status != http.StatusConflict || !strings.Contains(got.body, "has gone on since you looked") || v.standing("inForce").Int() != 2 {
		t.Errorf("a form for another revision: status %d: %s", got.status, got.body)
	}
	if got := v.post(rollout, "action", "resume", "inForce", "2", "to", "3"); got.status != http.StatusConflict || !strings.Contains(got.body, "no rollout of the gateway") {
		t.Errorf("one that has not stopped is resumed: status %d: %s", got.status, got.body)
	}
	v.goesTo(v.post(rollout, "action", "abort", "inForce", "2", "to", "3"), shopGateway)
	if got := v.standing("@this"); got.Get("pin.revision").Int() != 2 || got.Get("rollout").Exists() {
		t.Errorf("aborted: %s", got)
	}
	v.goesTo(v.post(shopGateway+"/release", "inForce", "2", "to", "3"), shopGateway)
	v.goesTo(v.post(rollout, "action", "finish", "inForce", "2", "to", "3"), shopGateway)
	if got := v.standing("inForce").Int(); got != 3 {
		t.Errorf("finished: revision %d is in force", got)
	}
	if got := v.post(rollout, "action", "finish", "inForce", "2", "to", "3"); got.status != http.StatusConflict || !strings.Contains(got.body, "It has ended since you looked") {
		t.Errorf("once more: status %d: %s", got.status, got.body)
	}
}

// TestFindingKinds shows each kind of findings.
func TestFindingKinds(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	list := v.page("/console/finding-kinds")
	for _, kind := range v.api("GET", "/finding-kinds", nil).Get("kinds").Array() {
		path := "/console/finding-kinds/" + kind.Get("code").String()
		if !strings.Contains(list, `href="`+path+`"`) || !strings.Contains(v.tame(path), "What to do") {
			t.Errorf("%s is not explained", path)
		}
	}
	golden.File(t, filepath.Join("testdata", "finding-kind.html"), v.same(v.page("/console/finding-kinds/GWR070"), ""))
	if got := v.send("GET", "/console/finding-kinds/GWR999", ""); got.status != http.StatusNotFound {
		t.Errorf("one that is not there: status %d", got.status)
	}
}

// TestHostileConsent holds that what others wrote is text on the pages that ask for consent, and on those of rollouts.
func TestHostileConsent(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	all := strings.Join(hostile, " ")
	key := v.api("POST", "/keys", object{"name": all, "rights": object{"role": "admin", "hosts": []string{"*"}}}).Get("bearer").String()
	byKey := func(path string, body string) {
		t.Helper()
		if got := v.send("PUT", "/v1/gateways/edge"+path, body, "Authorization: Bearer "+key, "Content-Type: application/json"); got.status != http.StatusOK {
			t.Fatalf("%s: status %d: %s", path, got.status, got.body)
		}
	}
	v.api("PUT", "/gateways/edge", object{"consent": "required", "description": all, "rollout": object{"first": object{"nodes": []string{all}, "clusters": []string{all}}, "afterSeconds": 60}})
	byKey("/base", `{"text": "{\"mode\": \"observe\", \"x-`+"<script>"+`\": 1, \"gatewayResponses\": {\"THROTTLED\": {\"statusCode\": 200}}}"}`)
	for range 2 {
		v.tame("/console/gateways/edge/consent")
		v.tame("/console/gateways/edge")
		v.tame("/console/")
		byKey("", `{"description": "without", "rollout": {"first": {"nodes": ["<script>"]}, "afterSeconds": 60}}`)
	}
	v.goesTo(v.post("/console/gateways/edge/consent", "revision", "1", "why", all), "/console/gateways/edge")
	for _, path := range []string{"/consent", "/rollout", "/rollout?action=abort", ""} {
		v.tame("/console/gateways/edge" + path)
	}
	if got := v.post("/console/gateways/edge/consent", "revision", "1", "why", strings.Repeat("<b>", 100_000)); got.status < 400 || got.status >= 500 || strings.Contains(got.body, "<b>") {
		t.Errorf("a reason of a megabyte: status %d", got.status)
	}
}

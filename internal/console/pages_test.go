// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

// TestPages holds every page against a file.
func TestPages(t *testing.T) {
	v := newVisitor(t)
	hold := func(name, page, api string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, api))
	}
	hold("sign-in", v.page("/console/sign-in"), "")
	v.signIn(v.key)
	hold("overview-empty", v.page("/console/"), "")
	hold("gateway-empty", v.page("/console/gateways/default"), "")
	api := v.shop()
	for name, path := range map[string]string{
		"overview":   "/console/",
		"gateway":    "/console/gateways/default",
		"diff":       "/console/gateways/default/diff?from=1&to=2&replies=true",
		"same":       "/console/gateways/default/diff?from=2&to=2",
		"pin":        "/console/gateways/default/pin?revision=1",
		"release":    "/console/gateways/default/release",
		"switch":     "/console/gateways/default/switch",
		"switchend":  "/console/gateways/default/switch/end",
		"responses":  "/console/apis/" + api,
		"keys":       "/console/keys",
		"switch-api": "/console/apis/" + api + "/switch",
	} {
		hold(name, v.page(path), api)
	}
	got := v.send("GET", "/console/gateways/none", "")
	if got.status != http.StatusNotFound {
		t.Errorf("a gateway that is not there: status %d", got.status)
	}
	hold("not-found", got.body, api)
	v.goesTo(v.post("/console/gateways/default/pin", "revision", "1", "inForce", "2", "why", "it broke"), "/console/gateways/default")
	v.goesTo(v.post("/console/gateways/default/switch", "mode", "off", "seconds", "3600", "why", "an incident"), "/console/gateways/default")
	v.goesTo(v.post("/console/apis/"+api+"/switch", "mode", "observe", "seconds", "3600", "why", "to see"), "/console/apis/"+api)
	for name, path := range map[string]string{
		"responses-switched": "/console/apis/" + api, "switchend-api": "/console/apis/" + api + "/switch/end",
		"overview-held": "/console/", "gateway-held": "/console/gateways/default", "release-pinned": "/console/gateways/default/release",
		"switchend-off": "/console/gateways/default/switch/end", "audit": "/console/audit",
	} {
		hold(name, v.page(path), api)
	}
	key := v.api("POST", "/keys", object{"name": "ci", "rights": object{"role": "read", "apis": []string{api}}})
	hold("revoke", v.page("/console/keys/"+key.Get("id").String()+"/revoke"), api)
}

// TestLookBack holds that Take back is offered behind however many revisions of switches, and that the list of APIs can be searched.
func TestLookBack(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	for range 15 { // two revisions each, more than a part of the list has
		v.api("PUT", "/gateways/default/switch", object{"mode": "observe", "seconds": 3600})
		v.api("DELETE", "/gateways/default/switch", nil)
	}
	v.api("POST", "/apis", object{"name": "another"})
	for path, want := range map[string][]bool{"/console/": {true, true}, "/console/?search=SHO": {true, false}, "/console/?search=nobody": {false, false}} {
		body := v.page(path)
		if !strings.Contains(body, `href="/console/gateways/default/pin?revision=1"`) || !strings.Contains(body, "revision 2</strong>") {
			t.Errorf("%s: neither the last change nor Take back is there: %s", path, body)
		}
		if got := []bool{strings.Contains(body, "/console/apis/"+api), strings.Contains(body, ">another<")}; !slices.Equal(got, want) {
			t.Errorf("%s: the APIs shop and another are there: %v, want %v", path, got, want)
		}
	}
}

// TestKeys makes a key and revokes it.
func TestKeys(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	got := v.post("/console/keys", "name", "ann", "role", "deploy", "apis", "shop other*", "hosts", "*.shop.example", "days", "30")
	bearer := regexp.MustCompile(`gwr_GWRA[A-Z2-7]{16}_[A-Za-z0-9]{40}`).FindString(got.body)
	if got.status != http.StatusOK || bearer == "" {
		t.Fatalf("made: status %d: %s", got.status, got.body)
	}
	golden.File(t, filepath.Join("testdata", "keymade.html"), regexp.MustCompile(`[A-Za-z0-9]{40}`).ReplaceAllString(v.same(got.body, ""), "SECRET"))
	made := v.api("GET", "/keys", nil).Get(`items.#(name=="ann")`)
	if rights := made.Get("rights").Raw; rights != `{"role":"deploy","apis":["shop","other*"],"hosts":["*.shop.example"]}` || !made.Get("expires").Exists() {
		t.Errorf("made: %s", made.Raw)
	}
	if body := v.page("/console/keys"); strings.Contains(body, bearer) {
		t.Error("the secret is shown again")
	}
	for _, form := range [][]string{{"name", "", "role", "read", "days", "0"}, {"name", "a", "role", "root", "days", "0"}, {"name", "a", "role", "read", "days", "soon"}} {
		if got := v.post("/console/keys", form...); got.status != http.StatusBadRequest {
			t.Errorf("%v: status %d: %s", form, got.status, got.body)
		}
	}
	v.goesTo(v.post("/console/keys/"+made.Get("id").String()+"/revoke"), "/console/keys")
	v.forget()
	if got := v.post("/console/sign-in", "key", bearer); got.status != http.StatusForbidden {
		t.Errorf("with the revoked key: status %d", got.status)
	}
}

// TestSteer takes a gateway back and forth, and holds what the server then has.
func TestSteer(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	v.shop()
	standing := func(path string) string { return v.api("GET", "/gateways/default/standing", nil).Get(path).String() }
	const home = "/console/gateways/default"
	if got := v.post(home+"/pin", "revision", "1", "inForce", "1"); got.status != http.StatusConflict || !strings.Contains(got.body, "has changed since you looked") || standing("inForce") != "2" {
		t.Errorf("a form that is out of date: status %d: %s", got.status, got.body)
	}
	if got := v.post(home+"/pin", "revision", "x", "inForce", "2"); got.status != http.StatusBadRequest {
		t.Errorf("no revision: status %d", got.status)
	}
	if got := v.post(home+"/pin", "revision", "7", "inForce", "2"); got.status != http.StatusNotFound {
		t.Errorf("a revision that is not there: status %d: %s", got.status, got.body)
	}
	v.goesTo(v.post(home+"/pin", "revision", "1", "inForce", "2", "why", "it broke"), home)
	if standing("pin.revision") != "1" || standing("pin.why") != "it broke" || standing("inForce") != "1" {
		t.Errorf("taken back: %s", standing("@this"))
	}
	if got := v.post(home+"/release", "inForce", "1", "to", "1"); got.status != http.StatusConflict || standing("inForce") != "1" {
		t.Errorf("a form to another revision: status %d", got.status)
	}
	v.goesTo(v.post(home+"/release", "inForce", "1", "to", "2"), home)
	if standing("pin") != "" || standing("inForce") != "2" {
		t.Errorf("released: %s", standing("@this"))
	}
	v.goesTo(v.post(home+"/switch", "mode", "observe", "seconds", "900", "why", "to see"), home)
	if standing("switches.0.mode") != "observe" || standing("switches.0.by") != "first key" {
		t.Errorf("switched: %s", standing("@this"))
	}
	v.goesTo(v.post(home+"/switch/end"), home)
	if standing("switches") != "" {
		t.Errorf("switched on: %s", standing("@this"))
	}
	if got := v.post(home+"/switch", "mode", "gone", "seconds", "900"); got.status != http.StatusBadRequest || !strings.Contains(got.body, "Nothing was changed") {
		t.Errorf("no mode: status %d: %s", got.status, got.body)
	}
}

// TestNeverDeployed holds that the first page does not say of an API that was never deployed that nothing waits.
func TestNeverDeployed(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.api("POST", "/apis", object{"name": "new"}).Get("id").String()
	if page := v.page("/console/"); !strings.Contains(page, `<a href="/console/apis/`+api+`/deploy">all of it</a>, for the first time`) {
		t.Errorf("an API that was never deployed: %s", page)
	}
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	if page := v.page("/console/"); strings.Contains(page, "for the first time") {
		t.Errorf("an API that is deployed: %s", page)
	}
}

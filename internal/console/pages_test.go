// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"net/http"
	"path/filepath"
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
		"overview":  "/console/",
		"gateway":   "/console/gateways/default",
		"diff":      "/console/gateways/default/diff?from=1&to=2&replies=true",
		"same":      "/console/gateways/default/diff?from=2&to=2",
		"pin":       "/console/gateways/default/pin?revision=1",
		"release":   "/console/gateways/default/release",
		"switch":    "/console/gateways/default/switch",
		"switchend": "/console/gateways/default/switch/end",
		"responses": "/console/apis/" + api,
		"keys":      "/console/keys",
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
	for name, path := range map[string]string{
		"overview-held": "/console/", "gateway-held": "/console/gateways/default", "release-pinned": "/console/gateways/default/release",
		"switchend-off": "/console/gateways/default/switch/end", "audit": "/console/audit",
	} {
		hold(name, v.page(path), api)
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

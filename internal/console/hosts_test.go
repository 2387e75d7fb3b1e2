// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/golden"
)

// TestHostPages holds the pages of hosts and of bindings against files.
func TestHostPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	hold := func(name, page, api string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, api))
	}
	hold("hosts-empty", v.page("/console/hosts"), "")
	api := v.shop()
	v.api("POST", "/hosts", object{"host": "*"})
	v.api("PUT", "/gateways/edge", object{"description": "of the branch offices"})
	const shop = "/console/hosts/shop.example.com"
	for name, path := range map[string]string{
		"hosts": "/console/hosts", "host": shop, "host-empty": "/console/hosts/%2A", "unbind": shop + "/unbind?path=(none)", "host-delete": shop + "/delete",
		"host-delete-empty": "/console/hosts/%2A/delete", "host-move": shop + "/move", "host-move-edge": shop + "/move?gateway=edge", "bind-api": "/console/bind?api=" + api,
		"bind-host": "/console/bind?host=%2A", "bind": "/console/bind?host=%2A&path=/v1/shop/&api=" + api + "&stage=%2A&inherit=true", "bind-missing": "/console/bind?host=new.example.com&api=" + api,
		"bind-same": "/console/bind?host=shop.example.com&api=" + api + "&stage=prod",
	} {
		hold(name, v.page(path), api)
	}
}

// TestBind makes a host, binds what is deployed first to it, changes the binding, moves the host, unbinds and deletes it: by forms alone.
func TestBind(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.api("POST", "/apis", object{"name": "first"}).Get("id").String()
	v.api("PUT", "/gateways/edge", object{})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	bound := func(query string) string { return v.api("GET", "/bindings", nil).Get(query).String() }
	if page := v.page("/console/apis/" + api + "/stages/prod"); !strings.Contains(page, "/console/bind?api="+api+"&amp;stage=prod") {
		t.Fatalf("a stage that is bound nowhere leads nowhere: %s", page)
	}
	asked := []string{"host", "New.example.com", "path", "/v1/", "api", api, "stage", "prod"}
	v.goesTo(v.post("/console/hosts", asked...), "/console/bind?api="+api+"&host=New.example.com&path=%2Fv1%2F&stage=prod")
	page := v.page("/console/bind?host=New.example.com&path=/v1/&api=" + api + "&stage=prod")
	if !strings.Contains(page, `<span class="chip">added</span> stage`) || field(page, "etag") != `"0"` || bound("items.#") != "0" {
		t.Fatalf("what a binding would change: %s", page)
	}
	v.goesTo(v.post("/console/bind", append(asked, "etag", `"0"`)...), "/console/apis/"+api+"/stages/prod")
	if bound("items.0.host") != "new.example.com" || bound("items.0.basePath") != "v1" || bound("items.0.stage") != "prod" {
		t.Errorf("bound: %s", bound("@this"))
	}
	got := v.post("/console/bind", append(asked, "etag", `"0"`)...)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "Something else was bound there") || field(got.body, "etag") == `"0"` {
		t.Errorf("a form that knows of no binding: status %d: %s", got.status, got.body)
	}
	all := []string{"host", "new.example.com", "path", "v1", "api", api, "stage", "*", "inherit", "true", "etag", field(v.page("/console/bind?host=new.example.com&path=v1&stage=*&api="+api), "etag")}
	v.goesTo(v.post("/console/bind", all...), "/console/hosts/new.example.com")
	if bound("items.0.stage") != "" || bound("items.0.inherit") != "true" {
		t.Errorf("all stages: %s", bound("@this"))
	}
	if got := v.post("/console/bind", "host", "new.example.com", "path", "a//b", "api", api, "stage", "prod", "etag", `"0"`); got.status != http.StatusBadRequest || !strings.Contains(got.body, "Invalid base path") {
		t.Errorf("no path: status %d: %s", got.status, got.body)
	}

	const home = "/console/hosts/new.example.com"
	old := field(v.page(home+"/move?gateway=edge"), "etag")
	v.goesTo(v.post(home+"/move", "gateway", "edge", "etag", old), home)
	if on := v.api("GET", "/hosts/new.example.com", nil).Get("gateway").String(); on != "edge" {
		t.Errorf("the host is on %s", on)
	}
	if got := v.post(home+"/move", "gateway", "default", "etag", old); got.status != http.StatusConflict || !strings.Contains(got.body, "changed since you looked") {
		t.Errorf("moved by a form that is out of date: status %d: %s", got.status, got.body)
	}
	shown := v.page(home + "/delete")
	v.api("PUT", "/hosts/new.example.com/bindings/v2", object{"api": api, "stage": "prod"})
	if got := v.post(home+"/delete", "etag", field(shown, "etag"), "bound", field(shown, "bound")); got.status != http.StatusConflict || !strings.Contains(got.body, "Its 2 bindings end") {
		t.Errorf("deleted with a binding that nobody was shown: status %d: %s", got.status, got.body)
	}
	if got := v.post(home+"/unbind", "path", "v1", "etag", `"1"`); got.status != http.StatusConflict || bound("items.#") != "2" {
		t.Errorf("unbound by a form that is out of date: status %d: %s", got.status, got.body)
	}
	v.goesTo(v.post(home+"/unbind", "path", "v1", "etag", field(v.page(home+"/unbind?path=v1"), "etag")), home)
	if bound("items.#") != "1" || bound("items.0.basePath") != "v2" {
		t.Errorf("unbound: %s", bound("@this"))
	}
	shown = v.page(home + "/delete")
	v.goesTo(v.post(home+"/delete", "etag", field(shown, "etag"), "bound", field(shown, "bound")), "/console/hosts")
	if v.api("GET", "/hosts", nil).Get("items.#").Int() != 0 || bound("items.#") != "0" {
		t.Errorf("deleted: %s", bound("@this"))
	}
	if got := v.post("/console/hosts", "host", "no host"); got.status != http.StatusBadRequest || !strings.Contains(got.body, "Not made: ") || !strings.Contains(got.body, `value="no host"`) {
		t.Errorf("no host: status %d: %s", got.status, got.body)
	}
}

// TestBindRights holds that a key sees and changes only what it is for.
func TestBindRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.api("POST", "/hosts", object{"host": "bank.example.com"})
	key := v.api("POST", "/keys", object{"name": "shop", "rights": auth.Rights{Role: auth.Deploy, APIs: []string{api}, Hosts: []string{"*.shop.example.com"}}})
	v.signIn(key.Get("bearer").String())
	if page := v.page("/console/hosts"); strings.Contains(page, "bank") || !strings.Contains(page, "Make a host") {
		t.Errorf("the hosts are %s", page)
	}
	if page := v.page("/console/bind?api=" + api + "&host=a.shop.example.com"); !strings.Contains(page, "Make it") {
		t.Errorf("a host of its own cannot be made: %s", page)
	}
	for path, status := range map[string]int{"/console/hosts/bank.example.com": http.StatusForbidden, "/console/bind?host=bank.example.com&api=" + api: http.StatusForbidden} {
		if got := v.send("GET", path, ""); got.status != status {
			t.Errorf("%s: status %d: %s", path, got.status, got.body)
		}
	}
	if got := v.post("/console/hosts", "host", "else.example.com"); got.status != http.StatusForbidden {
		t.Errorf("it makes a host: status %d", got.status)
	}
}

// TestHostsHostile holds that what people write is text on the pages of hosts.
func TestHostsHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api, all := v.shop(), strings.Join(hostile, " ")
	v.api("PATCH", "/apis/"+api, object{"name": all})
	v.api("PUT", "/gateways/default/pin", object{"why": all})
	const shop = "/console/hosts/shop.example.com"
	for _, path := range []string{"/console/hosts", shop, shop + "/delete", shop + "/move", shop + "/unbind?path=(none)", "/console/bind?host=shop.example.com&api=" + api + "&stage=*", "/console/bind?host=shop.example.com"} {
		v.tame(path)
	}
	bad := url.QueryEscape(all)
	for _, path := range []string{"/console/hosts/" + url.PathEscape(hostile[0]), shop + "/unbind?path=" + bad, shop + "/move?gateway=" + bad, "/console/bind?api=" + bad, "/console/bind?host=shop.example.com&path=" + bad + "&api=" + api, "/console/hosts?after=" + bad} {
		got := v.send("GET", path, "")
		if got.status < 400 || got.status >= 500 {
			t.Errorf("%s: status %d", path, got.status)
		}
		v.tameText(path, got.body)
	}
}

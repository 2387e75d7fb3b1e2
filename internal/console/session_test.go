// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"net/http"
	"strings"
	"testing"
)

// TestSignIn holds who gets in, where to, and how long.
func TestSignIn(t *testing.T) {
	v := newVisitor(t)
	if got := v.send("GET", "/console/gateways/default?before=1", ""); got.status != http.StatusSeeOther || got.header.Get("Location") != "/console/sign-in?to=%2Fconsole%2Fgateways%2Fdefault%3Fbefore%3D1" {
		t.Errorf("without a session: status %d to %q", got.status, got.header.Get("Location"))
	}
	if got := v.post("/console/sign-in", "key", "gwr_GWRAAAAAAAAAAAAAAAAA_"+strings.Repeat("x", 40)); got.status != http.StatusForbidden || !strings.Contains(got.body, "The bearer key is none of this server") {
		t.Errorf("with another key: status %d: %s", got.status, got.body)
	}
	for to, want := range map[string]string{
		"/console/audit?before=7": "/console/audit?before=7", "": "/console/", "//evil.example/console/": "/console/", "https://evil.example/console/": "/console/",
		"/v1/keys": "/console/", "javascript:alert(1)": "/console/", `/console/\evil`: "/console/%5Cevil",
	} {
		v.forget()
		got := v.post("/console/sign-in", "key", " "+v.key+"\n", "to", to)
		v.goesTo(got, want)
		if cookie := got.header.Values("Set-Cookie"); len(cookie) != 3 || !strings.HasPrefix(cookie[2], "gwrd=") || !strings.HasSuffix(cookie[2], "; Path=/; HttpOnly; SameSite=Lax") {
			t.Errorf("the cookie is %q", cookie)
		}
	}
	if body := v.page("/console/"); strings.Contains(body, v.key) {
		t.Error("a page has the key")
	}
	cookies := v.client.Jar
	v.goesTo(v.post("/console/sign-out"), "/console/sign-in")
	if got := v.send("GET", "/console/", ""); got.status != http.StatusSeeOther {
		t.Errorf("signed out: status %d", got.status)
	}
	v.client.Jar = cookies
	if got := v.post("/console/gateways/default/switch", "mode", "off", "seconds", "60"); got.status != http.StatusUnauthorized || !strings.Contains(got.body, "nothing was changed") {
		t.Errorf("a form after the end: status %d: %s", got.status, got.body)
	}
	actions := v.api("GET", "/audit?limit=2", nil).Get("items.#.action").String()
	if actions != `["SignOut","SignIn"]` {
		t.Errorf("the audit log has %s", actions)
	}
}

// TestSignInFailures holds that who tries many keys is held up.
func TestSignInFailures(t *testing.T) {
	v := newVisitor(t)
	var got reply
	for range 21 {
		got = v.post("/console/sign-in", "key", "no key")
	}
	if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") == "" {
		t.Errorf("the 21st key: status %d, %v", got.status, got.header)
	}
	v.signIn(v.key)
}

// TestRevoked holds that a session ends with its key.
func TestRevoked(t *testing.T) {
	v := newVisitor(t)
	key := v.api("POST", "/keys", object{"name": "ann", "rights": object{"role": "read"}})
	v.signIn(key.Get("bearer").String())
	v.page("/console/")
	if got := v.send("GET", "/console/keys", ""); got.status != http.StatusForbidden || !strings.Contains(got.body, "takes the role admin") {
		t.Errorf("the keys, for who reads: status %d: %s", got.status, got.body)
	}
	if body := v.page("/console/gateways/default"); strings.Contains(body, "Switch off") || strings.Contains(body, `href="/console/keys"`) {
		t.Error("who reads is offered more")
	}
	v.api("DELETE", "/keys/"+key.Get("id").String(), nil)
	if got := v.send("GET", "/console/", ""); got.status != http.StatusSeeOther {
		t.Errorf("after the key is gone: status %d", got.status)
	}
}

// TestPolicy holds what every answer says to browsers, and that nothing is done for other sites.
func TestPolicy(t *testing.T) {
	v := newVisitor(t)
	for _, path := range []string{"/console/sign-in", "/console/assets/console.css", "/console/none", "/console/v1/gateways", "/console/assets/none"} {
		header := v.send("GET", path, "").header
		policy := header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'nonce-") || strings.Contains(policy, "unsafe") ||
			header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Referrer-Policy") != "no-referrer" || header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, header)
		}
	}
	if a, b := v.send("GET", "/console/sign-in", ""), v.send("GET", "/console/sign-in", ""); a.header.Get("Content-Security-Policy") == b.header.Get("Content-Security-Policy") {
		t.Error("two answers have the same nonce")
	}
	v.signIn(v.key)
	for _, path := range []string{"/console/sign-in", "/console/sign-out", "/console/gateways/default/switch", "/console/v1/apis"} {
		for _, header := range []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://evil.example"} {
			if got := v.send("POST", path, "key="+v.key, "Content-Type: application/x-www-form-urlencoded", header); got.status != http.StatusForbidden {
				t.Errorf("%s with %s: status %d", path, header, got.status)
			}
		}
	}
	if got := v.send("POST", "/console/v1/apis", `{"name": "from a script"}`, "Content-Type: application/json", "Sec-Fetch-Site: same-origin"); got.status != http.StatusCreated {
		t.Errorf("from a script of ours: status %d: %s", got.status, got.body)
	}
	if got := v.send("GET", "/v1/gateways", ""); got.status != http.StatusUnauthorized {
		t.Errorf("/v1 with a cookie: status %d", got.status)
	}
	if got := v.send("GET", "/", "", "Accept: text/html,application/xhtml+xml"); got.header.Get("Location") != "/console/" {
		t.Errorf("/ for a browser: %d %v", got.status, got.header)
	}
	if got := v.send("GET", "/", "", "Accept: */*"); got.status == http.StatusSeeOther {
		t.Error("/ for a client of AWS leads to the console")
	}
}

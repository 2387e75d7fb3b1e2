// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"html"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

// baseHome is where the base document of the gateway is.
const baseHome = "/console/gateways/default/base"

// houseRules is a base document with entries, a type of its own and rules.
const houseRules = `# The rules of the house.
gatewayResponses:
  DEFAULT_4XX: {responseTemplates: {application/json: '{"error": $context.error.messageString}'}} # everybody's
  THROTTLED: {statusCode: "429", headers: {Retry-After: "30"}}
  X_LOGIN: {statusCode: "401"}
classification:
- name: login
  when: {filter: [envoy.filters.http.oauth2], status: ["302"]}
  responseType: X_LOGIN
  message: Sign in
`

// TestBasePages holds the pages of a base document against files.
func TestBasePages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	hold := func(name, page string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, ""))
	}
	hold("base-empty", v.page(baseHome))
	v.api("PUT", "/gateways/default/base", object{"text": houseRules})
	v.inForce(1)
	for name, path := range map[string]string{"base": "", "base-edit": "/responses/X_LOGIN", "base-edit-inherited": "/responses/UNAUTHORIZED", "base-document": "/document", "base-own": "/own"} {
		hold(name, v.page(baseHome+path))
	}
	shown := v.editing(v.page(baseHome + "/responses/THROTTLED"))
	got := v.post(baseHome+"/responses/THROTTLED", "do", "save", "etag", shown.etag, "raw", `{"statusCode": "503"}`)
	hold("base-review", got.body)
}

// TestBase edits a base document without scripts: an entry, the whole text, a type of its own.
func TestBase(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	v.api("PUT", "/gateways/default/base", object{"text": houseRules})
	stored := func() string { return v.api("GET", "/gateways/default/base", nil).Get("text").String() }
	// confirm puts in force what a review shows.
	confirm := func(got reply) reply {
		t.Helper()
		if got.status != http.StatusOK || !strings.Contains(got.body, "Put it in force") {
			t.Fatalf("no review: status %d: %s", got.status, got.body)
		}
		reviewed := v.editingHidden(got.body)
		return v.post(baseHome, "etag", reviewed.etag, "raw", reviewed.raw)
	}

	first, second := v.editing(v.page(baseHome+"/responses/THROTTLED")), v.editing(v.page(baseHome+"/document"))
	got := v.post(baseHome+"/responses/THROTTLED", "do", "save", "etag", first.etag, "raw", `{"statusCode": "503"}`)
	if stored() != houseRules {
		t.Errorf("a review has saved: %s", stored())
	}
	v.goesTo(confirm(got), "/console/gateways/default")
	if want := strings.Replace(houseRules, `THROTTLED: {statusCode: "429", headers: {Retry-After: "30"}}`, "THROTTLED:\n    statusCode: \"503\"", 1); stored() != want {
		t.Errorf("saved: %s\nwant %s", stored(), want)
	}

	mine := strings.Replace(second.raw, "X_LOGIN: {statusCode: \"401\"}", "X_LOGIN: {statusCode: \"403\"}", 1)
	got = v.post(baseHome+"/document", "do", "save", "etag", second.etag, "raw", mine)
	again := v.editing(got.body)
	if got.status != http.StatusConflict || again.raw != mine || !strings.Contains(got.body, "<bdi>first key</bdi> has saved this meanwhile, at <time") || !strings.Contains(got.body, "503") {
		t.Errorf("over what somebody else has saved: status %d: %s", got.status, got.body)
	}
	got = v.post(baseHome+"/document", "do", "save", "etag", again.etag, "raw", "mode: x")
	if got.status != http.StatusBadRequest || !strings.Contains(html.UnescapeString(got.body), `"x" is not a mode`) {
		t.Errorf("what does not compile: status %d: %s", got.status, got.body)
	}
	got = v.post(baseHome+"/document", "do", "edit", "etag", again.etag, "raw", mine)
	if back := v.editing(got.body); got.status != http.StatusOK || back.raw != mine || back.etag != again.etag {
		t.Errorf("back to the text: status %d: %s", got.status, got.body)
	}
	got = v.post(baseHome+"/document", "do", "save", "etag", again.etag, "raw", strings.ReplaceAll(mine, "\n", "\r\n"))
	v.goesTo(confirm(got), "/console/gateways/default")
	if stored() != mine {
		t.Errorf("saved: %q", stored())
	}

	own := v.page(baseHome + "/own")
	etag := etagField.FindStringSubmatch(own)[1]
	form := []string{"etag", html.UnescapeString(etag), "status", "403", "rule", "blocked", "filter", "coraza, waf", "replies", "403", "message", "Blocked"}
	got = v.post(baseHome+"/own", append(form, "type", "X_LOGIN")...)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "a type of this name already") || !strings.Contains(got.body, `value="coraza, waf"`) {
		t.Errorf("a type that there is: status %d: %s", got.status, got.body)
	}
	for _, name := range []string{"", "LOGIN", "X_a", "X_\u202e"} {
		if got := v.post(baseHome+"/own", append(form, "type", name)...); got.status != http.StatusBadRequest {
			t.Errorf("the type %q: status %d: %s", name, got.status, got.body)
		}
	}
	v.goesTo(confirm(v.post(baseHome+"/own", append(form, "type", "X_BLOCKED")...)), "/console/gateways/default")
	made := v.api("GET", "/gateways/default/base/responses/X_BLOCKED", nil)
	if made.Get("statusCode").String() != "403" || made.Get("rules.0.when.filter").Raw != `["coraza","waf"]` || made.Get("rules.0.message").String() != "Blocked" {
		t.Errorf("made: %s", made.Raw)
	}
	if got := v.post(baseHome+"/responses/DEFAULT_4XX", "do", "reset", "etag", v.editing(v.page(baseHome+"/responses/DEFAULT_4XX")).etag); got.status == http.StatusOK {
		v.goesTo(confirm(got), "/console/gateways/default")
	}
	if strings.Contains(stored(), "DEFAULT_4XX") || !strings.Contains(stored(), "# The rules of the house.") {
		t.Errorf("after a reset: %s", stored())
	}
}

// TestBaseHeld holds that a review says when clients would not see the change at once.
func TestBaseHeld(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	v.api("PUT", "/gateways/default/base", object{"text": houseRules})
	v.inForce(1)
	v.api("PUT", "/gateways/default/pin", object{"revision": 1})
	got := v.post(baseHome+"/document", "etag", v.editing(v.page(baseHome+"/document")).etag, "raw", "mode: observe\n")
	if got.status != http.StatusOK || !strings.Contains(got.body, "first key pinned it to revision 1") || !strings.Contains(got.body, ">Save it<") || strings.Contains(got.body, "at once. <") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
}

// editingHidden is the form of a review.
func (v *visitor) editingHidden(page string) editing {
	v.Helper()
	etag, raw := etagField.FindStringSubmatch(page), rawField.FindStringSubmatch(page)
	if etag == nil || raw == nil {
		v.Fatalf("no form to confirm: %s", page)
	}
	return editing{html.UnescapeString(etag[1]), html.UnescapeString(raw[1])}
}

// TestBaseRights holds who sees a base document, and who may change it.
func TestBaseRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.api("PUT", "/gateways/default/base", object{"text": houseRules})
	v.signIn(v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "deploy"}}).Get("bearer").String())
	for _, path := range []string{"", "/document", "/responses/THROTTLED"} {
		if page := v.page(baseHome + path); strings.Contains(page, `value="save"`) || !strings.Contains(page, "not change it") {
			t.Errorf("%s offers to save: %s", path, page)
		}
	}
	if got := v.post(baseHome, "etag", "", "raw", "{}"); got.status != http.StatusForbidden {
		t.Errorf("a deployer saves: status %d", got.status)
	}
	v.forget()
	v.signIn(v.api("POST", "/keys", object{"name": "shop", "rights": object{"role": "admin", "apis": []string{api}}}).Get("bearer").String())
	if got := v.send("GET", baseHome, ""); got.status != http.StatusForbidden {
		t.Errorf("a key for one API reads it: status %d", got.status)
	}
	if strings.Contains(v.page("/console/gateways/default"), baseHome) {
		t.Error("a key for one API is led there")
	}
}

// TestBaseHostile holds that what a base document says is text on its pages.
func TestBaseHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	all := strings.Join(hostile, " ")
	v.api("PUT", "/gateways/default/base", object{"text": v.json(object{
		"x-note": all, "gatewayResponses": object{"X_LOGIN": object{"headers": object{"x-a": "b"}, "responseTemplates": object{"text/plain": all}}},
		"classification": []object{{"name": all, "message": all, "when": object{"details": []string{all}}, "responseType": "X_LOGIN"}},
	})})
	for _, path := range []string{"", "/document", "/responses/X_LOGIN", "/own"} {
		v.tame(baseHome + path)
	}
	shown := v.editing(v.page(baseHome + "/document"))
	got := v.post(baseHome+"/document", "do", "save", "etag", shown.etag, "raw", shown.raw)
	v.tameText("the review", got.body)
	got = v.post(baseHome+"/document", "do", "save", "etag", shown.etag, "raw", all)
	v.tameText("what is no document", got.body)
	got = v.post(baseHome+"/own", "type", all, "rule", all, "details", all)
	v.tameText("a type of this name", got.body)
}

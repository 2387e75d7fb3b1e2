// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// hostile are texts that somebody may give to anything that has a name.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{.}}</title></style><!--`, "back \u202etxt.exe\u2066", "a\u0000b\u001b[31m\u0085", "javascript:alert(1)",
}

// tame wants that a page is text, whatever is on it: no markup but ours, no character that acts upon it, and UTF-8.
func (v *visitor) tame(path string) string {
	v.Helper()
	page := v.page(path)
	v.tameText(path, page)
	return page
}

// tameText is tame for a page that came of something else than a path.
func (v *visitor) tameText(path, page string) {
	v.Helper()
	for _, markup := range []string{"<script>", "<img", "<!--", "=\"javascript:", "</style"} {
		if strings.Contains(page, markup) {
			v.Errorf("%s: a page has %s", path, markup)
		}
	}
	if !utf8.ValidString(page) {
		v.Errorf("%s: no UTF-8", path)
	}
	// A field holds a text as somebody wrote it, who gets it back to mend it.
	for _, c := range rawField.ReplaceAllString(page, "") {
		if unicode.Is(unicode.Bidi_Control, c) || unicode.IsControl(c) && c != '\n' && c != '\t' {
			v.Errorf("%s: the character %U", path, c)
		}
	}
}

// json is a value as JSON.
func (v *visitor) json(value any) string {
	v.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		v.Fatal(err)
	}
	return string(text)
}

// TestHostile holds that names and bodies are shown as text on every page.
func TestHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	all := strings.Join(hostile, " ")
	v.api("PATCH", "/apis/"+api, object{"name": all, "description": all})
	v.api("PUT", "/gateways/default", object{"description": all})
	key := v.api("POST", "/keys", object{"name": all, "rights": object{"role": "read", "apis": []string{all}, "hosts": []string{strings.ToLower(all)}}})
	large := strings.Repeat("<b>x\u202e", 100_000)
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{"responseTemplates": object{"text/plain": all, "application/json": `{"message": "` + strings.Repeat("<b>", 15_000) + `"}`}})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod", "description": all})
	v.inForce(3)
	v.api("PUT", "/gateways/default/pin", object{"revision": 2, "why": all})
	v.api("PUT", "/gateways/default/switch", object{"mode": "off", "seconds": 60, "why": all})
	v.api("PUT", "/apis/"+api+"/switch", object{"mode": "observe", "seconds": 60, "why": all})
	for _, path := range []string{
		"/console/", "/console/gateways/default", "/console/gateways/default/pin?revision=1", "/console/gateways/default/release", "/console/gateways/default/switch",
		"/console/gateways/default/switch/end", "/console/gateways/default/diff?from=2&to=3&replies=true", "/console/apis/" + api, "/console/audit", "/console/keys",
		"/console/apis/" + api + "/matrix", "/console/gateways/default/matrix?with=2", "/console/apis/" + api + "/matrix?client=page&origin=" + url.QueryEscape(hostile[0]+hostile[1]),
		"/console/apis/" + api + "/matrix?gateway=" + url.QueryEscape(all) + "&stage=%FF&resource=/" + url.QueryEscape(hostile[0]) + "&client=%3Cscript%3E&after=-1", "/console/gateways/default/matrix?find=" + url.QueryEscape(all),
		"/console/apis/" + api + "/matrix/reply?type=THROTTLED&route=" + api + "/prod&media=text/plain", "/console/gateways/default/matrix/reply?with=2&type=THROTTLED&route=" + api + "/prod&media=*/*",
		"/console/apis/" + api + "/switch", "/console/apis/" + api + "/switch/end", "/console/keys/" + key.Get("id").String() + "/revoke",
		"/console/audit?api=" + url.QueryEscape(`"><script>alert(1)</script>`), "/console/sign-in?to=" + url.QueryEscape(`/console/"><script>`),
	} {
		if page := v.tame(path); len(page) > 2<<20 {
			t.Errorf("%s has %d bytes", path, len(page))
		}
	}
	for _, path := range []string{
		"/console/gateways/%3Cscript%3E", "/console/apis/%FF%E2%80%AE", "/console/gateways/%3Cscript%3E/matrix", "/console/apis/" + api + "/matrix/reply?type=%3Cscript%3E&route=%E2%80%AE",
		"/console/gateways/default/matrix?with=99", "/console/apis/" + api + "/matrix?client=page&origin=" + url.QueryEscape(all), "/console/apis/" + api + "/matrix/frame?type=THROTTLED&route=x&media=%3Cscript%3E", "/console/gateways/default/diff?from=%3Cscript%3E",
	} {
		got := v.send("GET", path, "")
		if got.status < 400 || got.status >= 500 || strings.Contains(got.body, "<script") || !utf8.ValidString(got.body) || strings.Contains(got.body, "\u202e") {
			t.Errorf("%s: status %d: %s", path, got.status, got.body)
		}
	}
	if got := v.post("/console/gateways/default/pin", "revision", "1", "inForce", "2", "why", large); got.status != http.StatusBadRequest {
		t.Errorf("a reason of a megabyte: status %d", got.status)
	}
	if got := v.post("/console/sign-in", "key", large); got.status != http.StatusForbidden || strings.Contains(got.body, "<b>") {
		t.Errorf("a key of a megabyte: status %d", got.status)
	}
}

// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"compress/gzip"
	"html"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/golden"
)

// editing is the page that edits a gateway response, as far as its form goes.
type editing struct{ etag, raw string }

var (
	etagField = regexp.MustCompile(`<input type="hidden" name="etag" value="([^"]*)">`)
	rawField  = regexp.MustCompile(`(?s)<textarea name="raw"[^>]*>\n(.*?)</textarea>`)
)

func (v *visitor) editing(page string) editing {
	v.Helper()
	etag, raw := etagField.FindStringSubmatch(page), rawField.FindStringSubmatch(page)
	if etag == nil || raw == nil {
		v.Fatalf("no form to edit: %s", page)
	}
	return editing{html.UnescapeString(etag[1]), html.UnescapeString(raw[1])}
}

// TestEditPages holds the page of a gateway response that is customised, and of one that is inherited, against files.
func TestEditPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	for name, responseType := range map[string]string{"edit": "THROTTLED", "edit-inherited": "UNAUTHORIZED"} {
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(v.page("/console/apis/"+api+"/responses/"+responseType), api))
	}
}

// TestEditHostile holds that what an API and a gateway response say is text on the page, and can be edited as it is.
func TestEditHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api, all := v.shop(), strings.Join(hostile, " ")
	v.api("PATCH", "/apis/"+api, object{"name": all})
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{"responseTemplates": object{"text/plain": all}})
	shown := v.editing(v.tame("/console/apis/" + api + "/responses/THROTTLED"))
	if got := gjson.Get(shown.raw, "responseTemplates.text/plain").String(); got != all {
		t.Errorf("to edit: %q, want %q", got, all)
	}
}

// TestEdit edits a gateway response without scripts.
func TestEdit(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	home := "/console/apis/" + api
	page, stored := home+"/responses/THROTTLED", func(path string) string {
		return v.api("GET", "/apis/"+api+"/responses/THROTTLED", nil).Get(path).String()
	}
	first, second := v.editing(v.page(page)), v.editing(v.page(page))
	if !strings.Contains(first.raw, `"text/html": "<h1>Slow down</h1>"`) {
		t.Errorf("to edit: %s", first.raw)
	}
	v.goesTo(v.post(page, "do", "save", "etag", first.etag, "raw", strings.Replace(first.raw, `"429"`, `"503"`, 1)), home)
	if got := stored("statusCode"); got != "503" {
		t.Errorf("saved: status %s", got)
	}

	mine := `{"statusCode": "418"}`
	for _, do := range []string{"save", "reset"} {
		got := v.post(page, "do", do, "etag", second.etag, "raw", mine)
		if got.status != http.StatusConflict || stored("statusCode") != "503" {
			t.Errorf("%s over what somebody else has saved: status %d", do, got.status)
		}
		if again := v.editing(got.body); again.raw != mine || again.etag == second.etag || !strings.Contains(got.body, "<bdi>first key</bdi> has saved this meanwhile, at <time") ||
			!strings.Contains(got.body, "&#34;503&#34;") {
			t.Errorf("%s: both texts are not there: %s", do, got.body)
		}
	}
	for raw, want := range map[string]string{
		`{"statusCode": "418"`:     "The text is not JSON",
		`{"statusCode": "42"}`:     "statusCode",
		`{"statuscode": "418"}`:    "did you mean",
		`{"responseTemplates": 1}`: "responseTemplates",
	} {
		got := v.post(page, "do", "save", "etag", v.editing(v.page(page)).etag, "raw", raw)
		if got.status != http.StatusBadRequest || !strings.Contains(html.UnescapeString(got.body), want) || v.editing(got.body).raw != raw {
			t.Errorf("%s: status %d: %s", raw, got.status, got.body)
		}
	}
	v.goesTo(v.post(page, "do", "reset", "etag", v.editing(v.page(page)).etag), home)
	if got := stored("state"); got != "inherited" {
		t.Errorf("customised no longer, but %s", got)
	}
	if got := v.send("GET", home+"/responses/NONE", ""); got.status != http.StatusBadRequest {
		t.Errorf("a type that there is not: status %d", got.status)
	}
}

// TestEditRights holds that a key that may only read is shown no way to save, and cannot.
func TestEditRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.signIn(v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "read", "apis": []string{api}, "hosts": []string{"*"}}}).Get("bearer").String())
	page := "/console/apis/" + api + "/responses/THROTTLED"
	shown := v.page(page)
	if strings.Contains(shown, `value="save"`) || !strings.Contains(shown, "not change it") {
		t.Errorf("a reader may save: %s", shown)
	}
	if got := v.post(page, "do", "save", "etag", v.editing(shown).etag, "raw", "{}"); got.status != http.StatusForbidden {
		t.Errorf("a reader saves: status %d", got.status)
	}
}

// TestFrame holds that a reply which is shown as a page can do nothing, and that nobody else can make the server show one.
func TestFrame(t *testing.T) {
	v := newVisitor(t)
	if got := v.post("/console/frame", "body", "<h1>hello</h1>"); strings.Contains(got.body, "hello") {
		t.Errorf("for who is not signed in: %d %s", got.status, got.body)
	}
	v.signIn(v.key)
	got := v.post("/console/frame", "body", "<h1>hello</h1>\xff")
	if got.status != http.StatusOK || got.body != "<h1>hello</h1>\uFFFD" {
		t.Errorf("status %d: %s", got.status, got.body)
	}
	policy := got.header.Get("Content-Security-Policy")
	if !strings.HasPrefix(policy, "sandbox; default-src 'none';") || strings.Contains(policy, "script-src") || !strings.Contains(policy, "frame-ancestors 'self'") {
		t.Errorf("policy %s", policy)
	}
	got = v.send("POST", "/console/frame", "body=%3Ch1%3Ehello", "Content-Type: application/x-www-form-urlencoded", "Origin: https://example.com", "Sec-Fetch-Site: cross-site")
	if got.status != http.StatusForbidden {
		t.Errorf("for another site: status %d", got.status)
	}
}

// TestEditorScripts holds that the modules that the page loads are there, CodeMirror included.
func TestEditorScripts(t *testing.T) {
	v := newVisitor(t)
	imported := regexp.MustCompile(`from "\./([^"]+)"`)
	seen := map[string]bool{}
	for todo := []string{"edit.js"}; len(todo) > 0; todo = todo[1:] {
		if seen[todo[0]] {
			continue
		}
		seen[todo[0]] = true
		got := v.send("GET", "/console/assets/"+todo[0], "", "Accept-Encoding: gzip")
		if got.status != http.StatusOK || !strings.HasPrefix(got.header.Get("Content-Type"), "text/javascript") {
			t.Errorf("%s: status %d, %s", todo[0], got.status, got.header.Get("Content-Type"))
		}
		script := got.body
		if got.header.Get("Content-Encoding") == "gzip" {
			script = unzip(t, got.body)
		}
		for _, found := range imported.FindAllStringSubmatch(script, -1) {
			todo = append(todo, found[1])
		}
	}
	if !seen["codemirror.js"] || !seen["edit-preview.js"] {
		t.Errorf("the page loads %v", seen)
	}
}

func unzip(t *testing.T, text string) string {
	t.Helper()
	r, err := gzip.NewReader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	script, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}

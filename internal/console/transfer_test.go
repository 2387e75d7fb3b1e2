// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"bytes"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/golden"
)

// pets is a definition with the extension, and with things that are lost.
const pets = `openapi: 3.0.1
info: {title: pets, version: "1"}
servers: [{url: https://pets.example.com}]
paths:
  /pets:
    get:
      x-amazon-apigateway-integration: {type: http_proxy, httpMethod: GET, uri: https://pets.example.com/}
components: {schemas: {pet: {type: object}}}
x-amazon-apigateway-gateway-responses:
  THROTTLED:
    statusCode: 429
    responseParameters:
      gatewayresponse.header.Retry-After: "'30'"
      gatewayresponse.path.id: "'x'"
    responseTemplates:
      application/json: '{"message": $context.error.messageString, "flags": "$context.envoy.responseFlags"}'
`

// bring sends a form with files and texts, as browsers send one with a file. A name that ends in "@" is a file.
func (v *visitor) bring(path string, form ...string) reply {
	v.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for i := 0; i < len(form); i += 2 {
		name, isFile := strings.CutSuffix(form[i], "@")
		part, err := w.CreateFormField(name)
		if isFile {
			part, err = w.CreateFormFile(name, "pets.yaml")
		}
		if err != nil {
			v.Fatal(err)
		}
		if _, err := part.Write([]byte(form[i+1])); err != nil {
			v.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		v.Fatal(err)
	}
	return v.send("POST", path, body.String(), "Content-Type: "+w.FormDataContentType(), "Origin: "+v.url, "Sec-Fetch-Site: same-origin")
}

// TestTransferPages holds the pages of imports and exports against files.
func TestTransferPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	hold := func(name, page string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, api))
	}
	hold("import", v.page("/console/import?into="+api))
	hold("import-report", v.bring("/console/import", "file@", pets, "into", api).body)
	hold("import-document", v.bring("/console/import", "text", "local_reply_config:\n  mappers:\n  - filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 503, runtime_key: x}}}}\n    body_format: {text_format: \"busy %RESPONSE_FLAGS%\"}\n").body)
	hold("import-into", v.bring("/console/import/into", "text", pets, "api", api, "mode", "overwrite").body)
	hold("export", v.page("/console/apis/"+api+"/export?stage=prod&syntax=json"))
}

// carriedField is the text that a report carries on.
var carriedField = regexp.MustCompile(`(?s)<textarea name="text" hidden>\n(.*?)</textarea>`)

// shownField stands for what the page that asks has shown.
var shownField = regexp.MustCompile(`name="shown" value="([0-9a-f]+)"`)

// TestImport brings a definition in: as an API, into one, into a base document; and takes it out again.
func TestImport(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	got := v.bring("/console/import", "file@", pets)
	for _, want := range []string{"An API <strong><bdi>pets</bdi></strong> with 1 customised gateway response", "line 14, column 7", "Dropped, or without effect", "Base document of <bdi>default</bdi>", "the router, with a timeout of 29s", "Retry-After"} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the report does not say %q: %s", want, got.body)
		}
	}
	protected := strings.Replace(pets, "    get:\n", "    get:\n      security: [{key: []}]\n", 1) + "securityDefinitions: {key: {type: apiKey, in: header, name: x-api-key}}\n"
	if got := v.bring("/console/import", "text", strings.Replace(protected, "openapi: 3.0.1", "swagger: \"2.0\"", 1)); !strings.Contains(got.body, "It cannot become one: <bdi>apiKeyRequired of GET /pets has no effect here") ||
		strings.Contains(got.body, "Make this API") {
		t.Errorf("what protects nothing here: status %d: %s", got.status, got.body)
	}
	if all := v.api("GET", "/apis", nil).Get("items.#").Int(); all != 0 {
		t.Errorf("a report has made %d APIs", all)
	}
	carried := html.UnescapeString(carriedField.FindStringSubmatch(got.body)[1])
	if carried != pets {
		t.Errorf("the report carries %q", carried)
	}
	made := v.bring("/console/import/api", "text", carried)
	api := strings.TrimPrefix(made.header.Get("Location"), "/console/apis/")
	v.goesTo(made, "/console/apis/"+api)
	types := func() string {
		return v.api("GET", "/apis/"+api+"/responses", nil).Get(`items.#(state=="customised")#.type`).Raw
	}
	if got := types(); got != `["THROTTLED"]` {
		t.Errorf("made: %s", got)
	}

	const other = "openapi: 3.0.1\ninfo: {title: pets, version: '2'}\npaths: {}\nx-amazon-apigateway-gateway-responses: {UNAUTHORIZED: {statusCode: 403}}\n"
	for _, tc := range []struct{ mode, says, have string }{
		{"merge", `<span class="chip">added</span> <code>UNAUTHORIZED</code>`, `["THROTTLED","UNAUTHORIZED"]`},
		{"overwrite", `<span class="chip">removed</span> <code>THROTTLED</code>`, `["UNAUTHORIZED"]`},
	} {
		before := types()
		got := v.bring("/console/import/into", "text", other, "api", api, "mode", tc.mode)
		if got.status != http.StatusOK || !strings.Contains(got.body, tc.says) || types() != before {
			t.Errorf("%s: status %d, has %s: %s", tc.mode, got.status, types(), got.body)
		}
		form := []string{"api", api, "mode", tc.mode, "do", "save", "etag", html.UnescapeString(etagField.FindStringSubmatch(got.body)[1]), "shown", shownField.FindStringSubmatch(got.body)[1]}
		v.goesTo(v.bring("/console/import/into", append(form, "text", other)...), "/console/apis/"+api)
		if got := types(); got != tc.have {
			t.Errorf("%s: %s, want %s", tc.mode, got, tc.have)
		}
		if got := v.bring("/console/import/into", append(form, "text", pets)...); got.status != http.StatusConflict || !strings.Contains(got.body, "has changed since you looked") || types() != tc.have {
			t.Errorf("%s over what somebody else has changed: status %d: %s", tc.mode, got.status, got.body)
		}
	}

	report := v.bring("/console/import", "text", pets).body
	etag := regexp.MustCompile(`<button name="etag" value="([^"]*)"`).FindStringSubmatch(report)
	raw := rawField.FindStringSubmatch(report)
	review := v.post(baseHome+"/document", "etag", html.UnescapeString(etag[1]), "raw", html.UnescapeString(raw[1]))
	if review.status != http.StatusOK || !strings.Contains(review.body, "Put it in force") {
		t.Errorf("into the base document: status %d: %s", review.status, review.body)
	}

	exported := v.send("GET", "/console/apis/"+api+"/export/file?syntax=yaml", "")
	if exported.header.Get("Content-Disposition") != "attachment; filename=pets-working-copy.yaml" || exported.header.Get("Content-Type") != "application/yaml" || !strings.Contains(exported.body, "UNAUTHORIZED") {
		t.Errorf("exported as %v: %s", exported.header, exported.body)
	}
	if got := v.bring("/console/import", "text", exported.body); got.status != http.StatusOK || !strings.Contains(got.body, "An API <strong><bdi>pets</bdi></strong>") {
		t.Errorf("what was exported comes back with status %d: %s", got.status, got.body)
	}
	document := v.send("GET", "/console/gateways/default/document", "")
	if document.header.Get("Content-Disposition") != "attachment; filename=default.json" || document.body != "{}" {
		t.Errorf("the document of the gateway: %v %s", document.header, document.body)
	}
}

// TestImportHostile holds that what cannot be read is said in a page, soon, and that whatever can is text.
func TestImportHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api, all := v.shop(), strings.Join(hostile, " ")
	bomb := "a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f]\nh: &h [*g,*g,*g,*g,*g,*g,*g,*g]\n"
	for name, tc := range map[string]struct {
		text   string
		status int
		says   string
	}{
		"nothing":          {" \n", 422, "There is no text"},
		"not UTF-8":        {"openapi: \xff", 422, "not UTF-8"},
		"too large":        {strings.Repeat("x", 6<<20+1), 413, "more than 6 MB"},
		"far too large":    {strings.Repeat("x", 20<<20), 413, "more than 6 MB"},
		"no format":        {"a: b", 422, "no known format"},
		"no YAML":          {"openapi: [", 422, ""},
		"a bomb":           {"openapi: 3.0.1\n" + bomb, 422, ""},
		"nested":           {"openapi: " + strings.Repeat("[", 100_000), 422, ""},
		"brackets of 6 MB": {"openapi: [" + strings.Repeat("{},", 6<<20/3-10) + "{}]", 422, ""},
	} {
		begin := time.Now()
		got := v.bring("/console/import", "text", tc.text)
		if got.status != tc.status || !strings.Contains(got.body, tc.says) || !strings.Contains(got.body, "Nothing was changed") {
			t.Errorf("%s: status %d, want %d: %.2000s", name, got.status, tc.status, got.body)
		}
		v.tameText(name, got.body)
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s takes %s", name, took)
		}
	}
	paths := object{}
	for i := range 1000 {
		paths[fmt.Sprintf("/%d", i)] = object{}
	}
	many := v.bring("/console/import", "text", v.json(object{"openapi": "3.0.1", "info": object{"title": "many", "version": "1"}, "paths": paths}))
	if many.status != http.StatusOK || !strings.Contains(many.body, "It cannot become one") {
		t.Errorf("more paths than an API has: status %d: %.2000s", many.status, many.body)
	}
	definition := v.json(object{
		"openapi": "3.0.1", "info": object{"title": all, "version": all, "description": all}, "paths": object{}, "x-" + all: 1,
		"x-amazon-apigateway-gateway-responses": object{"THROTTLED": object{"responseTemplates": object{"text/plain": all, "application/json": `{"a": "$context.` + all + `"}`}, "responseParameters": object{all: all}}},
	})
	got := v.bring("/console/import", "file@", definition, "name", all)
	if got.status != http.StatusOK {
		t.Errorf("hostile texts: status %d: %s", got.status, got.body)
	}
	v.tameText("the report", carriedField.ReplaceAllString(got.body, ""))
	got = v.bring("/console/import/into", "text", definition, "api", api, "mode", all)
	v.tameText("a mode that is none", got.body)
	got = v.bring("/console/import/into", "text", definition, "api", api, "mode", "merge")
	v.tameText("the page that asks", carriedField.ReplaceAllString(got.body, ""))
	v.api("PATCH", "/apis/"+api, object{"name": "../" + all})
	v.tame("/console/apis/" + api + "/export")
	file := v.send("GET", "/console/apis/"+api+"/export/file?syntax=json", "")
	if name := file.header.Get("Content-Disposition"); !regexp.MustCompile(`^attachment; filename=[A-Za-z0-9_][A-Za-z0-9_.-]*\.json$`).MatchString(name) {
		t.Errorf("the file is called %q", name)
	}
}

// TestImportRights holds what is offered to whom.
func TestImportRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.signIn(v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "read"}}).Get("bearer").String())
	got := v.bring("/console/import", "text", pets)
	if got.status != http.StatusOK || strings.Contains(got.body, "Make this API") || strings.Contains(got.body, "See what it changes") || strings.Contains(got.body, "Base document of") {
		t.Errorf("a reader is offered: status %d: %s", got.status, got.body)
	}
	for _, path := range []string{"/console/import/api", "/console/import/into"} {
		if got := v.bring(path, "text", pets, "api", api, "mode", "merge", "do", "save"); got.status != http.StatusForbidden {
			t.Errorf("%s of a reader: status %d", path, got.status)
		}
	}
}

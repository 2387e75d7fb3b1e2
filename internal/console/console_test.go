// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server"
)

// visitor is a browser at a server of its own, with nothing left out. It follows no redirect.
type visitor struct {
	testing.TB
	url string
	// key is the bearer form of a key with all rights, and xds the address where Envoys get their documents.
	key, xds string
	client   *http.Client
	// control is that of the server.
	control *control.Control
}

// newVisitor starts a server, which stops with the test. Its settings may be changed before.
func newVisitor(t testing.TB, change ...func(*server.Settings)) *visitor {
	t.Helper()
	settings := server.Settings{
		Data: t.TempDir(), HTTP: server.Endpoint{Address: "127.0.0.1:0"}, XDS: server.Endpoint{Address: "127.0.0.1:0"}, Ops: "127.0.0.1:0",
		Account: "000000000000", Region: "us-east-1",
	}
	for _, c := range change {
		c(&settings)
	}
	s, err := server.Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.FirstKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(settings.Data, server.BearerFile))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	v := &visitor{TB: t, url: s.URL(), key: strings.TrimSpace(string(key)), xds: s.XDSAddress().String(), control: s.Control()}
	v.forget()
	return v
}

// forget makes the browser a new one.
func (v *visitor) forget() {
	jar, err := cookiejar.New(nil)
	if err != nil {
		v.Fatal(err)
	}
	v.client = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// reply is an answer.
type reply struct {
	status int
	header http.Header
	body   string
}

// send sends a request. Headers are "name: value".
func (v *visitor) send(method, path, body string, headers ...string) reply {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), method, v.url+path, strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	answer, err := v.client.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		v.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header, string(text)}
}

// page gives a page, which must be there.
func (v *visitor) page(path string) string {
	v.Helper()
	got := v.send("GET", path, "")
	if got.status != http.StatusOK {
		v.Fatalf("%s: status %d: %s", path, got.status, got.body)
	}
	return got.body
}

// post sends a form, with names and values.
func (v *visitor) post(path string, form ...string) reply {
	v.Helper()
	values := url.Values{}
	for i := 0; i < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	return v.send("POST", path, values.Encode(), "Content-Type: application/x-www-form-urlencoded", "Origin: "+v.url, "Sec-Fetch-Site: same-origin")
}

// goesTo wants that a form has worked, and led to a page.
func (v *visitor) goesTo(got reply, path string) {
	v.Helper()
	if at := got.header.Get("Location"); got.status != http.StatusSeeOther || at != path {
		v.Fatalf("status %d to %q, want %s: %s", got.status, at, path, got.body)
	}
}

// signIn signs in with a key.
func (v *visitor) signIn(key string) {
	v.Helper()
	v.goesTo(v.post("/console/sign-in", "key", key), "/console/")
}

// api asks the server's API as the administrator, and gives the answer, which must be a good one.
func (v *visitor) api(method, path string, body any) gjson.Result {
	v.Helper()
	text := []byte{}
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			v.Fatal(err)
		}
	}
	got := v.send(method, "/v1"+path, string(bytes.TrimSpace(text)), "Authorization: Bearer "+v.key, "Content-Type: application/json")
	if got.status >= http.StatusBadRequest {
		v.Fatalf("%s %s: status %d: %s", method, path, got.status, got.body)
	}
	return gjson.Parse(got.body)
}

// object is a JSON object.
type object = map[string]any

// shop makes an API that is deployed twice, and changed since, and bound to a host. It gives its id.
func (v *visitor) shop() string {
	v.Helper()
	api := v.api("POST", "/apis", object{"name": "shop", "description": "All that is sold"}).Get("id").String()
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{
		"statusCode": "429", "responseParameters": object{"gatewayresponse.header.Retry-After": "'30'"},
		"responseTemplates": object{"application/json": `{"message": "slow down"}`, "text/html": "<h1>Slow down</h1>"},
	})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	v.api("POST", "/hosts", object{"host": "shop.example.com"})
	v.api("PUT", "/hosts/shop.example.com/bindings/(none)", object{"api": api, "stage": "prod"})
	v.inForce(1)
	v.api("PUT", "/apis/"+api+"/responses/DEFAULT_4XX", object{"responseTemplates": object{"application/json": `{"error": $context.error.messageString}`}})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod"})
	v.inForce(2)
	v.api("PUT", "/apis/"+api+"/responses/DEFAULT_5XX", object{"statusCode": "503"})
	return api
}

// inForce waits until a revision is in force: changes that come within a second become one.
func (v *visitor) inForce(revision int64) {
	v.Helper()
	for v.api("GET", "/gateways/default/standing", nil).Get("inForce").Int() != revision {
		if v.Context().Err() != nil {
			v.Fatal("the test ended")
		}
	}
}

// varying is what differs from one run to the next, and what stands for it.
var varying = []struct {
	form *regexp.Regexp
	is   string
}{
	{regexp.MustCompile(`nonce="[A-Z0-9]+"`), `nonce="NONCE"`},
	{regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z`), "TIME"},
	{regexp.MustCompile(`GWRA[A-Z2-7]{16}`), "KEY"},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), "HASH"},
	{regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}`), "REQUEST"},
	{regexp.MustCompile(`(rootResourceId&#34;:&#34;|&#34;id&#34;:&#34;|resource <bdi>API/)[a-z0-9]{10}\b`), "${1}RESOURCE"},
	{regexp.MustCompile(`&#34;:1[0-9]{9}\b`), "&#34;:SECONDS"},
}

// same is a page without what differs from one run to the next, such as the ids of an API and its deployments.
func (v *visitor) same(page, api string) string {
	v.Helper()
	if api != "" {
		for _, d := range v.api("GET", "/apis/"+api+"/deployments", nil).Get("items.#.id").Array() {
			page = strings.ReplaceAll(page, d.String(), "DEPLOYMENT")
		}
		page = strings.ReplaceAll(page, api, "API")
	}
	for _, v := range varying {
		page = v.form.ReplaceAllString(page, v.is)
	}
	return page
}

// jsonText is a value as JSON.
func jsonText(value any) (string, error) {
	text, err := json.Marshal(value)
	return string(text), err
}

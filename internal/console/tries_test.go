// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/tryrequest"
)

// envoy lets people try requests on what answers as told, in the place of an Envoy. The line of the access log comes with it, unless that
// is nil. console/journey has a real Envoy.
func (v *visitor) envoy(answer http.HandlerFunc, line *deliver.LogLine) {
	v.Helper()
	stands := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if line != nil {
			said := *line
			said.Method, said.Path, said.Authority, said.Protocol = r.Method, r.RequestURI, r.Host, &r.Proto
			v.control.Logged(r.Context(), "default", r.Header.Get(envoy.TryHeader), said)
		}
		w.Header()["Date"] = nil
		answer(w, r)
	}))
	v.Cleanup(stands.Close)
	if err := v.control.AllowEnvoy(tryrequest.Target{Gateway: "default", Name: "edge", URL: stands.URL}); err != nil {
		v.Fatal(err)
	}
}

// throttled is the line of a request that was too fast, in the shop.
func throttled() *deliver.LogLine {
	return &deliver.LogLine{
		ResponseCode: 429, ResponseCodeDetails: new("local_rate_limited"), ResponseFlags: new("RL"), Type: new("THROTTLED"), OriginalStatus: new("429"),
		RequestID: new("an-id"), StartTime: "2026-01-02T03:04:05Z", ReplyOwner: new("envoy.filters.http.local_ratelimit"), Duration: 3, BytesSent: 18,
	}
}

// portAndTime is what differs from one run to the next.
var portAndTime = regexp.MustCompile(`127\.0\.0\.1:\d+|\b\d+ ms\b|` + "`" + `\d+` + "`")

// tryPage is the page without what differs.
func (v *visitor) tryPage(page, api string) string {
	return portAndTime.ReplaceAllString(v.same(page, api), "VARIES")
}

// TestTries holds the page before an Envoy is allowed, before a request, and after requests whose replies are as expected, and not.
func TestTries(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	hold := func(name, page, api string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.tryPage(page, api))
	}
	hold("try-none", v.page("/console/tries"), "")
	api := v.shop()
	v.envoy(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
			w.Header().Set("Content-Type", "text/html")
		} else {
			w.Header().Set("Retry-After", "30")
		}
		w.Header().Set("Vary", "Accept")
		w.Header().Set("X-Amzn-RequestId", "an-id")
		w.Header().Set("X-Amzn-ErrorType", "TooManyRequestsException")
		w.WriteHeader(http.StatusTooManyRequests)
		if strings.HasPrefix(r.Header.Get("Accept"), "text/html") {
			_, _ = w.Write([]byte("<h1>Something else</h1>")) // the test may be over
			return
		}
		_, _ = w.Write([]byte(`{"message": "slow down"}`)) // the test may be over
	}, throttled())
	form := v.page("/console/tries?gateway=default&client=browser&host=shop.example.com&path=" + "%2Fa%3Fb%3Dc" + "&headers=x%3A+y%0A&method=POST")
	for _, want := range []string{`value="browser" selected`, `value="/a?b=c"`, `value="shop.example.com"`, ">\nx: y\n</textarea>", `value="POST"`} {
		if !strings.Contains(form, want) {
			t.Errorf("a link does not fill the form with %s:\n%s", want, form)
		}
	}
	hold("try", v.page("/console/tries"), api)
	post := func(form ...string) reply {
		t.Helper()
		return v.post("/console/tries", append([]string{"envoy", "default/edge", "host", "shop.example.com", "path", "/"}, form...)...)
	}
	hold("try-same", post("client", "curl").body, api)
	hold("try-other", post("client", "browser").body, api)

	for _, tc := range []struct {
		form []string
		want string
	}{
		{[]string{"client", "curl", "path", "http://evil.example.com/"}, ""},
		{[]string{"client", "curl", "headers", "x: y\nno header"}, `line 2 of the headers is not &#34;name: value&#34;`},
		{[]string{"client", "curl", "headers", "Host: evil"}, "is not yours to set"},
		{[]string{"client", "nobody"}, "Not sent"},
	} {
		got := v.post("/console/tries", append([]string{"envoy", "default/edge"}, tc.form...)...)
		if got.status != http.StatusBadRequest || !strings.Contains(got.body, tc.want) || strings.Contains(got.body, "What came back") {
			t.Errorf("%v: status %d: %s", tc.form, got.status, got.body)
		}
	}
	if got := v.post("/console/tries", "envoy", "default/other", "client", "curl"); got.status != http.StatusNotFound || !strings.Contains(got.body, "gwrd --try default/other=URL") {
		t.Errorf("another Envoy: status %d: %s", got.status, got.body)
	}
	if got := v.send("POST", "/console/tries", "envoy=default%2Fedge", "Content-Type: application/x-www-form-urlencoded", "Origin: https://evil.example.com", "Sec-Fetch-Site: cross-site"); got.status != http.StatusForbidden {
		t.Errorf("a form of another origin: status %d", got.status)
	}

	reader := v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "edit"}}).Get("bearer").String()
	v.forget()
	v.signIn(reader)
	if got := v.send("GET", "/console/tries", ""); got.status != http.StatusForbidden || strings.Contains(got.body, "/console/tries") {
		t.Errorf("who edits: status %d: %s", got.status, got.body)
	}
}

// TestTriesHostile has an Envoy, or what stands in its place, that wants to act upon the page.
func TestTriesHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	all := strings.Join(hostile, " ")
	line := throttled()
	line.ResponseCodeDetails, line.RouteName, line.UpstreamHost = &all, &all, &all
	v.envoy(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=\"><script>")
		if r.URL.Path == "/binary" {
			w.Header().Set("Content-Type", "image/png")
		}
		for i := range 1000 {
			w.Header().Set(fmt.Sprintf("x-%d", i), "\u202e<script>alert(1)</script>")
		}
		w.WriteHeader(http.StatusTooManyRequests)
		body := strings.Repeat("<script>alert(1)</script>\u202e", 4000)
		if r.URL.Path == "/binary" {
			body = "\xff\xfe" + body
		}
		_, _ = w.Write([]byte(body)) // the test may be over
	}, line)
	for _, path := range []string{"/", "/binary", "/<script>alert(1)</script>"} {
		got := v.post("/console/tries", "envoy", "default/edge", "client", "curl", "path", path, "headers", "x: <script>alert(1)</script>", "body", all)
		if got.status != http.StatusOK || !strings.Contains(got.body, "and 8") {
			t.Errorf("%s: status %d: %.2000s", path, got.status, got.body)
		}
		v.tameText("/console/tries", got.body)
	}
	v.tameText("/console/tries", v.page("/console/tries?path="+strings.Repeat("%22%3E%3Cscript%3E%E2%80%AE", 100)+"&envoy=%3Cscript%3E&headers=%3C/textarea%3E%3Cscript%3E"))
	if got := v.post("/console/frame", "base64", "?"); got.status != http.StatusBadRequest {
		t.Errorf("a frame of no base64: status %d", got.status)
	}
	if got := v.post("/console/frame", "base64", "PGgxPg=="); got.body != "<h1>" || !strings.HasPrefix(got.header.Get("Content-Security-Policy"), "sandbox; default-src 'none'") {
		t.Errorf("a frame: %q, %s", got.body, got.header.Get("Content-Security-Policy"))
	}
}

// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/testfile"
)

// serve runs a gateway that answers a path as answers says; what it does not say is 200.
func serve(t *testing.T, answers map[string]http.HandlerFunc) *Gateway {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answer := answers[r.URL.Path]; answer != nil {
			answer(w, r)
		}
	}))
	t.Cleanup(server.Close)
	g, err := NewGateway(server.URL, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// answer is a reply with headers, as name and value in turn.
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i < len(headers); i += 2 {
			w.Header().Add(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		// The client has gone where this fails.
		_, _ = w.Write([]byte(body))
	}
}

// told writes differences, one a line.
func told(differences []Difference) string {
	var b strings.Builder
	for _, d := range differences {
		fmt.Fprintf(&b, "%s: %s | %s\n", d.place(), value(d.A), value(d.B))
	}
	return b.String()
}

// ask1 sends one GET of / to two gateways that answer it so.
func ask1(t *testing.T, a, b http.HandlerFunc, o Options) string {
	t.Helper()
	o.Rate = 100
	report, err := Run(t.Context(), serve(t, map[string]http.HandlerFunc{"/": a}), serve(t, map[string]http.HandlerFunc{"/": b}),
		[]Request{{Name: "x", Method: http.MethodGet, Path: "/"}}, o)
	if err != nil {
		t.Fatal(err)
	}
	if same := len(report.Results[0].Differences) == 0; same != (report.Same == 1) || same != (report.Differ == 0) {
		t.Errorf("%d the same, %d different, with %d differences", report.Same, report.Differ, len(report.Results[0].Differences))
	}
	return told(report.Results[0].Differences)
}

func TestDifferences(t *testing.T) {
	for _, tc := range []struct {
		name    string
		a, b    http.HandlerFunc
		options Options
		want    string
	}{
		{"the same", answer(401, `{"a":1}`), answer(401, `{"a":1}`), Options{}, ""},
		{"status", answer(401, ""), answer(403, ""), Options{}, "status: 401 | 403\n"},
		{
			"headers", answer(401, "", "x-a", "1", "x-a", "2", "x-b", "b"), answer(401, "", "x-a", "1", "x-c", "c"),
			Options{},
			"header x-a: 1, 2 | 1\nheader x-b: b | (not there)\nheader x-c: (not there) | c\n",
		},
		{
			"ignored headers", answer(401, "", "x-a", "1", "x-b", "1"), answer(401, "", "x-a", "2", "x-b", "2"),
			Options{IgnoreHeaders: []string{"X-A"}},
			"header x-b: 1 | 2\n",
		},
		{"unsteady headers", answer(401, "", "date", "today", "x-amzn-requestid", "11111111"), answer(401, "", "date", "tomorrow", "x-request-id", "2"), Options{}, ""},
		{"JSON in another spelling", answer(401, `{"a": 1, "b": [true]}`), answer(401, "{\n \"b\":[true],\"a\":1}"), Options{}, ""},
		{
			"JSON", answer(401, `{"a":{"b":1,"c":2},"d":[1,2],"e":3}`), answer(401, `{"a":{"b":"1","c":2},"d":[1,3],"f":"<"}`),
			Options{},
			"body a.b: 1 | \"1\"\nbody d[1]: 2 | 3\nbody e: 3 | (not there)\nbody f: (not there) | \"<\"\n",
		},
		{"a longer list", answer(401, `[1]`), answer(401, `[1,2]`), Options{}, "body: [1] | [1,2]\n"},
		{"ignored members", answer(401, `{"a":{"b":1},"t":1}`), answer(401, `{"a":{"b":2}}`), Options{IgnoreMembers: []string{"a.b", "t"}}, ""},
		{"ids in bodies", answer(401, `{"id":"11111111"}`, "x-request-id", "11111111"), answer(401, `{"id":"22222222"}`, "x-amzn-requestid", "22222222"), Options{}, ""},
		{"another id in a body", answer(401, `{"id":"11111111"}`), answer(401, `{"id":"22222222"}`), Options{}, "body id: \"11111111\" | \"22222222\"\n"},
		{"a short id", answer(401, `{"n":12}`, "x-request-id", "1"), answer(401, `{"n":22}`, "x-request-id", "2"), Options{}, "body n: 12 | 22\n"},
		{"text", answer(401, "one", "content-type", "text/plain"), answer(401, "two", "content-type", "text/plain"), Options{}, "body: one | two\n"},
		{
			"a long text", answer(401, strings.Repeat("é", 50)+"one", "content-type", "a"), answer(401, strings.Repeat("é", 50)+"two", "content-type", "a"),
			Options{},
			"body from byte 61: " + strings.Repeat("é", 20) + "one | " + strings.Repeat("é", 20) + "two\n",
		},
		{"no body", answer(401, ""), answer(401, "x"), Options{IgnoreHeaders: []string{"content-type"}}, "body: (empty) | x\n"},
		{"ignored body", answer(401, "one"), answer(401, "two"), Options{IgnoreHeaders: []string{"body"}}, ""},
		{"media types", answer(401, "", "content-type", "application/json; charset=UTF-8"), answer(401, "", "content-type", "Application/JSON;charset=utf-8"), Options{}, ""},
		{"control characters", answer(401, "\x1b[31mred", "content-type", "a"), answer(401, "", "content-type", "a"), Options{}, "body: \"\\x1b[31mred\" | (empty)\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, ask1(t, tc.a, tc.b, tc.options)); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

// TestBounds holds what keeps a comparison from going anywhere else, or on for ever.
func TestBounds(t *testing.T) {
	var followed atomic.Int64
	slow := make(chan struct{})
	a := serve(t, map[string]http.HandlerFunc{
		"/redirect": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/followed", http.StatusFound) },
		"/followed": func(http.ResponseWriter, *http.Request) { followed.Add(1) },
		"/slow":     func(http.ResponseWriter, *http.Request) { <-slow },
		"/large":    answer(413, strings.Repeat("x", maxBody+1), "content-type", "a"),
	})
	defer close(slow)
	b := serve(t, map[string]http.HandlerFunc{"/large": answer(413, strings.Repeat("x", maxBody), "content-type", "a")})
	began := time.Now()
	report, err := Run(t.Context(), a, b, []Request{
		{Method: http.MethodGet, Path: "/ok"}, {Method: http.MethodGet, Path: "/redirect"}, {Method: http.MethodGet, Path: "/slow"}, {Method: http.MethodGet, Path: "/large"},
	}, Options{Rate: 10})
	if err != nil {
		t.Fatal(err)
	}
	if got := report.Results[1].ReplyA.Status; got != http.StatusFound || followed.Load() > 0 {
		t.Errorf("a redirect has status %d, and was followed %d times", got, followed.Load())
	}
	if got := told(report.Results[2].Differences); !strings.HasPrefix(got, "reply: no reply: context deadline exceeded") || !strings.HasSuffix(got, "| a reply with status 200\n") {
		t.Errorf("a slow reply: %s", got)
	}
	if large := report.Results[3].ReplyA; len(large.Body) != maxKept || !large.Cut || told(report.Results[3].Differences) != "body behind its first MiB: there is more | it ends\n" {
		t.Errorf("a large reply has %d bytes, cut: %t, and differs so: %s", len(large.Body), large.Cut, told(report.Results[3].Differences))
	}
	if took := time.Since(began); took < 300*time.Millisecond {
		t.Errorf("four requests took %s, with 10 a second", took)
	}
	if _, err := Run(t.Context(), a, b, make([]Request, MaxRequests+1), Options{Rate: 100}); err == nil || err.Error() != "there are 1001 requests; at most 1000 are sent" {
		t.Errorf("too many requests: %v", err)
	}
}

func TestCannotBeAsked(t *testing.T) {
	gone := httptest.NewServer(http.NotFoundHandler())
	address := gone.URL
	gone.Close()
	a, err := NewGateway(address, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Run(t.Context(), serve(t, nil), a, []Request{{Method: http.MethodGet, Path: "/"}}, Options{Rate: 1})
	if err == nil || !strings.HasPrefix(err.Error(), address+" cannot be asked: dial tcp ") {
		t.Errorf("Run with a gateway that is not there: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Run(ctx, serve(t, nil), serve(t, nil), []Request{{Method: http.MethodGet, Path: "/"}}, Options{Rate: 1}); err == nil {
		t.Error("Run goes on when it shall end")
	}
}

func TestNewGateway(t *testing.T) {
	for address, want := range map[string]string{
		"localhost:1":         `"localhost:1" is no address of a gateway; write http://HOST or https://HOST/STAGE`,
		"file:///etc/passwd":  `"file:///etc/passwd" is no address of a gateway; write http://HOST or https://HOST/STAGE`,
		"http://a/b?c=d":      `"http://a/b?c=d" has a query or a fragment; those are the requests' own`,
		"http://a:b":          `"http://a:b" is no address of a gateway, invalid port ":b" after host; write http://HOST or https://HOST/STAGE`,
		"https://a/prod/":     "",
		"http://[::1]:10000/": "",
	} {
		_, err := NewGateway(address, time.Second)
		if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
			t.Errorf("NewGateway(%q) = %v, want %s", address, err, want)
		}
	}
}

// TestSent holds what a gateway gets: the path behind that of its address, as it was written, and its own host unless there is another.
func TestSent(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		host := r.Host
		if strings.HasPrefix(host, "127.0.0.1:") {
			host = "its own"
		}
		got = append(got, fmt.Sprintf("%s %s %s %v %s", r.Method, r.RequestURI, host, r.Header["X-A"], r.Header.Get("User-Agent")))
	}))
	defer server.Close()
	a, err := NewGateway(server.URL+"/prod/", time.Second)
	if err != nil {
		t.Fatal(err)
	}
	requests, found := Parse("x", "GET /a%2Fb?c=d&&e\nx-a: 1\nx-a: 2\nuser-agent: me\n### other\nPOST /\nHost: shop.example.com\n\nbody")
	if found != nil {
		t.Fatal(found)
	}
	if _, err := Run(t.Context(), a, serve(t, nil), requests, Options{Rate: 100}); err != nil {
		t.Fatal(err)
	}
	want := []string{"GET /prod/a%2Fb?c=d&&e its own [1 2] me", "POST /prod/ shop.example.com [] gwr/"}
	if len(got) == 2 {
		got[1], _, _ = strings.Cut(got[1], "gwr/")
		got[1] += "gwr/"
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests (-want +got):\n%s", diff)
	}
}

func TestFromTests(t *testing.T) {
	file, found := testfile.Read("a.test.yaml", []byte(`
tests:
- name: a browser
  request: {path: /pets, headers: {accept: text/html}}
  error: THROTTLED
  want: {status: 429}
- {name: nothing said, error: THROTTLED, want: {status: 429}}
`))
	if file == nil {
		t.Fatal(found)
	}
	got, err := json.Marshal(FromTests(file))
	if err != nil {
		t.Fatal(err)
	}
	want := `[{"name":"a browser","method":"GET","path":"/pets","headers":[{"name":"accept","value":"text/html"}]},{"name":"nothing said","method":"GET","path":"/"}]`
	if string(got) != want {
		t.Errorf("FromTests = %s, want %s", got, want)
	}
}

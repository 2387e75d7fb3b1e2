// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/e2e/envoytest"
)

// upstreamDocument asks for errors of the upstream. The 404 quotes their bodies.
const upstreamDocument = `{
  "classification": [
    {"name": "legacy", "when": {"source": "upstream", "responseHeaders": [{"name": "x-backend", "glob": "legacy/*"}]}, "responseType": "API_CONFIGURATION_ERROR"},
    {"name": "gone", "when": {"source": "upstream", "status": ["410"]}, "responseType": "QUOTA_EXCEEDED"},
    {"name": "missing", "when": {"source": "any", "status": ["404"]}, "responseType": "RESOURCE_NOT_FOUND"},
    {"name": "failed", "when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE", "message": "sorry"}],
  "declared": {"header": "x-gateway-response-type", "source": "upstream"},
  "upstream": {"keepProblem": true},
  "gatewayResponses": {
    "API_CONFIGURATION_ERROR": {"statusCode": 599},
    "QUOTA_EXCEEDED": {"statusCode": 204},
    "RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "<$context.envoy.body>"}},
    "DEFAULT_4XX": {}, "DEFAULT_5XX": {}}}`

// sorry is what the document makes of most errors.
var sorry = upstreamWant{status: 500, body: `{"message":"sorry"}`, log: "type=INTEGRATION_FAILURE original_status=500 entry=DEFAULT_5XX\n"}

// missing is what the document makes of a 404 with a body.
func missing(body string) upstreamWant {
	return upstreamWant{status: 404, body: "<" + body + ">", log: "type=RESOURCE_NOT_FOUND original_status=404 entry=RESOURCE_NOT_FOUND\n"}
}

// untouched is a reply that passes.
func untouched(status int, body string) upstreamWant {
	return upstreamWant{status: status, body: body, log: "type=- original_status=- entry=-\n", headers: []string{"Etag"}}
}

// upstreamWant is what the client gets.
type upstreamWant struct {
	status int
	body   string
	// log is the line of the access log.
	log string
	// headers are those of the upstream that the reply has, of all that fail sets and those of the case.
	headers []string
}

// with is the reply with further headers of the upstream.
func (w upstreamWant) with(headers ...string) upstreamWant {
	w.headers = slices.Concat(w.headers, headers)
	return w
}

// upstreamCases are replies of an upstream, and what becomes of them.
var upstreamCases = []struct {
	name string
	send http.HandlerFunc
	want upstreamWant
}{
	{"chunks", chunks(500, "<h1>", "oops", "</h1>"), sorry},
	{"length", withHeader("Content-Length", "4", chunks(500, "oops")), sorry},
	{"compressed", withHeader("Content-Encoding", "gzip", chunks(500, gzipped("oops"))), sorry},
	{"10 MB", chunks(500, tenMegabytes), sorry},
	{"trailers", withTrailer(chunks(500, "oops")), sorry},
	{"quoted", chunks(404, "no ", "pet"), missing("no pet")},
	{"quoted before trailers", withTrailer(chunks(404, "no pet")), missing("no pet")},
	{"compressed and not quoted", withHeader("Content-Encoding", "gzip", chunks(404, gzipped("oops"))), missing("")},
	{"10 MB quoted in part", chunks(404, tenMegabytes), missing(tenMegabytes[:16<<10])},
	{"nothing to quote", withHeader("Content-Length", "0", chunks(404)), missing("")},
	{"empty", withHeader("Content-Length", "0", chunks(500)), sorry},
	{"no content", withTrailer(chunks(410, "gone")), upstreamWant{status: 204, log: "type=QUOTA_EXCEEDED original_status=410 entry=QUOTA_EXCEEDED\n"}},
	{"header", withHeader("X-Backend", "legacy/2", withHeader("WWW-Authenticate", "Basic", chunks(401, "who?"))), upstreamWant{
		status: 599, body: `{"message":"Internal server error"}`, headers: []string{"X-Backend", "Www-Authenticate"},
		log: "type=API_CONFIGURATION_ERROR original_status=401 entry=API_CONFIGURATION_ERROR\n",
	}},
	{"declared", withHeader("X-Gateway-Response-Type", "THROTTLED", withHeader("X-Gateway-Response-Type-Message", "slow down", chunks(429, "no"))), upstreamWant{
		status: 429, body: `{"message":"slow down"}`, log: "type=THROTTLED original_status=429 entry=DEFAULT_4XX\n",
	}},
	{"declared badly", withHeader("X-Gateway-Response-Type", "SLOW", chunks(429, "no")), untouched(429, "no")},
	{"problem", withHeader("Content-Type", "Application/Problem+JSON", chunks(500, "{}")), untouched(500, "{}")},
	{"events", withHeader("Content-Type", "text/event-stream", chunks(500, "data: 1\n\n")), untouched(500, "data: 1\n\n")},
	{"grpc", withHeader("Content-Type", "application/grpc", chunks(503, "\x00")), untouched(503, "\x00")},
	{"not named", chunks(403, "no"), untouched(403, "no")},
	{"good", withTrailer(withHeader("X-Backend", "legacy/2", chunks(200, tenMegabytes, "\x00\xff\r\n0\r\n\r\n"))), untouched(200, tenMegabytes+"\x00\xff\r\n0\r\n\r\n").with("X-Backend")},
}

// TestUpstreamErrors sends errors of an upstream in all kinds of bodies through Envoy, over each version of HTTP on either
// side.
func TestUpstreamErrors(t *testing.T) {
	port := envoytest.UpstreamServer(t, http.HandlerFunc(serveUpstreamCase))
	for _, upstream := range []struct{ name, cluster string }{{"HTTP/1.1", ""}, {"HTTP/2", envoytest.OverHTTP2}} {
		p := envoytest.StartFrom(t, envoytest.WithUpstream(t, port, upstream.cluster), envoytest.Gateway(t, upstreamDocument))
		for _, c := range envoytest.Clients {
			t.Run(upstream.name+" to "+c.Name, func(t *testing.T) { runUpstreamCases(t, p, c) })
		}
		n := len(envoytest.Clients)
		for name, want := range map[string]int{
			"left.upstream": 4 * n, "left.grpc": n, "left.hostError": 0, "declared.unknown": n, "INTEGRATION_FAILURE.500": 6 * n,
		} {
			if got := p.Counter(t, name); got != want {
				t.Errorf("%s: %s = %d, want %d", upstream.name, name, got, want)
			}
		}
		for name, want := range map[string]int{"cluster.upstream.upstream_rq_410": n, "cluster.upstream.upstream_rq_404": 5 * n} {
			if got := p.Stat(t, name); got != want {
				t.Errorf("%s: %s = %d, want %d", upstream.name, name, got, want)
			}
		}
	}
}

// serveUpstreamCase sends the reply of the case that the path names.
func serveUpstreamCase(w http.ResponseWriter, r *http.Request) {
	for _, tc := range upstreamCases {
		if "/"+tc.name == r.URL.Path {
			tc.send(w, r)
		}
	}
}

// runUpstreamCases sends a request for each case.
func runUpstreamCases(t *testing.T, p *envoytest.Proxy, c envoytest.Client) {
	for _, tc := range upstreamCases {
		id := envoytest.NewID()
		path := "/" + strings.ReplaceAll(tc.name, " ", "%20")
		got := c.Send(t, "http://"+p.Address(t, "gateway"), id, envoytest.Request{Method: http.MethodGet, Path: path})
		if got.Status != tc.want.status || string(got.Body) != tc.want.body {
			t.Errorf("%s: %d %.100q, want %d %.100q", tc.name, got.Status, got.Body, tc.want.status, tc.want.body)
		}
		if diff := cmp.Diff(tc.want.headers, ofUpstream(got.Headers)); diff != "" {
			t.Errorf("%s: the upstream's headers (-want +got):\n%s", tc.name, diff)
		}
		if diff := cmp.Diff("details=via_upstream flags=- "+tc.want.log, p.AccessLine(t, id).Text("details", "flags", "type", "original_status", "entry")); diff != "" {
			t.Errorf("%s: the access log (-want +got):\n%s", tc.name, diff)
		}
	}
}

// ofUpstream names the headers that only an upstream of the cases sends.
func ofUpstream(headers http.Header) []string {
	var names []string
	for _, name := range []string{"Etag", "X-Backend", "Www-Authenticate", "Content-Encoding", "X-Gateway-Response-Type", "X-Gateway-Response-Type-Message"} {
		if headers.Get(name) != "" {
			names = append(names, name)
		}
	}
	return names
}

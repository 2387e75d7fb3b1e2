// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

// upstreamEnds are replies of an upstream that end in other ways than most, by path.
var upstreamEnds = map[string]http.HandlerFunc{
	"/endless":        endless(500),
	"/endless-quoted": endless(404),
	"/cut": func(w http.ResponseWriter, r *http.Request) {
		chunks(500, "oops")(w, r)
		panic(http.ErrAbortHandler)
	},
	"/trailers":         withTrailer(chunks(500, "oops")),
	"/good":             withTrailer(chunks(200, "ok")),
	"/no-body":          withTrailer(chunks(500, "")),
	"/no-body-to-quote": withTrailer(chunks(404, "")),
}

// endless is an error whose body ends with the request only.
func endless(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fail(w, status)
		for r.Context().Err() == nil {
			flush(w, tenMegabytes[:4<<10])
			time.Sleep(time.Millisecond)
		}
	}
}

// TestUpstreamEnds holds that a client has the whole reply when the upstream's body ends late, never, or not as it should.
func TestUpstreamEnds(t *testing.T) {
	port := upstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { upstreamEnds[r.URL.Path](w, r) }))
	p := startFrom(t, withUpstream(t, port, overHTTP2), gateway(t, upstreamDocument))
	for _, c := range clients {
		for _, tc := range []struct {
			path, body string
			trailers   int
			// whole tells that the client can see that nothing is missing, broken that something is.
			whole, broken bool
		}{
			{path: "/endless", body: sorry.body},
			{path: "/endless-quoted", body: missing(tenMegabytes[:16<<10]).body},
			{path: "/cut", body: sorry.body},
			{path: "/trailers", body: sorry.body, whole: true},
			{path: "/good", body: "ok", whole: true, trailers: 1},
			{path: "/no-body-to-quote", whole: true},
			{path: "/no-body", broken: true},
			{path: "/trailers", body: sorry.body, whole: true},
		} {
			t.Run(c.name+tc.path, func(t *testing.T) {
				begun := time.Now()
				received, err := c.http.Do(p.alone(t, tc.path))
				if err != nil {
					t.Fatal(err)
				}
				defer received.Body.Close()
				body := make([]byte, len(tc.body))
				_, err = io.ReadFull(received.Body, body)
				// Envoy itself would end the exchange after 15 s.
				if took := time.Since(begun); err != nil || string(body) != tc.body || took > 10*time.Second {
					t.Errorf("%v after %s, body %.100q, want %.100q", err, took, body, tc.body)
				}
				if !tc.whole && !tc.broken {
					return
				}
				rest, err := io.ReadAll(received.Body)
				if (err != nil) != tc.broken || len(rest) > 0 {
					t.Errorf("at the end %v, and %.100q; want broken = %v, and nothing", err, rest, tc.broken)
				}
				if c.name == "HTTP/2" && len(received.Trailer) != tc.trailers {
					t.Errorf("trailers %v, want %d", received.Trailer, tc.trailers)
				}
			})
		}
	}
	if got := p.stat(t, "wasmcustom.gateway_responses.left.hostError"); got != 2*len(clients) {
		t.Errorf("left.hostError = %d, want %d, for replies without a body", got, 2*len(clients))
	}
}

// TestUpstreamSmallBuffers quotes bodies of which a piece is larger than the listener's buffers. Nothing of them may wait then.
func TestUpstreamSmallBuffers(t *testing.T) {
	large := tenMegabytes[:1<<20]
	port := upstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/length" {
			w.Header().Set("Content-Length", strconv.Itoa(1+len(large)))
		}
		fail(w, 404)
		flush(w, "x")
		time.Sleep(100 * time.Millisecond)
		flush(w, large)
	}))
	text := strings.Replace(string(withUpstream(t, port, "")), "  - name: gateway\n", "  - name: gateway\n    per_connection_buffer_limit_bytes: 32768\n", 1)
	p := startFrom(t, []byte(text), gateway(t, upstreamDocument))
	for _, c := range clients {
		for _, path := range []string{"/length", "/chunked"} {
			got := c.send(t, "http://"+p.address(t, "gateway"), newID(), request{method: http.MethodGet, path: path})
			if want := missing(large[:16<<10]).body; got.status != 404 || string(got.body) != want {
				t.Errorf("%s %s: %d and %d bytes, want 404 and %d", c.name, path, got.status, len(got.body), len(want))
			}
		}
	}
}

// TestUpstreamDecompressed quotes a body that a filter decompresses. That filter adds trailers when the body ends, for which
// there is no chunk left to quote in; the client must not wait for one.
func TestUpstreamDecompressed(t *testing.T) {
	port := upstreamServer(t, withHeader("Content-Encoding", "gzip", chunks(404, gzipped("oops"))))
	s := gateway(t, upstreamDocument)
	s.Listeners[0].Before = `- name: decompressor
  typed_config:
    "@type": ` + httpFilters + `decompressor.v3.Decompressor
    decompressor_library: {name: gzip, typed_config: {"@type": type.googleapis.com/envoy.extensions.compression.gzip.decompressor.v3.Gzip}}
`
	for _, upstream := range []string{"", overHTTP2} {
		p := startFrom(t, withUpstream(t, port, upstream), s)
		for _, c := range clients {
			got := c.send(t, "http://"+p.address(t, "gateway"), newID(), request{method: http.MethodGet, path: "/"})
			if got.status != 404 || len(got.body) > 0 {
				t.Errorf("%s: %d %q, want a 404 without a body", c.name, got.status, got.body)
			}
		}
	}
}

// alone is a request with a connection of its own.
func (p *proxy) alone(t *testing.T, path string) *http.Request {
	t.Helper()
	sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.address(t, "gateway")+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	sent.Close = true
	return sent
}

// TestUpstreamUpgrade holds that an upgrade passes, and that an upstream's refusal of one is an error like any other.
func TestUpstreamUpgrade(t *testing.T) {
	port := upstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/refused" {
			chunks(503, "no")(w, r)
			return
		}
		connection, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer connection.Close()
		_, _ = io.WriteString(connection, "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\nhello")
	}))
	p := startConfig(t, withUpgrades(t, string(renderFrom(t, withUpstream(t, port, ""), gateway(t, upstreamDocument)))))
	accepted := rawRequest(t, p.address(t, "gateway"), "GET /accepted"+handshake)
	if accepted.status != 101 {
		t.Errorf("accepted: status %d, want 101", accepted.status)
	}
	refused := rawRequest(t, p.address(t, "gateway"), "GET /refused"+handshake)
	if refused.status != 503 || string(refused.body) != sorry.body {
		t.Errorf("refused: %d %q, want 503 %s", refused.status, refused.body, sorry.body)
	}
}

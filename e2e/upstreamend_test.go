// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
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
	port := envoytest.UpstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { upstreamEnds[r.URL.Path](w, r) }))
	p := envoytest.StartFrom(t, envoytest.WithUpstream(t, port, envoytest.OverHTTP2), envoytest.Gateway(t, upstreamDocument))
	for _, c := range envoytest.Clients {
		for _, tc := range []struct {
			path, body string
			trailers   int
			// whole reports that the client can see that nothing is missing.
			whole bool
		}{
			{path: "/endless", body: sorry.body},
			{path: "/endless-quoted", body: missing(tenMegabytes[:16<<10]).body},
			{path: "/cut", body: sorry.body},
			{path: "/trailers", body: sorry.body, whole: true},
			{path: "/good", body: "ok", whole: true, trailers: 1},
			{path: "/no-body-to-quote", whole: true},
			{path: "/no-body", whole: true},
			{path: "/trailers", body: sorry.body, whole: true},
		} {
			t.Run(c.Name+tc.path, func(t *testing.T) {
				begun := time.Now()
				received, err := c.HTTP.Do(alone(t, p, tc.path))
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
				if !tc.whole {
					return
				}
				rest, err := io.ReadAll(received.Body)
				if err != nil || len(rest) > 0 {
					t.Errorf("at the end %v, and %.100q; want nothing", err, rest)
				}
				if c.Name == "HTTP/2" && len(received.Trailer) != tc.trailers {
					t.Errorf("trailers %v, want %d", received.Trailer, tc.trailers)
				}
			})
		}
	}
	if got := p.Counter(t, "left.hostError"); got != 2*len(envoytest.Clients) {
		t.Errorf("left.hostError = %d, want %d, for replies without a body", got, 2*len(envoytest.Clients))
	}
}

// TestUpstreamSmallBuffers quotes bodies of which a piece is larger than the listener's buffers. Nothing of them may wait then.
func TestUpstreamSmallBuffers(t *testing.T) {
	large := tenMegabytes[:1<<20]
	port := envoytest.UpstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/length" {
			w.Header().Set("Content-Length", strconv.Itoa(1+len(large)))
		}
		fail(w, 404)
		flush(w, "x")
		time.Sleep(100 * time.Millisecond)
		flush(w, large)
	}))
	text := strings.Replace(string(envoytest.WithUpstream(t, port, "")), "  - name: gateway\n", "  - name: gateway\n    per_connection_buffer_limit_bytes: 32768\n", 1)
	p := envoytest.StartFrom(t, []byte(text), envoytest.Gateway(t, upstreamDocument))
	for _, c := range envoytest.Clients {
		for _, path := range []string{"/length", "/chunked"} {
			got := c.Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
			if want := missing(large[:16<<10]).body; got.Status != 404 || string(got.Body) != want {
				t.Errorf("%s %s: %d and %d bytes, want 404 and %d", c.Name, path, got.Status, len(got.Body), len(want))
			}
		}
	}
}

// TestUpstreamDecompressed quotes a body that a filter decompresses. That filter adds trailers when the body ends, for which
// there is no chunk left to quote in; the client must not wait for one.
func TestUpstreamDecompressed(t *testing.T) {
	port := envoytest.UpstreamServer(t, withHeader("Content-Encoding", "gzip", chunks(404, gzipped("oops"))))
	s := envoytest.Gateway(t, upstreamDocument)
	s.Listeners[0].Before = `- name: decompressor
  typed_config:
    "@type": ` + envoytest.HTTPFilters + `decompressor.v3.Decompressor
    decompressor_library: {name: gzip, typed_config: {"@type": type.googleapis.com/envoy.extensions.compression.gzip.decompressor.v3.Gzip}}
`
	for _, upstream := range []string{"", envoytest.OverHTTP2} {
		p := envoytest.StartFrom(t, envoytest.WithUpstream(t, port, upstream), s)
		for _, c := range envoytest.Clients {
			got := c.Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/"})
			if got.Status != 404 || len(got.Body) > 0 {
				t.Errorf("%s: %d %q, want a 404 without a body", c.Name, got.Status, got.Body)
			}
		}
	}
}

// alone is a request with a connection of its own.
func alone(t *testing.T, p *envoytest.Proxy, path string) *http.Request {
	t.Helper()
	sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+p.Address(t, "gateway")+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	sent.Close = true
	return sent
}

// TestUpstreamUpgrade holds that an upgrade passes, and that an upstream's refusal of one is an error like any other.
func TestUpstreamUpgrade(t *testing.T) {
	port := envoytest.UpstreamServer(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
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
	p := envoytest.StartConfig(t, withUpgrades(t, string(envoytest.RenderFrom(t, envoytest.WithUpstream(t, port, ""), envoytest.Gateway(t, upstreamDocument)))))
	accepted := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /accepted"+handshake)
	if accepted.Status != 101 {
		t.Errorf("accepted: status %d, want 101", accepted.Status)
	}
	refused := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /refused"+handshake)
	if refused.Status != 503 || string(refused.Body) != sorry.body {
		t.Errorf("refused: %d %q, want 503 %s", refused.Status, refused.Body, sorry.body)
	}
}

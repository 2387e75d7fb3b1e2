// SPDX-License-Identifier: Apache-2.0

package load

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// server answers over HTTP/1.1 and HTTP/2 and counts requests.
func server(t *testing.T, handler http.HandlerFunc) (address string, requests *atomic.Int64) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	requests = &atomic.Int64{}
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetUnencryptedHTTP2(true)
	s := &http.Server{Protocols: protocols, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if r.Host != Host || r.Header.Get("X-Request-Id") != RequestID {
			t.Errorf("the request has the host %q and the id %q", r.Host, r.Header.Get("X-Request-Id"))
		}
		handler(w, r)
	})}
	t.Cleanup(func() { _ = s.Close() })
	go func() { _ = s.Serve(listener) }()
	return listener.Addr().String(), requests
}

// serve holds a conversation with a generator, and ends a run without duration at once.
func serve(t *testing.T, s Spec) (Outcome, error) {
	t.Helper()
	var out bytes.Buffer
	if err := Serve(s, strings.NewReader("begin\nend\n"), &out); err != nil {
		return Outcome{}, err
	}
	line, rest, _ := strings.Cut(out.String(), "\n")
	var o Outcome
	if err := json.Unmarshal([]byte(rest), &o); err != nil || line != Ready {
		t.Fatalf("the generator says %q, %v", out.String(), err)
	}
	return o, nil
}

// TestServe runs each kind of traffic, and holds that no request is lost or invented.
func TestServe(t *testing.T) {
	for _, tc := range []struct {
		name string
		spec Spec
	}{
		{"HTTP/1.1", Spec{Method: http.MethodGet, Connections: 3, Duration: 50 * time.Millisecond, Length: 5}},
		{"with a body", Spec{Method: http.MethodPost, Body: 100_000, Connections: 2, Duration: 50 * time.Millisecond, Length: 5}},
		{"HEAD", Spec{Method: http.MethodHead, Connections: 1, Duration: 50 * time.Millisecond}},
		{"HTTP/2", Spec{Method: http.MethodGet, HTTP2: true, Connections: 2, Streams: 4, Duration: 50 * time.Millisecond, Length: 5}},
		{"until told to stop", Spec{Method: http.MethodGet, Connections: 1, Length: 5}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			address, requests := server(t, func(w http.ResponseWriter, r *http.Request) {
				if n, err := io.Copy(io.Discard, r.Body); err != nil || n != int64(tc.spec.Body) || r.Method != tc.spec.Method || r.URL.Path != "/path" {
					t.Errorf("%s %s with %d bytes, %v", r.Method, r.URL, n, err)
				}
				w.Header().Set("Content-Length", "5")
				w.WriteHeader(http.StatusForbidden)
				_, _ = io.WriteString(w, "12345")
			})
			s := tc.spec
			s.Address, s.Path, s.Status = address, "/path", http.StatusForbidden
			o, err := serve(t, s)
			if err != nil {
				t.Fatal(err)
			}
			if o.Requests == 0 || int64(o.Requests) != requests.Load() || o.P50 <= 0 || o.P50 > o.P99 || o.P99 > o.Max || o.Max > o.Elapsed {
				t.Errorf("the generator measured %+v, the server %d requests", o, requests.Load())
			}
		})
	}
}

// TestServeRefuses holds that a reply that is not the right one ends the measurement.
func TestServeRefuses(t *testing.T) {
	address, _ := server(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "12345") })
	for _, over2 := range []bool{false, true} {
		for _, s := range []Spec{{Status: 200, Length: 4}, {Status: 403, Length: 5}} {
			s.Address, s.HTTP2, s.Method, s.Path, s.Connections, s.Streams, s.Duration = address, over2, http.MethodGet, "/", 1, 1, time.Second
			if o, err := serve(t, s); err == nil || !strings.Contains(err.Error(), "status 200 with 5 bytes") {
				t.Errorf("%+v measured %+v, %v", s, o, err)
			}
		}
	}
}

// TestRate holds that a stall shows in full in the latencies of a run with a rate, though few requests meet it.
func TestRate(t *testing.T) {
	const stall = 60 * time.Millisecond
	var first atomic.Bool
	address, _ := server(t, func(w http.ResponseWriter, _ *http.Request) {
		if !first.Swap(true) {
			time.Sleep(stall)
		}
		_, _ = io.WriteString(w, "1")
	})
	s := Spec{Address: address, Method: http.MethodGet, Path: "/", Connections: 1, Rate: 1000, Status: 200, Length: 1, Duration: 150 * time.Millisecond}
	o, err := serve(t, s)
	if err != nil || o.Max < stall || o.P99 < stall/2 {
		t.Errorf("a stall of %s was measured as %+v, %v", stall, o, err)
	}
	if o.Requests > 200 {
		t.Errorf("%d requests in %s at 1000 a second", o.Requests, o.Elapsed)
	}
}

func TestUpstream(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- ServeUpstream(listener) }()
	for path, want := range map[string]struct {
		status int
		body   string
	}{
		"/ok":        {200, GoodBody},
		PathError:    {503, ErrorBody},
		PathDownload: {200, strings.Repeat("d", LargeBody)},
	} {
		response, err := http.Post("http://"+listener.Addr().String()+path, "text/plain", strings.NewReader("the request"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if response.StatusCode != want.status || string(body) != want.body || err != nil {
			t.Errorf("%s: status %d, %d bytes, %v", path, response.StatusCode, len(body), err)
		}
	}
	_ = listener.Close()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// FuzzReadReply holds that what is read is what net/http reads, if that takes it with a length.
func FuzzReadReply(f *testing.F) {
	for _, seed := range []string{
		"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nok\n",
		"HTTP/1.1 403 Forbidden\r\nContent-Length:0\r\nserver: envoy\r\n\r\n",
		"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n", "HTTP/1.1 200\ncontent-length: 1\n\n.",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		status, length, err := readReply(bufio.NewReaderSize(strings.NewReader(text), 4096), false)
		if err != nil {
			return
		}
		if length < 0 || length > len(text) {
			t.Fatalf("readReply(%q) = %d, %d", text, status, length)
		}
		response, err := http.ReadResponse(bufio.NewReader(strings.NewReader(text)), nil)
		if err != nil || response.ContentLength < 0 || len(response.TransferEncoding) > 0 || status < 200 || status == 204 || status == 304 {
			return // stricter than the generator, or without a length
		}
		defer response.Body.Close()
		if response.StatusCode != status || response.ContentLength != int64(length) {
			t.Errorf("readReply(%q) = %d, %d, net/http says %d, %d", text, status, length, response.StatusCode, response.ContentLength)
		}
	})
}

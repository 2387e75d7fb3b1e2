// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"bufio"
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// raw is a server that reads the head of a request, and answers as it is told. heads has what it read.
func raw(t *testing.T, answer func(net.Conn)) (target Target, heads <-chan string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	read := make(chan string, 16)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				var head strings.Builder
				for lines := bufio.NewReader(conn); ; {
					line, err := lines.ReadString('\n')
					head.WriteString(line)
					if err != nil || line == "\r\n" {
						break
					}
				}
				read <- head.String()
				answer(conn)
			}()
		}
	}()
	return Target{"default", "edge", "http://" + l.Addr().String()}, read
}

// says answers with a text.
func says(text string) func(net.Conn) {
	return func(conn net.Conn) { _, _ = io.WriteString(conn, text) } // the client may be gone
}

// send sends a request through a target.
func send(t *testing.T, to Target, r Request) Reply {
	t.Helper()
	s, err := New([]Target{to}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.timeout = time.Second
	reply, err := s.Send(t.Context(), to, r, "an-id")
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func get(path string) Request { return Request{Method: http.MethodGet, Path: path} }

// TestSent has each byte of a request as it goes out, and the reply as it comes.
func TestSent(t *testing.T) {
	to, heads := raw(t, says("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 429 Too Many Requests\r\nx-b: 2\r\nContent-Length: 4\r\nx-a: 1\r\nx-b:  3 \r\n\r\nslow"))
	reply := send(t, to, Request{
		Method: http.MethodPost, Path: "/a/../b%2Fc//d?e=%zz&f", Host: "shop.example.com", Body: []byte("hi"),
		Headers: facts.Headers{{Name: "accept", Value: "text/html"}, {Name: "x-two", Value: "1"}, {Name: "X-Two", Value: "2"}},
	})
	want := "POST /a/../b%2Fc//d?e=%zz&f HTTP/1.1\r\nHost: shop.example.com\r\nContent-Length: 2\r\nAccept: text/html\r\n" +
		"X-Gateway-Responses-Try: an-id\r\nX-Two: 1\r\nX-Two: 2\r\nConnection: close\r\n\r\n"
	if diff := cmp.Diff(want, <-heads); diff != "" {
		t.Errorf("sent (-want +got):\n%s", diff)
	}
	if reply.Took <= 0 {
		t.Error("it took no time")
	}
	reply.Took = 0
	if diff := cmp.Diff(Reply{
		Status: 429, Protocol: "HTTP/1.1", Body: []byte("slow"), Trailers: facts.Headers{},
		Headers: facts.Headers{{Name: "x-b", Value: "2"}, {Name: "content-length", Value: "4"}, {Name: "x-a", Value: "1"}, {Name: "x-b", Value: "3"}},
	}, reply); diff != "" {
		t.Errorf("reply (-want +got):\n%s", diff)
	}
}

// TestNowhereElse holds that what a request says cannot lead it to another place: a server that nobody may reach is never called, by
// path, host, headers, redirects or the environment.
func TestNowhereElse(t *testing.T) {
	var reached atomic.Int64
	evil := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer evil.Close()
	at := strings.TrimPrefix(evil.URL, "http://")
	t.Setenv("HTTP_PROXY", evil.URL)
	t.Setenv("ALL_PROXY", evil.URL)
	to, _ := raw(t, says("HTTP/1.1 302 Found\r\nLocation: "+evil.URL+"/\r\nRefresh: 0;url="+evil.URL+"\r\nAlt-Svc: h2=\""+at+"\"\r\nContent-Length: 0\r\n\r\n"))
	for _, r := range []Request{
		get("/"), get("/@" + at + "/"), get("/..//" + at), get("/#@" + at), get("/\\\\" + at), get("/%0d%0aHost:%20" + at), get("/?url=" + evil.URL),
		{Method: http.MethodGet, Path: "/", Host: at},
		{Method: http.MethodGet, Path: "/", Headers: facts.Headers{{Name: "x-forwarded-host", Value: at}, {Name: "forwarded", Value: "host=" + at}}},
		{Method: http.MethodOptions, Path: "/"},
	} {
		if got := send(t, to, r); got.Status != http.StatusFound {
			t.Errorf("%+v: the reply is %d %s, want the redirect of the Envoy itself", r, got.Status, got.Broken)
		}
	}
	s, err := New([]Target{to}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []Request{get(evil.URL), get("//" + at + "/"), get("/\r\nHost: " + at), {Method: http.MethodConnect, Path: "/"}, {Method: http.MethodGet, Path: "/", Host: at + "/"}} {
		if _, err := s.Send(t.Context(), to, r, "an-id"); err == nil {
			t.Errorf("%+v was sent", r)
		}
	}
	for _, other := range []Target{{"default", "edge", evil.URL}, {"default", "other", evil.URL}, {"shop", "edge", to.URL}} {
		if _, err := s.Send(t.Context(), other, get("/"), "an-id"); !errors.Is(err, ErrNoTarget) {
			t.Errorf("%+v: %v, want ErrNoTarget", other, err)
		}
	}
	if reached.Load() != 0 {
		t.Error("the server that nobody may reach was reached")
	}
}

// TestHostile has Envoys, and what stands in their place, that do not behave.
func TestHostile(t *testing.T) {
	var many strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&many, "x-%d: y\r\n", i)
	}
	gigabyte := func(conn net.Conn) {
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n")
		for chunk := make([]byte, 1<<20); ; {
			if _, err := conn.Write(chunk); err != nil {
				return
			}
		}
	}
	never := make(chan struct{})
	defer close(never)
	for _, tc := range []struct {
		name   string
		answer func(net.Conn)
		status int
		broken string
		check  func(Reply) bool
	}{
		{"1 GB", gigabyte, 200, "", func(r Reply) bool { return r.Cut && len(r.Body) == MaxReply }},
		{"10,000 headers", says("HTTP/1.1 404 Not Found\r\n" + many.String() + "Content-Length: 0\r\n\r\n"), 404, "", func(r Reply) bool { return len(r.Headers) == maxReplyHeaders && r.MoreHeaders == 9801 }},
		{"endless headers", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n")
			for line := bytes.Repeat([]byte("x: y\r\n"), 1000); ; {
				if _, err := conn.Write(line); err != nil {
					return
				}
			}
		}, 0, "exceeded", nil},
		{"invalid UTF-8", says("HTTP/1.1 200 OK\r\nx: \xff\xfe\r\nContent-Length: 2\r\n\r\n\xff\xfe"), 200, "", func(r Reply) bool { return string(r.Body) == "\xff\xfe" }},
		{"no answer", func(net.Conn) { <-never }, 0, "it had not ended after 1s", nil},
		{"half a body", says("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"), 200, "closed before the end", func(r Reply) bool { return string(r.Body) == "half" }},
		{"a body that never ends", func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
			<-never
		}, 200, "it had not ended after 1s", func(r Reply) bool { return string(r.Body) == "half" }},
		{"closed", func(net.Conn) {}, 0, "closed before the end", nil},
		{"reset", func(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }, 0, "reset", nil},
		{"no HTTP", says("SSH-2.0-OpenSSH_9.9\r\n"), 0, "malformed", nil},
		{"a switch of protocols", says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"), 101, "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			to, _ := raw(t, tc.answer)
			got := send(t, to, get("/"))
			if got.Status != tc.status || !strings.Contains(got.Broken, tc.broken) || (tc.broken == "") != (got.Broken == "") || len(got.Broken) > 310 {
				t.Errorf("status %d, %q, want %d, %q", got.Status, got.Broken, tc.status, tc.broken)
			}
			if tc.check != nil && !tc.check(got) {
				t.Errorf("%d bytes, cut %t, %d headers and %d more", len(got.Body), got.Cut, len(got.Headers), got.MoreHeaders)
			}
		})
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	if got := send(t, Target{"default", "edge", "http://" + l.Addr().String()}, get("/")); got.Status != 0 || !strings.Contains(got.Broken, "nobody listens") {
		t.Errorf("nobody: %+v", got)
	}
}

// TestBusy holds how many requests are under way at once.
func TestBusy(t *testing.T) {
	hold := make(chan struct{})
	to, heads := raw(t, func(conn net.Conn) {
		<-hold
		says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")(conn)
	})
	s, err := New([]Target{to}, nil)
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, maxAtOnce)
	for range maxAtOnce {
		go func() {
			_, err := s.Send(context.WithoutCancel(t.Context()), to, get("/"), "an-id")
			done <- err
		}()
	}
	for range maxAtOnce {
		<-heads
	}
	if _, err := s.Send(t.Context(), to, get("/"), "an-id"); !errors.Is(err, ErrBusy) {
		t.Errorf("one more: %v, want ErrBusy", err)
	}
	close(hold)
	for range maxAtOnce {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Send(t.Context(), to, get("/"), "an-id"); err != nil {
		t.Errorf("when there is room again: %v", err)
	}
}

// TestHTTP2 speaks HTTP/2 with and without TLS, as clients of gRPC do.
func TestHTTP2(t *testing.T) {
	answer := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "Grpc-Status")
		w.Header().Set("X-Te", r.Header.Get("Te"))
		w.Header().Set("X-Seen", r.Proto+" "+r.Host+" "+r.RequestURI)
		_, _ = io.Copy(w, r.Body)
		w.Header().Set("Grpc-Status", "8")
	})
	secure := httptest.NewUnstartedServer(answer)
	secure.EnableHTTP2 = true
	secure.StartTLS()
	defer secure.Close()
	plain := httptest.NewUnstartedServer(answer)
	plain.Config.Protocols = &http.Protocols{}
	plain.Config.Protocols.SetUnencryptedHTTP2(true)
	plain.Start()
	defer plain.Close()
	roots := x509.NewCertPool()
	roots.AddCert(secure.Certificate())
	call := Request{
		Method: http.MethodPost, Path: "/shop.Pets/Get", Host: "shop.example.com", HTTP2: true, Body: make([]byte, 5),
		Headers: facts.Headers{{Name: "content-type", Value: "application/grpc"}},
	}
	for _, url := range []string{plain.URL, secure.URL} {
		to := Target{"default", "edge", url}
		s, err := New([]Target{to}, roots)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Send(t.Context(), to, call, "an-id")
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		for _, h := range append(got.Headers, got.Trailers...) {
			seen[h.Name] = h.Value
		}
		if got.Status != 200 || got.Protocol != "HTTP/2" || len(got.Body) != 5 || seen["x-te"] != "trailers" || seen["x-seen"] != "HTTP/2.0 shop.example.com /shop.Pets/Get" || seen["grpc-status"] != "8" {
			t.Errorf("%s: %+v", url, got)
		}
	}
	to := Target{"default", "edge", secure.URL}
	if got := send(t, to, get("/")); got.Status != 0 || !strings.Contains(got.Broken, "certificate") {
		t.Errorf("a certificate that nobody knows: %+v", got)
	}
}

// FuzzHeadersOf holds that no text breaks the reading of headers, and that none has more of them than lines.
func FuzzHeadersOf(f *testing.F) {
	f.Add([]byte("HTTP/1.1 103 x\r\na: b\r\n\r\nHTTP/1.1 200 OK\nc:d\n\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if got := headersOf(text); len(got) > bytes.Count(text, []byte("\n")) {
			t.Errorf("%d headers", len(got))
		}
	})
}

// FuzzCheck holds that what passes has one line for the target, and one for each header.
func FuzzCheck(f *testing.F) {
	f.Add("GET", "/", "shop.example.com", "x", "y")
	f.Fuzz(func(t *testing.T, method, path, host, name, value string) {
		r := Request{Method: method, Path: path, Host: host, Headers: facts.Headers{{Name: name, Value: value}}}
		if r.Check() == nil && (strings.ContainsAny(method+path+host+name+value, "\r\n\x00") || strings.HasPrefix(path, "//") || strings.ContainsAny(method+path+host+name, " \t")) {
			t.Errorf("%+v passes", r)
		}
	})
}

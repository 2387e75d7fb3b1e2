// SPDX-License-Identifier: Apache-2.0

package server

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/waittest"
)

// dial connects to the port of HTTP, for clients that behave badly.
func (r *running) dial(t *testing.T) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	return conn
}

// TestSlowClients holds that a client that takes its time loses its connection, and what it is told.
func TestSlowClients(t *testing.T) {
	r := start(t, testSettings(t), func(s *Server) {
		s.limits.header, s.limits.read, s.limits.idle = 100*time.Millisecond, 200*time.Millisecond, 100*time.Millisecond
	})
	for _, test := range []struct{ name, sent, told string }{
		{"nothing", "", ""},
		{"half a header", "GET /restapis HTTP/1.1\r\nHost: x\r\n", ""},
		{"half a body", "POST /restapis HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{", `{"message":"the body of the request ended early"}`},
		{"no next request", "GET /pets HTTP/1.1\r\nHost: x\r\n\r\n", `{"message":"Missing Authentication Token"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			conn := r.dial(t)
			if _, err := io.WriteString(conn, test.sent); err != nil {
				t.Fatal(err)
			}
			told, err := io.ReadAll(conn)
			if err != nil {
				t.Fatalf("the connection stays open: %v", err)
			}
			if !strings.HasSuffix(string(told), test.told) {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	r := start(t, testSettings(t), nil)
	for _, test := range []struct {
		name, path string
		size       int
		status     int
		message    string
	}{
		{"a body", "/restapis", 1<<20 + 1, 413, "the body of the request has more than 1 MiB"},
		{"an import", "/restapis?mode=import", 6<<20 + 1, 413, "the body of the request has more than 6 MiB"},
		{"one that nobody takes", "/pets", 1<<20 + 1, 403, "Missing Authentication Token"},
	} {
		t.Run(test.name, func(t *testing.T) {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL()+test.path, strings.NewReader(strings.Repeat(" ", test.size)))
			if err != nil {
				t.Fatal(err)
			}
			request.Header.Set("Authorization", "Bearer "+r.key)
			status, body := read(t, http.DefaultClient, request)
			if want := fmt.Sprintf(`{"message":%q}`, test.message); status != test.status || body != want {
				t.Errorf("%d %s, want %d %s", status, body, test.status, want)
			}
		})
	}
	conn := r.dial(t)
	if _, err := io.WriteString(conn, "GET /restapis HTTP/1.1\r\nHost: x\r\nX: "+strings.Repeat("x", r.limits.headers+8<<10)+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if told, err := io.ReadAll(conn); !strings.HasPrefix(string(told), "HTTP/1.1 431 ") {
		t.Errorf("a huge header: %q, %v, want 431", told, err)
	}
}

func TestTooManyConnections(t *testing.T) {
	r := start(t, testSettings(t), func(s *Server) { s.limits.connections = 2 })
	first := r.dial(t)
	_ = r.dial(t)
	if told, err := io.ReadAll(r.dial(t)); len(told) > 0 || err != nil {
		t.Errorf("the third connection: %q, %v, want its end", told, err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "a connection that was closed makes room for another", func() bool {
		conn := r.dial(t)
		_, _ = io.WriteString(conn, "GET /pets HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
		told, _ := io.ReadAll(conn)
		return strings.HasPrefix(string(told), "HTTP/1.1 403 ")
	})
	if _, metrics := r.get(t, "http://"+r.OpsAddress().String()+"/metrics"); !strings.Contains(metrics, "\ngwrd_connections_refused_total ") || strings.Contains(metrics, "\ngwrd_connections_refused_total 0\n") {
		t.Error("connections that are refused are not counted")
	}
}

func TestTooFast(t *testing.T) {
	settings := testSettings(t)
	settings.Rate, settings.Burst = .1, 1
	r := start(t, settings, nil)
	if status, _ := r.get(t, r.URL()+"/account"); status != http.StatusOK {
		t.Fatalf("the first request: %d", status)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.URL()+"/account", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+r.key)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") != "10" || answer.Header.Get("X-Amzn-Errortype") != "TooManyRequestsException" {
		t.Errorf("the second: %d %v", answer.StatusCode, answer.Header)
	}
}

// TestBodies holds that bodies that wait take no more than there is room for, and that it is given back.
func TestBodies(t *testing.T) {
	r := start(t, testSettings(t), func(s *Server) { s.limits.bodies = 1 << 20 })
	send := func(conn net.Conn, path string) { // may be cut short by the answer
		_, _ = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 800000\r\n\r\n%s", path, strings.Repeat(" ", 700_000))
	}
	free := func(want int64) {
		t.Helper()
		waittest.Until(t, fmt.Sprintf("%d bytes are free", want), func() bool { return r.bodies.free.Load() == want })
	}
	end := func(conn net.Conn) string {
		_, _ = io.WriteString(conn, strings.Repeat(" ", 100_000))
		told, _ := io.ReadAll(conn)
		return string(told)
	}
	waiting := r.dial(t)
	send(waiting, "/restapis")
	free(1<<20 - 700_000)
	for _, path := range []string{"/restapis", "/v1/validate"} {
		conn := r.dial(t)
		send(conn, path)
		if told, _ := io.ReadAll(conn); !strings.HasPrefix(string(told), "HTTP/1.1 503 ") || !strings.Contains(string(told), "\r\nRetry-After: 1\r\n") {
			t.Errorf("%s: a body without room: %q", path, told)
		}
		free(1<<20 - 700_000)
	}
	if told := end(waiting); !strings.HasPrefix(told, "HTTP/1.1 403 ") {
		t.Errorf("what waited: %q", told)
	}
	free(1 << 20)
	conn := r.dial(t)
	send(conn, "/restapis")
	if told := end(conn); !strings.HasPrefix(told, "HTTP/1.1 403 ") {
		t.Errorf("with room again: %q", told)
	}
}

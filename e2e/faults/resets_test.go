// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// largeReply is a document whose replies have 900 KiB, of a header of 30 KiB.
var largeReply = `{"classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
	"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "` + strings.Repeat("$method.request.header.x-large", 30) + `"}},
	"INTEGRATION_FAILURE": {"responseTemplates": {"text/plain": "` + strings.Repeat("$method.request.header.x-large", 30) + `"}}}}`

// TestClientResets has clients go away in the middle of replies: with an end of the connection, with a reset of it, and with a
// reset of the stream beside others on the same connection. Those who stay get their replies whole.
func TestClientResets(t *testing.T) {
	t.Parallel()
	p := setup{
		listeners: []listener{{name: "gateway", document: largeReply}},
		upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			for range 10 { // longer than the client stays
				_, _ = io.WriteString(w, strings.Repeat("oops", 4<<10))
				_ = http.NewResponseController(w).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		},
	}.start(t)
	url := "http://" + p.Address(t, "gateway")
	for _, path := range []string{"/denied", "/up"} {
		for _, c := range envoytest.Clients {
			t.Run(c.Name+path, func(t *testing.T) {
				var group sync.WaitGroup
				for i := range 100 {
					if i%10 == 0 {
						group.Go(func() { wantLarge(t, c, url+path) })
					}
					group.Go(func() { leaveMidway(t, c, url+path, 10<<10*(i%8)) })
				}
				group.Wait()
				wantLarge(t, c, url+path)
			})
		}
		t.Run("reset of the connection"+path, func(t *testing.T) {
			for range 50 {
				resetMidway(t, p.Address(t, "gateway"), path)
			}
			wantLarge(t, envoytest.Clients[0], url+path)
		})
	}
	for _, counter := range []string{"failed.panic", "left.hostError", "left.tooLarge"} {
		if n := p.Counter(t, counter); n != 0 {
			t.Errorf("%s = %d, want 0", counter, n)
		}
	}
}

// largeHeader is what the templates quote.
var largeHeader = strings.Repeat("x", 30<<10)

// largeRequest asks for a large reply.
func largeRequest(ctx context.Context, t *testing.T, url string) *http.Request {
	t.Helper()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-Large", largeHeader)
	return request
}

// wantLarge reads a large reply to its end.
func wantLarge(t *testing.T, c envoytest.Client, url string) {
	t.Helper()
	reply, err := c.HTTP.Do(largeRequest(t.Context(), t, url))
	if err != nil {
		t.Error(err)
		return
	}
	defer reply.Body.Close()
	if body, err := io.ReadAll(reply.Body); err != nil || string(body) != strings.Repeat(largeHeader, 30) {
		t.Errorf("%s: status %d, %d bytes, %v; want 900 KiB", url, reply.StatusCode, len(body), err)
	}
}

// leaveMidway goes away after some bytes of the body: the client closes the connection of HTTP/1, and resets the stream of HTTP/2.
func leaveMidway(t *testing.T, c envoytest.Client, url string, after int) {
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	reply, err := c.HTTP.Do(largeRequest(ctx, t, url))
	if err != nil {
		t.Error(err)
		return
	}
	defer reply.Body.Close()
	if _, err := io.CopyN(io.Discard, reply.Body, int64(after)); err != nil {
		t.Error(err)
	}
	leave()
	if _, err := io.Copy(io.Discard, reply.Body); !errors.Is(err, context.Canceled) && err != nil {
		t.Errorf("%s: %v", url, err)
	}
}

// resetMidway resets a TCP connection with unread bytes of the reply.
func resetMidway(t *testing.T, address, path string) {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, "GET "+path+" HTTP/1.1\r\nhost: a\r\nx-large: "+largeHeader+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(connection, make([]byte, 4<<10)); err != nil {
		t.Fatal(err)
	}
	if err := connection.(*net.TCPConn).SetLinger(0); err != nil { // so that closing sends RST
		t.Fatal(err)
	}
}

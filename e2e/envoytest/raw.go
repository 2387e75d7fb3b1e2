// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/facts"
)

// RawReply is a reply as it came over the wire.
type RawReply struct {
	Status  int
	Headers facts.Headers
	Body    []byte
}

// RawRequest sends text as it is over HTTP/1.1, which no client library would for all bytes, and reads the reply.
func RawRequest(t *testing.T, address, text string) RawReply {
	t.Helper()
	connection, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close()
	if err := connection.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(connection, text); err != nil {
		t.Fatal(err)
	}
	method, _, _ := strings.Cut(text, " ")
	reply, err := http.ReadResponse(bufio.NewReader(connection), &http.Request{Method: method})
	if err != nil {
		t.Fatalf("the reply cannot be read: %v", err)
	}
	defer reply.Body.Close()
	return ReadReply(t, reply)
}

// ReadReply reads a reply to its end, and leaves it to the caller to close it.
func ReadReply(t *testing.T, reply *http.Response) RawReply {
	t.Helper()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatalf("the body cannot be read: %v", err)
	}
	return RawReply{Status: reply.StatusCode, Headers: facts.HeadersOf(reply.Header), Body: body}
}

// silence is how long a connection of RawServer lasts at most: longer than any timeout that a test gives Envoy.
const silence = 30 * time.Second

// RawServer is an upstream that is not HTTP as a library speaks it: serve has each connection, which is closed when it returns.
// RawServer returns its port.
func RawServer(t *testing.T, serve func(net.Conn)) int {
	t.Helper()
	listener := listen(t)
	go func() {
		for {
			connection, err := listener.Accept()
			if err != nil {
				return // the test has ended
			}
			go func() {
				defer connection.Close()
				// The deadline ends a connection that nobody closes; with none the end of the tests would.
				_ = connection.SetDeadline(time.Now().Add(silence))
				serve(connection)
			}()
		}
	}()
	return listener.Addr().(*net.TCPAddr).Port
}

// FreePort is a port that nobody listens on, for a program that wants a number.
func FreePort(t *testing.T) string {
	t.Helper()
	listener := listen(t)
	defer listener.Close()
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

// listen listens on a free port until the test ends.
func listen(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	return listener
}

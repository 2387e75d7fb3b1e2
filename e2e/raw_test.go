// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/facts"
)

// rawReply is a reply as it came over the wire.
type rawReply struct {
	status  int
	headers facts.Headers
	body    []byte
}

// rawRequest sends text as it is over HTTP/1.1, which no client library would for all bytes, and reads the reply.
func rawRequest(t *testing.T, address, text string) rawReply {
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
	return readReply(t, reply)
}

// readReply reads a reply to its end.
func readReply(t *testing.T, reply *http.Response) rawReply {
	t.Helper()
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		t.Fatalf("the body cannot be read: %v", err)
	}
	raw := rawReply{status: reply.StatusCode, body: body}
	for name, values := range reply.Header {
		for _, value := range values {
			raw.headers = append(raw.headers, facts.Header{Name: strings.ToLower(name), Value: value})
		}
	}
	return raw
}

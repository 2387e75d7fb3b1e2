// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// misbehaviours are upstreams by the name of their cluster, each with what it does to a connection.
var misbehaviours = map[string]func(net.Conn){
	"closes":      func(c net.Conn) { awaitHead(c) },
	"hangs":       func(c net.Conn) { awaitHead(c); await(c) },
	"babbles":     answer("this is not HTTP\r\n\r\n"),
	"refuses":     answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno"),
	"refuses-401": answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"),
	"refuses-403": answer("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"),
	"refuses-429": answer("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n"),
	"fails":       answer("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\nno"),
	"cached":      answer("HTTP/1.1 200 OK\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\nCache-Control: max-age=2000000000\r\nContent-Length: 2\r\n\r\nok"),
	// The only key has no modulus.
	"bad-keys": answer("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\n{\"keys\":[{\"kty\":\"RSA\"}]}"),
	"handshake": func(c net.Conn) {
		await(c) // takes the bytes of the TLS handshake, and says nothing
	},
	"resets":         resetStream(codeInternal),
	"resets-connect": resetStream(codeConnect),
	// A ProcessingResponse with an ImmediateResponse: the status 403 and the details.
	"processor-denies": grpcAnswer("\x3a\x1a\x0a\x03\x08\x93\x03\x2a\x13denied_by_processor"),
	// A ProcessingResponse with a StreamedImmediateResponse: the headers, with ":status" alone, and no body.
	"processor-streams": grpcAnswer("\x5a\x16\x0a\x14\x0a\x10\x0a\x0e\x0a\x07:status\x1a\x03403\x18\x01"),
	"refuses-h2":        resetStream(codeRefused),
	"hangs-h2":          serveStreams(func(net.Conn, []byte) {}),
	"over-limit":        grpcAnswer("\x08\x02"),
	"tokens":            serveTokens,
	// A CheckResponse whose OkHttpResponse adds a header with the name "\n".
	"authz-invalid": grpcAnswer("\x1a\x0b\x12\x09\x0a\x07\x0a\x01\n\x12\x02no"),
}

// startMisbehaviours runs the upstreams until the test ends, and returns their ports.
func startMisbehaviours(t *testing.T) map[string]int {
	t.Helper()
	ports := map[string]int{}
	for name, serve := range misbehaviours {
		ports[name] = envoytest.RawServer(t, serve)
	}
	return ports
}

// awaitHead reads the head of a request over HTTP/1.1.
func awaitHead(c net.Conn) {
	_, _ = http.ReadRequest(bufio.NewReader(c))
}

// await reads until the client or the deadline closes the connection.
func await(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

// answer reads a request over HTTP/1.1 and writes text.
func answer(text string) func(net.Conn) {
	return func(c net.Conn) {
		awaitHead(c)
		_, _ = io.WriteString(c, text)
	}
}

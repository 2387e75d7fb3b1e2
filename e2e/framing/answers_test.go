// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"fmt"
	"strings"
)

// framed says how HTTP/1.1 delimits the body of an answer.
type framed uint8

const (
	// sized has a Content-Length.
	sized framed = iota
	// chunked has a Transfer-Encoding.
	chunked
	// closed ends with the connection.
	closed
)

// answer is a reply of the upstream.
type answer struct {
	name, status string
	// headers are lines, "name: value".
	headers []string
	body    []string // in pieces
	framed  framed
	// missing is how many bytes a Content-Length announces that do not come.
	missing int
	// trailers are lines behind a chunked body.
	trailers []string
	// before are interim replies, with their headers.
	before []string
	// after is what follows the reply on the connection, over HTTP/1.1 only.
	after string
	// version is that of HTTP/1, "1.1" by default.
	version string
}

// upgrading are the headers of servers that say how to ask again, as a refused WebSocket handshake has them.
var upgrading = []string{"connection: upgrade", "upgrade: websocket", "sec-websocket-version: 13"}

// refusal is a body.
var refusal = []string{"no, we do not ", "do that"}

// answers are the replies of the upstream, by their names.
var answers = func() []answer {
	list := []answer{
		{name: "sized", status: "403 Forbidden", body: refusal},
		{name: "chunked", status: "403 Forbidden", body: refusal, framed: chunked},
		{name: "closed", status: "403 Forbidden", body: refusal, framed: closed},
		{name: "sized-empty", status: "403 Forbidden"},
		{name: "chunked-empty", status: "403 Forbidden", framed: chunked},
		{name: "closed-empty", status: "403 Forbidden", framed: closed},
		{name: "trailers", status: "403 Forbidden", body: refusal, framed: chunked, headers: []string{"trailer: x-sum"}, trailers: []string{"x-sum: 1"}},
		{name: "trailers-unannounced", status: "403 Forbidden", body: refusal, framed: chunked, trailers: []string{"x-sum: 1"}},
		{name: "trailers-empty", status: "403 Forbidden", framed: chunked, headers: []string{"trailer: x-sum"}, trailers: []string{"x-sum: 1"}},
		{name: "sized-short", status: "403 Forbidden", body: refusal, missing: 7},
		{name: "sized-nothing", status: "403 Forbidden", missing: 7},
		{name: "chunked-cut", status: "403 Forbidden", body: refusal, framed: chunked, missing: 1},
		{name: "sized-more", status: "403 Forbidden", body: refusal, after: "more"},
		{name: "gzip", status: "403 Forbidden", body: []string{"\x1f\x8b not really"}, headers: []string{"content-encoding: gzip"}},
		{name: "closing", status: "403 Forbidden", body: refusal, headers: []string{"connection: close"}},
		{name: "old", status: "403 Forbidden", body: refusal, framed: closed, version: "1.0"},
		{name: "large", status: "403 Forbidden", body: []string{strings.Repeat("x", 200<<10)}},
		{name: "large-chunked", status: "403 Forbidden", body: []string{strings.Repeat("x", 100<<10), strings.Repeat("y", 100<<10)}, framed: chunked},
		{name: "text", status: "403 Forbidden", body: refusal, headers: []string{"content-type: text/plain"}},
		{name: "hints", status: "403 Forbidden", body: refusal, before: []string{"103 Early Hints\r\nlink: </a>; rel=preload"}},
		{name: "continues", status: "403 Forbidden", body: refusal, before: []string{"100 Continue"}},
		{name: "fails", status: "500 Internal Server Error", body: refusal},
		{name: "unavailable", status: "503 Service Unavailable", body: refusal, framed: chunked},
		{name: "conflict", status: "409 Conflict", body: refusal},
		{name: "proxy", status: "407 Proxy Authentication Required", body: refusal, headers: []string{"proxy-authenticate: Basic"}},
		{name: "ok", status: "200 OK", body: refusal},
		{name: "ok-chunked", status: "200 OK", body: refusal, framed: chunked},
		{name: "no-content", status: "204 No Content", framed: closed},
		{name: "reset-content", status: "205 Reset Content"},
		{name: "not-modified", status: "304 Not Modified", framed: closed},
	}
	for _, how := range []answer{
		{name: "sized", body: refusal},
		{name: "chunked", body: refusal, framed: chunked},
		{name: "closed", body: refusal, framed: closed},
		{name: "sized-empty"},
		{name: "chunked-empty", framed: chunked},
		{name: "closed-empty", framed: closed},
	} {
		how.name, how.status, how.headers = "upgrade-426-"+how.name, "426 Upgrade Required", upgrading
		list = append(list, how)
	}
	for _, status := range []string{"400 Bad Request", "401 Unauthorized", "500 Internal Server Error"} {
		list = append(list, answer{name: "upgrade-" + status[:3], status: status, headers: upgrading, body: refusal})
	}
	return list
}()

// text is the body.
func (a answer) text() string { return strings.Join(a.body, "") }

// http1 is the answer as HTTP/1.1 writes it; a reply to HEAD has no body.
func (a answer) http1(head bool) string {
	version := a.version
	if version == "" {
		version = "1.1"
	}
	var b strings.Builder
	for _, interim := range a.before {
		fmt.Fprintf(&b, "HTTP/1.1 %s\r\n\r\n", interim)
	}
	fmt.Fprintf(&b, "HTTP/%s %s\r\n", version, a.status)
	for _, line := range a.headers {
		fmt.Fprintf(&b, "%s\r\n", line)
	}
	switch a.framed {
	case sized:
		fmt.Fprintf(&b, "content-length: %d\r\n", len(a.text())+a.missing)
	case chunked:
		b.WriteString("transfer-encoding: chunked\r\n")
	}
	b.WriteString("\r\n")
	if head {
		return b.String()
	}
	for _, piece := range a.body {
		if a.framed == chunked {
			fmt.Fprintf(&b, "%x\r\n%s\r\n", len(piece), piece)
			continue
		}
		b.WriteString(piece)
	}
	if a.framed == chunked && a.missing == 0 {
		b.WriteString("0\r\n")
		for _, line := range a.trailers {
			fmt.Fprintf(&b, "%s\r\n", line)
		}
		b.WriteString("\r\n")
	}
	return b.String() + a.after
}

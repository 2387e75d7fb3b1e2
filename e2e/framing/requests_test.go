// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"net/http"
	"strconv"
	"strings"
)

// way is one way to ask for something.
type way struct {
	name   string
	http2  bool
	method string
	// protocol is what an upgrade asks for: over HTTP/2 the :protocol of an extended CONNECT.
	protocol string
	// old makes it HTTP/1.0.
	old bool
	// headers are lines, "name: value".
	headers []string
	// size is that of the body that is announced, sent how much of it is sent.
	size, sent int
}

// ways are all.
var ways = []way{
	{name: "GET", method: http.MethodGet},
	{name: "HEAD", method: http.MethodHead},
	{name: "GET and close", method: http.MethodGet, headers: []string{"connection: close"}},
	{name: "GET 1.0", method: http.MethodGet, old: true},
	{name: "GET 1.0 and keep", method: http.MethodGet, old: true, headers: []string{"connection: keep-alive"}},
	{name: "GET gzip", method: http.MethodGet, headers: []string{"accept-encoding: gzip"}},
	{name: "POST", method: http.MethodPost, size: 100, sent: 100},
	{name: "POST in part", method: http.MethodPost, size: 100, sent: 10},
	{name: "POST expecting", method: http.MethodPost, size: 100, sent: 100, headers: []string{"expect: 100-continue"}},
	{name: "upgrade", method: http.MethodGet, protocol: "websocket"},
	{name: "CONNECT", method: http.MethodConnect},
	{name: "GET over HTTP/2", http2: true, method: http.MethodGet},
	{name: "HEAD over HTTP/2", http2: true, method: http.MethodHead},
	{name: "POST over HTTP/2", http2: true, method: http.MethodPost, size: 100, sent: 100},
	{name: "POST in part over HTTP/2", http2: true, method: http.MethodPost, size: 100, sent: 10},
	{name: "extended CONNECT", http2: true, method: http.MethodConnect, protocol: "websocket"},
	{name: "CONNECT over HTTP/2", http2: true, method: http.MethodConnect},
}

// tunnels reports whether the request asks for a tunnel.
func (w way) tunnels() bool { return w.protocol != "" || w.method == http.MethodConnect }

// plainConnect reports whether the request names a host and port instead of a path.
func (w way) plainConnect() bool { return w.method == http.MethodConnect && w.protocol == "" }

// target is what a request asks for.
type target struct{ cluster, answer string }

// path is the target of most requests, authority that of CONNECT.
func (t target) path() string      { return "/" + t.cluster + "/" + t.answer }
func (t target) authority() string { return t.answer + "." + t.cluster + ":443" }

// upgradeFails reports whether Envoy refuses an upgrade because the route takes none: before its filters, so that they see nothing.
func (w way) upgradeFails(to target) bool {
	return w.tunnels() && strings.HasSuffix(to.cluster, "-plain")
}

// mayBeCut reports whether Envoy may close the connection at any time after the upstream's answer began: where that ends too
// early, and where it ends a CONNECT by closing, which Envoy may take for the end of the tunnel.
func (w way) mayBeCut(to target) bool {
	a, _ := find(to.path(), "")
	return a.missing > 0 || a.framed == closed && w.plainConnect()
}

// upgrading reports whether the upstream's answer has the headers of an upgrade.
func (t target) upgrading() bool { return strings.HasPrefix(t.answer, "upgrade-") }

// mayLose reports whether the new body may be missing: where the upstream's has neither a length nor a byte, so that none may be
// possible, and where trailers end a body that is quoted, unannounced or over HTTP/1.
func (t target) mayLose(quoted bool) bool {
	a, _ := find(t.path(), "")
	trailers := a.name == "trailers-unannounced" || a.name == "trailers" && t.cluster == "h1"
	return len(a.body) == 0 && a.framed != sized || trailers && quoted
}

// firstPiece is the first piece of a body that announced trailers end over HTTP/2, "" of another one: the Wasm filter quotes no more of it.
func (t target) firstPiece() string {
	if a, _ := find(t.path(), ""); a.name == "trailers" && t.cluster != "h1" {
		return a.body[0]
	}
	return ""
}

// http1 is the request as HTTP/1 writes it.
func (w way) http1(t target) string {
	line, host, version := t.path(), "a", "1.1"
	if w.plainConnect() {
		line, host = t.authority(), t.authority()
	}
	if w.old {
		version = "1.0"
	}
	lines := []string{w.method + " " + line + " HTTP/" + version, "host: " + host}
	lines = append(lines, w.headers...)
	if w.protocol != "" {
		lines = append(lines, "connection: Upgrade", "upgrade: "+w.protocol, "sec-websocket-version: 13", "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==")
	}
	if w.size > 0 {
		lines = append(lines, "content-length: "+strconv.Itoa(w.size))
	}
	return strings.Join(lines, "\r\n") + "\r\n\r\n" + strings.Repeat("b", w.sent)
}

// second is the request that follows on the same connection, and its reply.
const (
	second     = "/second"
	secondBody = "second"
)

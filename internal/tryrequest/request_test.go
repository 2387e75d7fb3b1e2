// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/facts"
)

// TestCheck has what is refused before anything is sent.
func TestCheck(t *testing.T) {
	good := Request{Method: http.MethodGet, Path: "/"}
	with := func(change func(*Request)) Request {
		r := good
		change(&r)
		return r
	}
	header := func(name, value string) Request {
		return with(func(r *Request) { r.Headers = facts.Headers{{Name: name, Value: value}} })
	}
	path := func(path string) Request { return with(func(r *Request) { r.Path = path }) }
	host := func(host string) Request { return with(func(r *Request) { r.Host = host }) }
	for _, tc := range []struct {
		name    string
		request Request
		wrong   string
	}{
		{"good", good, ""},
		{"dots", path("/a/../../etc/passwd?b=../c"), ""},
		{"a URL in the query", path("/?to=http://evil.example.com/"), ""},
		{"an at sign", path("/@evil.example.com"), ""},
		{"no path", path(""), "does not begin with a slash"},
		{"a URL", path("http://evil.example.com/"), "does not begin with a slash"},
		{"an asterisk", path("*"), "does not begin with a slash"},
		{"an authority", path("evil.example.com:80"), "does not begin with a slash"},
		{"an at sign before it", path("@evil.example.com/"), "does not begin with a slash"},
		{"two slashes", path("//evil.example.com/"), "two slashes"},
		{"a line end", path("/ HTTP/1.1\r\nHost: evil.example.com\r\n\r\nGET /"), "spaces, control characters"},
		{"a line feed", path("/\nx: y"), "spaces, control characters"},
		{"a null", path("/\x00"), "spaces, control characters"},
		{"a character", path("/ä"), "spaces, control characters"},
		{"a long path", path("/" + strings.Repeat("x", maxPath)), "is the most"},
		{"a host", host("shop.example.com:8080"), ""},
		{"a host with a path", host("shop.example.com/x"), "is none"},
		{"a host with a user", host("ann@evil.example.com"), "is none"},
		{"a host with a line end", host("a\r\nx: y"), "is none"},
		{"a long host", host(strings.Repeat("x", 256)), "is none"},
		{"a tunnel", with(func(r *Request) { r.Method = http.MethodConnect }), "opens a tunnel"},
		{"no method", with(func(r *Request) { r.Method = "" }), "no word of HTTP"},
		{"a method with more", with(func(r *Request) { r.Method = "GET / HTTP/1.1\r\nx:" }), "no word of HTTP"},
		{"a large body", with(func(r *Request) { r.Body = make([]byte, MaxBody+1) }), "is the most"},
		{"a header", header("Authorization", "Bearer x"), ""},
		{"Host", header("Host", "evil.example.com"), "not yours to set"},
		{"Content-Length", header("Content-Length", "1"), "not yours to set"},
		{"Transfer-Encoding", header("transfer-encoding", "chunked"), "not yours to set"},
		{"Connection", header("Connection", "x"), "not yours to set"},
		{"Upgrade", header("Upgrade", "h2c"), "not yours to set"},
		{"HTTP2-Settings", header("HTTP2-Settings", "x"), "not yours to set"},
		{"TE", header("TE", "trailers"), "not yours to set"},
		{"Trailer", header("Trailer", "x"), "not yours to set"},
		{"Expect", header("Expect", "100-continue"), "not yours to set"},
		{"ours", header(envoy.TryHeader, "x"), "not yours to set"},
		{"a pseudo-header", header(":authority", "evil.example.com"), "no name of a header"},
		{"a name with a line end", header("x\r\ny", "z"), "no name of a header"},
		{"no name", header("", "z"), "no name of a header"},
		{"a value with a line end", header("x", "y\r\nhost: evil.example.com"), "control character"},
		{"a value with a space before it", header("x", " y"), "white space"},
		{"many headers", with(func(r *Request) { r.Headers = make(facts.Headers, maxHeaders+1) }), "is the most"},
		{"large headers", header("x", strings.Repeat("y", maxHeaderBytes)), "is the most"},
	} {
		err := tc.request.Check()
		if tc.wrong == "" && err != nil || tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.wrong)
		}
	}
	all := Request{Method: "?", Path: "x", Host: "/"}
	if err := all.Check(); err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("not all that is wrong is said at once: %v", err)
	}
}

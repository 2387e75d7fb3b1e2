// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// document answers the errors of the tests.
const document = `{"gatewayResponses": {
	"RESOURCE_NOT_FOUND": {"responseTemplates": {"application/json": "{\"error\":$context.error.messageString,\"path\":\"$context.path\"}"}},
	"DEFAULT_4XX": {"responseTemplates": {"text/plain": "status $context.status"}}
}}`

// TestReplies holds what a client gets: an error with a body is rewritten in place, one that ends with its headers gets a body, HEAD
// only the headers, and what is good passes.
func TestReplies(t *testing.T) {
	p, url := start(t, document)
	tests := []struct {
		name, method, path string
		status             int
		body, contentType  string
		length             string
	}{
		{"in place", "GET", "/rbac", 403, "status 403", "text/plain", "10"},
		{"header-only", "GET", "/nowhere", 404, `{"error":"Not Found","path":"/nowhere"}`, "application/json", "39"},
		{"HEAD", "HEAD", "/nowhere", 404, "", "application/json", "39"},
		{"after HEAD", "GET", "/rbac", 403, "status 403", "text/plain", "10"},
		{"good", "GET", "/ok", 200, "ok\n", "text/plain", "3"},
	}
	for _, client := range envoytest.Clients {
		for _, test := range tests {
			t.Run(client.Name+" "+test.name, func(t *testing.T) {
				reply := client.Send(t, url, envoytest.NewID(), envoytest.Request{Method: test.method, Path: test.path})
				if reply.Status != test.status || string(reply.Body) != test.body {
					t.Errorf("%d %s, want %d %s", reply.Status, reply.Body, test.status, test.body)
				}
				if got := reply.Headers.Get("Content-Type"); got != test.contentType {
					t.Errorf("Content-Type %q, want %q", got, test.contentType)
				}
				if got := reply.Headers.Get("Content-Length"); got != test.length {
					t.Errorf("Content-Length %q, want %q", got, test.length)
				}
			})
		}
	}
	for labels, want := range map[string]int{
		"gateway_response_type.ACCESS_DENIED.gateway_response_status.403":      4,
		"gateway_response_type.RESOURCE_NOT_FOUND.gateway_response_status.404": 4,
		"failed.panic": 0,
	} {
		if got := p.Stat(t, "dynamicmodulescustom.gateway_responses."+labels); got != want {
			t.Errorf("%s: %d, want %d", labels, got, want)
		}
	}
	for _, want := range []string{`"gateway_response_entry":"RESOURCE_NOT_FOUND"`, `"response_code_details":"route_not_found"`} {
		envoytest.Eventually(t, want, func() bool { return strings.Contains(p.Access.String(), want) })
	}
}

// TestBeforeTheFilters holds that replies which Envoy makes before any filter sees the request are rewritten, too.
func TestBeforeTheFilters(t *testing.T) {
	p, _ := start(t, document)
	for name, test := range map[string]struct{ request, want string }{
		"no host":           {"GET /ok HTTP/1.1\r\n\r\n", "status 400"},
		"HTTP/1.0":          {"GET /ok HTTP/1.0\r\n\r\n", "status 426"},
		"too many headers":  {"GET /ok HTTP/1.1\r\nHost: a\r\n" + strings.Repeat("X-A: 1\r\n", 200) + "\r\n", "status 431"},
		"too large headers": {"GET /ok HTTP/1.1\r\nHost: a\r\nX-A: " + strings.Repeat("a", 100_000) + "\r\n\r\n", "status 431"},
	} {
		t.Run(name, func(t *testing.T) {
			reply := envoytest.RawRequest(t, p.Address(t, "gateway"), test.request)
			if string(reply.Body) != test.want {
				t.Errorf("%d %s, want %s", reply.Status, reply.Body, test.want)
			}
		})
	}
}

// TestManyHeaders holds that all headers of a request are read, also those for which there is no room at first.
func TestManyHeaders(t *testing.T) {
	p, _ := start(t, `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "$method.request.header.x-last"}}}}`)
	reply := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /rbac HTTP/1.1\r\nHost: a\r\n"+strings.Repeat("X-A: 1\r\n", 80)+"X-Last: here\r\n\r\n")
	if string(reply.Body) != "here" {
		t.Errorf("%d %s", reply.Status, reply.Body)
	}
}

// TestEmptyHeader holds that a header which would have an empty value is not there: Envoy lets a module set none.
func TestEmptyHeader(t *testing.T) {
	p, _ := start(t, `{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "no"}, "responseParameters": {
		"gatewayresponse.header.content-language": "method.request.header.x-empty", "gatewayresponse.header.x-given": "method.request.header.x-given"}}}}`)
	reply := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /rbac HTTP/1.1\r\nHost: a\r\nX-Empty: \r\nX-Given: 1\r\n\r\n")
	given, _ := reply.Headers.First("x-given")
	if empty, found := reply.Headers.First("content-language"); string(reply.Body) != "no" || given != "1" || found {
		t.Errorf("%d %s, Content-Language %q, %t", reply.Status, reply.Body, empty, found)
	}
	if got := p.Stat(t, "dynamicmodulescustom.gateway_responses.left.gateway_response_left.hostError"); got != 0 {
		t.Errorf("%d replies were left because of Envoy", got)
	}
}

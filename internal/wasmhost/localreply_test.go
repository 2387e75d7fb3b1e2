// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"gatewayresponses/internal/facts"
)

// headerOnly makes the reply one without a body.
func headerOnly(x *Exchange) {
	x.Facts.Reply = facts.Reply{Status: 404, Details: "route_not_found", Headers: headerLines("x-a: 1")}
}

// withRequestHeader adds a request header, or replaces the method.
func withRequestHeader(name, value string) func(*Exchange) {
	return func(x *Exchange) {
		headers := newRequestMap(x.Facts.Request.Headers)
		headers.replace(name, value)
		x.Facts.Request.Headers = headers.lines
	}
}

func TestNestedReply(t *testing.T) {
	runAll(t, []behaviour{
		{
			name: "a new header map, and no body callback",
			scripts: scripts{
				response: "arguments\nsend 503 route_not_found {} -1 X-B 2 content-type application/json",
				body:     []string{"arguments"},
			},
			change: headerOnly,
			want: `
response-headers: arguments = 2 true
response-headers: send 503 route_not_found {} -1 X-B 2 content-type application/json = ok
< :status: 503
< x-b: 2
< content-type: application/json
< content-length: 2
"{}"
details route_not_found
nested`,
		},
		{
			name:    "text/plain unless the plugin says otherwise; white space in the details becomes _",
			scripts: scripts{response: "send 503 \"a b\\tc\\nd\" text -1"},
			change:  headerOnly,
			want: `
response-headers: send 503 "a b\tc\nd" text -1 = ok
< :status: 503
< content-length: 4
< content-type: text/plain
"text"
details a_b_c_d
nested`,
		},
		{
			name:    "without a body no content-type and no content-length",
			scripts: scripts{response: "send 503 d \"\" -1 content-type a/b content-length 3"},
			change:  headerOnly,
			want: `
response-headers: send 503 d "" -1 content-type a/b content-length 3 = ok
< :status: 503
details d
nested`,
		},
		{
			name:    "the route's headers come first and are added to",
			scripts: scripts{response: "send 503 d x -1 x-r 1 access-control-allow-origin a"},
			change: func(x *Exchange) {
				headerOnly(x)
				x.RouteHeaders = headerLines("x-r: 1\naccess-control-allow-origin: a")
			},
			want: `
response-headers: send 503 d x -1 x-r 1 access-control-allow-origin a = ok
< :status: 503
< x-r: 1
< access-control-allow-origin: a,a
< x-r: 1
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
		{
			name:    "it takes the place of a reply with a body too",
			scripts: scripts{response: "send 503 d x -1"},
			want: `
response-headers: send 503 d x -1 = ok
< :status: 503
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
		{
			name: "on_log sees the new map and the new code; the attribute response.headers is the old one",
			scripts: scripts{
				response: "send 503 d x -1 x-new 2",
				log: `get-header response x-new
get-header response x-a
get-property response headers x-a
get-property response code
get-property response code_details`,
			},
			want: `
response-headers: send 503 d x -1 x-new 2 = ok
log: get-header response x-new = ok "2"
log: get-header response x-a = not found
log: get-property response headers x-a = ok "1,2"
log: get-property response code = ok "\xf7\x01\x00\x00\x00\x00\x00\x00"
log: get-property response code_details = ok "d"
< :status: 503
< x-new: 2
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
		{
			name:    "it waits until the callback has returned",
			scripts: scripts{response: "send 503 d x -1\nget-header response x-a\nget-property response code_details"},
			want: `
response-headers: send 503 d x -1 = ok
response-headers: get-header response x-a = ok "1"
response-headers: get-property response code_details = ok "denied by test"
< :status: 503
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
		{
			name:    "pausing as well is what it should do",
			scripts: scripts{response: "send 503 d x -1\npause"},
			want: `
response-headers: send 503 d x -1 = ok
< :status: 503
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
		{
			name:    "a second one is dropped",
			scripts: scripts{response: "send 503 d x -1\nsend 504 d y -1"},
			want: `
response-headers: send 503 d x -1 = ok
response-headers: send 504 d y -1 = ok
< :status: 503
< content-length: 1
< content-type: text/plain
"x"
details d
nested
fault a second local response from one callback is dropped`,
		},
		{
			name:    "more headers than allowed are none",
			scripts: scripts{response: "flood-send 503 1025"},
			want: `
response-headers: flood-send 503 1025 = ok
< :status: 503
details 
nested
fault a header map of the plugin counts as empty: 1025 pairs, at most 1024 are allowed`,
		},
		{
			name:    "to a HEAD: the length of the body, and no body",
			scripts: scripts{response: "arguments\nsend 503 d text -1"},
			change: func(x *Exchange) {
				headerOnly(x)
				withRequestHeader(":method", "HEAD")(x)
			},
			want: `
response-headers: arguments = 2 true
response-headers: send 503 d text -1 = ok
< :status: 503
< content-length: 4
< content-type: text/plain
details d
nested`,
		},
	})
}

func TestGRPCReply(t *testing.T) {
	const grpc = "application/grpc"
	runAll(t, []behaviour{
		{
			name:    "trailers only, with the body as message",
			scripts: scripts{response: "send 503 d \"50% ~ä\" -1 content-length 9"},
			change:  withRequestHeader("content-type", grpc),
			want: `
response-headers: send 503 d "50% ~ä" -1 content-length 9 = ok
< :status: 200
< content-type: application/grpc
< grpc-status: 14
< grpc-message: 50%25 %7E%C3%A4
details d
nested`,
		},
		{
			name:    "the status that the plugin chose",
			scripts: scripts{response: "send 503 d \"\" 8"},
			change:  withRequestHeader("content-type", grpc+"+json"),
			want: `
response-headers: send 503 d "" 8 = ok
< :status: 200
< content-type: application/grpc
< grpc-status: 8
details d
nested`,
		},
		{
			name:    "a status out of range counts for none",
			scripts: scripts{response: "send 401 d \"\" 17"},
			change:  withRequestHeader("content-type", grpc),
			want: `
response-headers: send 401 d "" 17 = ok
< :status: 200
< content-type: application/grpc
< grpc-status: 16
details d
nested`,
		},
		{
			name:    "a grpc-status among the headers wins",
			scripts: scripts{response: "send 503 d \"\" 8 grpc-status 3"},
			change:  withRequestHeader("content-type", grpc),
			want: `
response-headers: send 503 d "" 8 grpc-status 3 = ok
< :status: 200
< grpc-status: 3
< content-type: application/grpc
details d
nested`,
		},
		{
			name:    "gRPC-Web is plain HTTP",
			scripts: scripts{response: "send 503 d x -1"},
			change:  withRequestHeader("content-type", grpc+"-web"),
			want: `
response-headers: send 503 d x -1 = ok
< :status: 503
< content-length: 1
< content-type: text/plain
"x"
details d
nested`,
		},
	})
}

func TestReplyFromRequestPhase(t *testing.T) {
	runAll(t, []behaviour{
		{
			name: "it passes the filter like any other",
			scripts: scripts{
				request: `send 401 mine "who are you" -1 x-b 2`,
				response: `arguments
get-property response code_details
get-header request :path
replace-header response x-b 3`,
				body: []string{"get-buffer body 0 end"},
			},
			change: func(x *Exchange) { x.RouteHeaders = headerLines("x-r: 1") },
			want: `
request-headers: send 401 mine "who are you" -1 x-b 2 = ok
response-headers: arguments = 5 false
response-headers: get-property response code_details = ok "mine"
response-headers: get-header request :path = ok "/pets?limit=5#top"
response-headers: replace-header response x-b 3 = ok
response-body: get-buffer body 0 end = ok "who are you"
< :status: 401
< x-r: 1
< content-length: 11
< content-type: text/plain
< x-b: 3
"who are you"
details mine`,
		},
		{
			name:    "and can be replaced by a nested one",
			scripts: scripts{request: "send 401 mine \"\" -1", response: "arguments\nsend 403 mine no -1"},
			want: `
request-headers: send 401 mine "" -1 = ok
response-headers: arguments = 1 true
response-headers: send 403 mine no -1 = ok
< :status: 403
< content-length: 2
< content-type: text/plain
"no"
details mine
nested`,
		},
	})
}

func TestReplyTooLate(t *testing.T) {
	runAll(t, []behaviour{
		{
			name:    "from the body callback: the stream is reset",
			scripts: scripts{body: []string{"send 503 d x -1"}},
			want: `
response-body: send 503 d x -1 = ok
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
details denied_by_test
reset
fault a local response from a body callback resets the stream: the headers have left`,
		},
		{
			name:    "from on_log",
			scripts: scripts{log: "send 503 d x -1"},
			want: `
log: send 503 d x -1 = ok` + untouched + `
fault a local response from on_log comes too late`,
		},
	})
}

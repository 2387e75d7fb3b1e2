// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"strconv"
	"testing"
)

func TestHeaderMaps(t *testing.T) {
	runAll(t, []behaviour{
		{name: "nothing done is nothing changed", want: untouched},
		{
			name:    "request headers in the request phase",
			scripts: scripts{request: "get-header request :path\nget-header request X-NONE"},
			want: `
request-headers: get-header request :path = ok "/pets?limit=5#top"
request-headers: get-header request X-NONE = not found` + untouched,
		},
		{
			name: "request headers are out of reach in the response phase",
			scripts: scripts{
				response: "get-header request :path\nget-headers request\nadd-header request a b\nheaders-size request",
				body:     []string{"get-header request :path"},
			},
			want: `
response-headers: get-header request :path = bad argument
response-headers: get-headers request = ok, no data
response-headers: add-header request a b = bad argument
response-headers: headers-size request = bad argument
response-body: get-header request :path = bad argument` + untouched,
		},
		{
			name:    "both maps can be read in on_log, and not be changed",
			scripts: scripts{log: "get-header request :path\nget-header response x-a\nget-header response x-none\nadd-header response a b"},
			want: `
log: get-header request :path = ok "/pets?limit=5#top"
log: get-header response x-a = ok "1"
log: get-header response x-none = not found
log: add-header response a b = bad argument` + untouched,
		},
		{
			name:    "response headers are out of reach before and after their callback",
			scripts: scripts{request: "get-header response x-a", body: []string{"get-header response x-a\nreplace-header response x-a 3"}},
			want: `
request-headers: get-header response x-a = bad argument
response-body: get-header response x-a = bad argument
response-body: replace-header response x-a 3 = bad argument` + untouched,
		},
		{
			name:    "maps that are never there, and one that does not exist",
			scripts: scripts{response: "get-header 1 a\nget-header 9 a\nget-headers 9", log: "get-header 1 a"},
			want: `
response-headers: get-header 1 a = bad argument
response-headers: get-header 9 a = bad argument
response-headers: get-headers 9 = bad argument
log: get-header 1 a = not found` + untouched,
		},
		{
			name:    "the first value, and all pairs with pseudo-headers first",
			scripts: scripts{response: "get-header response X-A\nheaders-size response\nget-headers response"},
			change: func(x *Exchange) {
				headerOnly(x)
				x.Facts.Reply.Headers = headerLines("X-A: 1\nx-a: ")
			},
			want: `
response-headers: get-header response X-A = ok "1"
response-headers: headers-size response = ok 17
response-headers: get-headers response = ok ` + strconv.Quote("\x03\x00\x00\x00"+
				"\a\x00\x00\x00\x03\x00\x00\x00\x03\x00\x00\x00\x01\x00\x00\x00\x03\x00\x00\x00\x00\x00\x00\x00"+
				":status\x00404\x00x-a\x001\x00x-a\x00\x00") + `
< :status: 404
< x-a: 1
< x-a: 
details route_not_found`,
		},
		{
			name:    "replace drops all values and adds one at the end",
			scripts: scripts{response: "replace-header response X-A 3\nreplace-header response :status 404\nreplace-header response x-new n"},
			want: `
response-headers: replace-header response X-A 3 = ok
response-headers: replace-header response :status 404 = ok
response-headers: replace-header response x-new n = ok
< :status: 404
< content-type: text/plain
< content-length: 6
< x-a: 3
< x-new: n
"denied"
details denied_by_test`,
		},
		{
			name:    "add gives a further line, or joins what Envoy holds inline",
			scripts: scripts{response: "add-header response X-A 3\nadd-header response vary a\nadd-header response vary b"},
			want: `
response-headers: add-header response X-A 3 = ok
response-headers: add-header response vary a = ok
response-headers: add-header response vary b = ok
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
< x-a: 3
< vary: a,b
"denied"
details denied_by_test`,
		},
		{
			name:    "remove takes all lines away, or none",
			scripts: scripts{response: "remove-header response X-A\nremove-header response x-none"},
			want: `
response-headers: remove-header response X-A = ok
response-headers: remove-header response x-none = ok
< :status: 403
< content-type: text/plain
< content-length: 6
"denied"
details denied_by_test`,
		},
		{
			name:    "the whole map replaced",
			scripts: scripts{response: "set-headers response :status 200 b 1 :late x B 2 content-length 6"},
			want: `
response-headers: set-headers response :status 200 b 1 :late x B 2 content-length 6 = ok
< :status: 200
< :late: x
< b: 1
< b: 2
< content-length: 6
"denied"
details denied_by_test`,
		},
		{
			name:    "without :status a 502 takes the place of the reply",
			scripts: scripts{response: "remove-header response :status"},
			want: `
response-headers: remove-header response :status = ok
< :status: 502
< content-length: 32
< content-type: text/plain
"missing required header: :status"
details filter_removed_required_response_headers{missing_required_header:_:status}`,
		},
		{
			name:    "a :status that is no number is none",
			scripts: scripts{response: "replace-header response :status teapot"},
			want: `
response-headers: replace-header response :status teapot = ok
< :status: 502
< content-length: 32
< content-type: text/plain
"missing required header: :status"
details filter_removed_required_response_headers{missing_required_header:_:status}`,
		},
		{
			name:    "more pairs than allowed are none",
			scripts: scripts{request: "flood-headers request 1025\nget-headers request"},
			want: `
request-headers: flood-headers request 1025 = ok
request-headers: get-headers request = ok, no data` + untouched + `
fault a header map of the plugin counts as empty: 1025 pairs, at most 1024 are allowed`,
		},
		{
			name:    "the arguments count the headers and tell the end",
			scripts: scripts{response: "arguments", body: []string{"arguments"}},
			want: `
response-headers: arguments = 5 false
response-body: arguments = 6 true` + untouched,
		},
	})
}

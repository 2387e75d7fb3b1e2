// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "testing"

// TestTrailers holds what a plugin can do when an upstream ends its reply with trailers.
func TestTrailers(t *testing.T) {
	upstream := func(x *Exchange) {
		x.Upstream, x.Facts.Reply.Details, x.Facts.Reply.Headers = true, "", nil
		x.Chunks = [][]byte{[]byte("one "), []byte("two ")}
		x.Trailers = headerLines("x-sum: 1")
	}
	without := func(x *Exchange) { upstream(x); x.Chunks = [][]byte{} }
	runAll(t, []behaviour{
		{
			name:    "no chunk is the end, and what has gone cannot be changed",
			scripts: scripts{body: []string{"arguments", "arguments"}, trailers: "arguments\nget-header trailers x-sum\nset-buffer body 0 9 late"},
			change:  upstream,
			want: `
response-body: arguments = 4 false
response-body: arguments = 4 false
response-trailers: arguments = 1
response-trailers: get-header trailers x-sum = ok "1"
response-trailers: set-buffer body 0 9 late = bad argument
< :status: 403
"one two "
> x-sum: 1
details via_upstream`,
		},
		{
			name:    "what the plugin has paused can be changed",
			scripts: scripts{body: []string{"", "pause"}, trailers: "set-buffer body 0 9 TWO\nset-headers trailers"},
			change:  upstream,
			want: `
response-trailers: set-buffer body 0 9 TWO = ok
response-trailers: set-headers trailers = ok
< :status: 403
"one TWO"
details via_upstream`,
		},
		{
			name:    "a reply can have trailers and no body",
			scripts: scripts{response: "arguments", body: []string{"arguments"}, trailers: "set-buffer body 0 9 late"},
			change:  without,
			want: `
response-headers: arguments = 1 false
response-trailers: set-buffer body 0 9 late = bad argument
< :status: 403
> x-sum: 1
details via_upstream`,
		},
		{
			name:    "a pause is a hang",
			scripts: scripts{trailers: "pause"},
			change:  without,
			want: `
< :status: 403
details via_upstream
hang`,
		},
		{
			name:    "a reply of the plugin comes too late",
			scripts: scripts{trailers: "send 500 late late -1"},
			change:  without,
			want: `
response-trailers: send 500 late late -1 = ok
< :status: 403
details via_upstream
reset`,
		},
		{
			name:    "a reply to HEAD has none",
			scripts: scripts{trailers: "arguments"},
			change:  func(x *Exchange) { upstream(x); withRequestHeader(":method", "HEAD")(x) },
			want: `
< :status: 403
details via_upstream`,
		},
	})
}

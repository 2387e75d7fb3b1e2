// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// denied is how show prints the reply of scripts.exchange with another body.
func denied(body, fault string) string {
	text := `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
` + body + `
details denied_by_test`
	if fault != "" {
		text += "\nfault " + fault
	}
	return text
}

func TestBuffers(t *testing.T) {
	runAll(t, []behaviour{
		{
			name:    "a part, to the end, and behind it",
			scripts: scripts{body: []string{"get-buffer body 0 2\nget-buffer body 2 end\nget-buffer body 9 1\nget-buffer body 0 0"}},
			want: `
response-body: get-buffer body 0 2 = ok "de"
response-body: get-buffer body 2 end = ok "nied"
response-body: get-buffer body 9 1 = ok, no data
response-body: get-buffer body 0 0 = ok, no data` + untouched,
		},
		{
			name:    "from the start: so many bytes are replaced",
			scripts: scripts{body: []string{"set-buffer body 0 4 allow"}},
			want: `
response-body: set-buffer body 0 4 allow = ok` + denied(`"allowed"`, `content-length "6" with a body of 7 bytes`),
		},
		{
			name:    "from the start: all is replaced",
			scripts: scripts{body: []string{"set-buffer body 0 end fine\\x21"}},
			want: `
response-body: set-buffer body 0 end fine\x21 = ok` + denied(`"fine\\x21"`, `content-length "6" with a body of 8 bytes`),
		},
		{
			name:    "from the start, no bytes: prepended",
			scripts: scripts{body: []string{"set-buffer body 0 0 un"}},
			want: `
response-body: set-buffer body 0 0 un = ok` + denied(`"undenied"`, `content-length "6" with a body of 8 bytes`),
		},
		{
			name:    "behind the end: appended",
			scripts: scripts{body: []string{"set-buffer body end 0 !\nset-buffer body 7 3 ?\nget-buffer body 0 end"}},
			want: `
response-body: set-buffer body end 0 ! = ok
response-body: set-buffer body 7 3 ? = ok
response-body: get-buffer body 0 end = ok "denied!?"` + denied(`"denied!?"`, `content-length "6" with a body of 8 bytes`),
		},
		{
			name:    "in the middle: refused",
			scripts: scripts{body: []string{"set-buffer body 1 1 x"}},
			want: `
response-body: set-buffer body 1 1 x = bad argument` + untouched,
		},
		{
			name:    "outside the body callback: empty, and not to be written",
			scripts: scripts{response: "get-buffer body 0 9\nset-buffer body 0 9 x", log: "set-buffer body 0 9 x"},
			want: `
response-headers: get-buffer body 0 9 = ok, no data
response-headers: set-buffer body 0 9 x = bad argument
log: set-buffer body 0 9 x = bad argument` + untouched,
		},
		{
			name:    "other buffers",
			scripts: scripts{response: "get-buffer configuration 0 9\nset-buffer configuration 0 9 x\nget-buffer 9 0 1\nget-buffer 6 0 9"},
			want: `
response-headers: get-buffer configuration 0 9 = not found
response-headers: set-buffer configuration 0 9 x = not found
response-headers: get-buffer 9 0 1 = bad argument
response-headers: get-buffer 6 0 9 = ok, no data` + untouched,
		},
	})
}

// TestChunks holds what becomes of an upstream's body that comes in pieces.
func TestChunks(t *testing.T) {
	upstream := func(x *Exchange) {
		x.Upstream, x.Facts.Reply.Details = true, ""
		x.Chunks = [][]byte{[]byte("one "), []byte("two "), {}}
	}
	const headers = `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
`
	runAll(t, []behaviour{
		{
			name:    "every chunk has a callback, and only the last is the end",
			scripts: scripts{body: []string{"arguments", "arguments", "arguments"}},
			change:  upstream,
			want: `
response-body: arguments = 4 false
response-body: arguments = 4 false
response-body: arguments = 0 true` + headers + `"one two "
details via_upstream`,
		},
		{
			name:    "a paused chunk comes again with the next",
			scripts: scripts{body: []string{"pause", "arguments\nset-buffer body 0 3 ONE"}},
			change:  upstream,
			want: `
response-body: arguments = 8 false
response-body: set-buffer body 0 3 ONE = ok` + headers + `"ONE two "
details via_upstream`,
		},
		{
			name:    "a pause at the end is a hang",
			scripts: scripts{body: []string{"", "", "pause"}},
			change:  upstream,
			want: headers + `"one two "
details via_upstream
hang`,
		},
	})
}

// TestSetLeavesTheOriginal holds that a chunk of a test's exchange is not written to.
func TestSetLeavesTheOriginal(t *testing.T) {
	original := []byte("abc")
	chunk := original[:2]
	buffer{chunk, &chunk}.set(2, 0, "X")
	if diff := cmp.Diff("abX abc", string(chunk)+" "+string(original)); diff != "" {
		t.Errorf("chunk and original (-want +got):\n%s", diff)
	}
}

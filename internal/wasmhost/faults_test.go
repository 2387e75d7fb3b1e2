// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name    string
		scripts scripts
		change  func(*Exchange)
		want    []string
	}{
		{
			name: "control bytes in a value",
			scripts: scripts{response: `add-header response x-ok "tab\tand ä"
add-header response x-bad "a\x01\x02"
add-header response x-del "\x7f"`},
			want: []string{
				`header x-bad has the byte 0x01 in its value "a\x01\x02"`,
				`header x-del has the byte 0x7f in its value "\x7f"`,
			},
		},
		{
			name: "names that are no tokens",
			scripts: scripts{response: `add-header response "x a" 1
add-header response "" 1
add-header response X-Fine_1 1`},
			want: []string{`header name "x a" is not a token in lower case`, `header name "" is not a token in lower case`},
		},
		{
			name:    "a line end in a reply that the plugin sends",
			scripts: scripts{response: `send 503 d x -1 x-a "1\r\nx-b: 2"`},
			want:    []string{`header x-a has the byte 0x0d in its value "1\r\nx-b: 2"`},
		},
		{
			name:    "an informational status",
			scripts: scripts{response: "replace-header response :status 103"},
			want:    []string{"status 103: an HTTP/1 client waits for another"},
		},
		{
			name:    "204 with a body",
			scripts: scripts{response: "replace-header response :status 204"},
			want:    []string{"status 204 with a body of 6 bytes: an HTTP/2 stream fails"},
		},
		{
			name:    "304 with a body; its length is that of another reply",
			scripts: scripts{response: "replace-header response :status 304\nreplace-header response content-length 9"},
			want:    []string{"status 304 with a body of 6 bytes: an HTTP/2 stream fails"},
		},
		{
			name: "a refused upgrade without a length",
			scripts: scripts{response: "remove-header response content-length\nadd-header response upgrade websocket\n" +
				"add-header response connection Upgrade"},
			want: []string{"a refused upgrade with a body of 6 bytes and no length: Envoy announces 0"},
		},
		{
			name:    "204 without a body",
			scripts: scripts{response: "send 204 d \"\" -1"},
		},
		{
			name:    "a length that is not that of the body",
			scripts: scripts{response: "replace-header response content-length 5"},
			want:    []string{`content-length "5" with a body of 6 bytes`},
		},
		{
			name:    "a length without a body",
			scripts: scripts{response: "replace-header response content-length 5"},
			change:  headerOnly,
			want:    []string{`content-length "5" with a body of 0 bytes`},
		},
		{
			name:    "two lengths",
			scripts: scripts{response: "add-header response content-length 6"},
			want:    []string{`content-length "6,6" with a body of 6 bytes`},
		},
		{
			name:    "any length in a reply to HEAD",
			scripts: scripts{response: "replace-header response content-length 5"},
			change:  withRequestHeader(":method", "HEAD"),
		},
		{
			name:    "a body in a reply to HEAD that does not end with its headers",
			scripts: scripts{response: "remove-header response content-length", body: []string{"set-buffer body 0 end new"}},
			change: func(x *Exchange) {
				withRequestHeader(":method", "HEAD")(x)
				x.Upstream, x.Chunks = true, [][]byte{nil}
			},
			want: []string{"a reply to HEAD with a body of 3 bytes: the client takes them for the next reply"},
		},
		{
			name:    "a refused CONNECT that succeeds",
			scripts: scripts{response: "replace-header response :status 200"},
			change:  withRequestHeader(":method", "CONNECT"),
			want:    []string{"status 200 in the place of 403: the client takes the tunnel for open"},
		},
		{
			name:    "a refused upgrade that succeeds",
			scripts: scripts{response: "replace-header response :status 201"},
			change:  withRequestHeader("upgrade", "websocket"),
			want:    []string{"status 201 in the place of 403: the client takes the tunnel for open"},
		},
		{
			name:    "no length",
			scripts: scripts{response: "remove-header response content-length"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			exchange := tc.scripts.exchange()
			if tc.change != nil {
				tc.change(&exchange)
			}
			outcome := probe(t, Options{}, "").Do(exchange)
			if diff := cmp.Diff(tc.want, outcome.Faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}

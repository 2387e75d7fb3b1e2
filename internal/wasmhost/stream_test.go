// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCallbacks(t *testing.T) {
	for _, tc := range []struct {
		name    string
		scripts scripts
		change  func(*Exchange)
		want    []string
	}{
		{
			name: "of a local reply with a body",
			want: []string{
				"proxy_on_context_create", "proxy_on_request_headers", "proxy_on_response_headers", "proxy_on_response_body",
				"proxy_on_log", "proxy_on_done", "proxy_on_delete",
			},
		},
		{
			name:   "of a reply that ends with its headers",
			change: headerOnly,
			want: []string{
				"proxy_on_context_create", "proxy_on_request_headers", "proxy_on_response_headers",
				"proxy_on_log", "proxy_on_done", "proxy_on_delete",
			},
		},
		{
			name:   "of a reply to HEAD",
			change: withRequestHeader(":method", "HEAD"),
			want: []string{
				"proxy_on_context_create", "proxy_on_request_headers", "proxy_on_response_headers",
				"proxy_on_log", "proxy_on_done", "proxy_on_delete",
			},
		},
		{
			name:   "of a reply to gRPC",
			change: withRequestHeader("content-type", "application/grpc"),
			want: []string{
				"proxy_on_context_create", "proxy_on_request_headers", "proxy_on_response_headers",
				"proxy_on_log", "proxy_on_done", "proxy_on_delete",
			},
		},
		{
			name:   "of a reply made before the filter",
			change: func(x *Exchange) { x.SkipRequest = true },
			want:   []string{"proxy_on_context_create", "proxy_on_log", "proxy_on_done", "proxy_on_delete"},
		},
		{
			name:    "of a request that is not let go on",
			scripts: scripts{request: "pause"},
			want:    []string{"proxy_on_context_create", "proxy_on_request_headers", "proxy_on_log", "proxy_on_done", "proxy_on_delete"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			exchange := tc.scripts.exchange()
			if tc.change != nil {
				tc.change(&exchange)
			}
			outcome := probe(t, Options{}, "").Do(exchange)
			if diff := cmp.Diff(tc.want, outcome.Callbacks); diff != "" {
				t.Errorf("callbacks (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPauses(t *testing.T) {
	runAll(t, []behaviour{
		{
			name:    "a paused request hangs",
			scripts: scripts{request: "pause", response: "arguments"},
			want:    "details denied_by_test\nhang",
		},
		{
			name:    "a reply paused at its headers hangs",
			scripts: scripts{response: "pause\narguments", body: []string{"arguments"}},
			want: `
response-headers: arguments = 5 false
details denied_by_test
hang`,
		},
	})
}

func TestSkippedRequest(t *testing.T) {
	runAll(t, []behaviour{{
		name: "on_log sees the request and the reply",
		scripts: scripts{
			request: "arguments", response: "arguments", body: []string{"arguments"},
			log: "get-header request :path\nget-header response x-a\nget-property response code_details",
		},
		change: func(x *Exchange) { x.SkipRequest = true },
		want: `
log: get-header request :path = ok "/pets?limit=5#top"
log: get-header response x-a = ok "1"
log: get-property response code_details = ok "denied by test"` + untouched,
	}})
}

func TestHeadAndUpstream(t *testing.T) {
	runAll(t, []behaviour{
		{
			name:   "a reply to HEAD has the length of its body",
			change: withRequestHeader(":method", "HEAD"),
			want: `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
details denied_by_test`,
		},
		{
			name:    "an upstream's reply has the headers it has",
			scripts: scripts{response: "get-property response code_details"},
			change: func(x *Exchange) {
				x.Upstream, x.Facts.Reply.Details = true, ""
			},
			want: `
response-headers: get-property response code_details = ok "via_upstream"
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
"denied"
details via_upstream`,
		},
		{
			name:   "an upstream's reply to gRPC has a body",
			change: func(x *Exchange) { x.Upstream = true; withRequestHeader("content-type", "application/grpc")(x) },
			want: `
< :status: 403
< content-type: text/plain
< x-a: 1
< x-a: 2
"denied"
details denied_by_test`,
		},
	})
}

func TestTrace(t *testing.T) {
	outcome := probe(t, Options{}, "").Do(scripts{
		response: "get-property response code_details\nincrement 4 -1\nqueue q\nread-nowhere",
	}.exchange())
	const want = `proxy_on_response_headers: proxy_get_property("response\x00code_details" = "denied by test") ok
proxy_on_response_headers: proxy_increment_metric(4, -1) not found
proxy_on_response_headers: proxy_register_shared_queue() unimplemented
proxy_on_response_headers: proxy_log(2) invalid memory access
`
	var got Outcome
	for _, call := range outcome.Calls {
		if call.Callback == "proxy_on_response_headers" && (call.Name != "proxy_log" || call.Status != StatusOK) {
			got.Calls = append(got.Calls, call)
		}
	}
	if diff := cmp.Diff(want, got.Trace()); diff != "" {
		t.Errorf("trace (-want +got):\n%s", diff)
	}
	if got := outcome.Count("proxy_get_property"); got != 1 {
		t.Errorf("Count(proxy_get_property) = %d, want 1", got)
	}
}

func TestInvalidMemory(t *testing.T) {
	runAll(t, []behaviour{{
		name:    "an argument and a place for the result",
		scripts: scripts{request: "read-nowhere\nstore-nowhere"},
		want: `
request-headers: read-nowhere = invalid memory access
request-headers: store-nowhere = invalid memory access` + untouched,
	}})
}

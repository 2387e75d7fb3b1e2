// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/wasmhost"
)

// limitedCall are the attributes of a call that the local rate limit refused: Envoy took it for a 429.
var limitedCall = map[string]string{
	"response.code":         "\xad\x01\x00\x00\x00\x00\x00\x00",
	"response.code_details": "local_rate_limited",
}

// grpcReplyHead is how Envoy words such a reply.
const grpcReplyHead = "200\ncontent-type: application/grpc\ngrpc-status: 14\ngrpc-message: limited"

// lookedAt is the beginning of every trace of a reply for gRPC that is decided on.
const lookedAt = `
request headers
response headers
  get header :status
  get header grpc-status
  get property response.code
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
`

func TestGRPCReplies(t *testing.T) {
	needs := engine.Needs{GRPC: true}
	runAll(t, []exchange{
		{
			name: "a good reply with a body costs one look-up", needs: needs,
			reply: "200\ngrpc-status: 0", chunks: []string{"ok"},
			want: `
request headers
response headers
  get header :status
response body
log
client
  :status: 200
  grpc-status: 0
  "ok"`,
		},
		{
			name: "so does another good status", needs: needs,
			reply: "204",
			want: `
request headers
response headers
  get header :status
log
client
  :status: 204
  ""`,
		},
		{
			name: "one that ends with its headers costs two", needs: needs,
			reply: "200",
			want: `
request headers
response headers
  get header :status
  get header grpc-status
log
client
  :status: 200
  ""`,
		},
		{
			name:  "without the key grpc one, whatever ends there",
			reply: grpcReplyHead,
			want: `
request headers
response headers
  get header :status
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 14
  grpc-message: limited
  ""`,
		},
		{
			name: "an upstream's own is not counted", needs: needs,
			properties: map[string]string{"response.code": "\xc8\x00\x00\x00\x00\x00\x00\x00", "response.code_details": "via_upstream"},
			reply:      grpcReplyHead,
			want: `
request headers
response headers
  get header :status
  get header grpc-status
  get property response.code
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 14
  grpc-message: limited
  ""`,
		},
		{
			name: "the two headers are changed in place", needs: needs,
			decide: replaceBy(newReply{
				Status: 429, GRPC: "RESOURCE_EXHAUSTED", Set: headerLines("grpc-status: 8\ngrpc-message: slow"),
			}),
			properties: limitedCall,
			reply:      grpcReplyHead,
			want: lookedAt + `  set headers [:status: 200] [content-type: application/grpc] [grpc-status: 8] [grpc-message: slow]` + told + `
  add 1 to gateway_responses.THROTTLED.RESOURCE_EXHAUSTED
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 8
  grpc-message: slow
  ""`,
		},
		{
			name: "of a reply of the grpc_web filter, too", needs: needs,
			decide: replaceBy(newReply{
				Status: 429, GRPC: "UNAVAILABLE", Remove: []string{"grpc-message"},
			}),
			properties: localReply,
			reply:      "429\ncontent-type: application/grpc-web\ngrpc-status: 14\ngrpc-message: limited\ncontent-length: 0",
			chunks:     []string{""},
			want: decided + `  remove grpc-message` + told + `
  add 1 to gateway_responses.THROTTLED.UNAVAILABLE
response body
log
client
  :status: 429
  content-type: application/grpc-web
  grpc-status: 14
  content-length: 0
  ""`,
		},
		{
			name: "a change that is refused leaves the reply", needs: needs,
			decide:     replaceBy(newReply{Status: 429, GRPC: "RESOURCE_EXHAUSTED", Set: headerLines("grpc-status: 8")}),
			properties: limitedCall,
			reply:      grpcReplyHead,
			refuse:     []string{"replace grpc-status"},
			want: lookedAt + `  replace grpc-status: 8 !
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 14
  grpc-message: limited
  ""`,
		},
		{
			name: "a reply that is left is counted", needs: needs,
			decide:     engine.Decision{Trace: engine.Trace{Class: classOf("THROTTLED"), Left: engine.LeftNoEntry}},
			properties: limitedCall,
			reply:      grpcReplyHead,
			want: lookedAt + `  add 1 to gateway_responses.left.noEntry
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 14
  grpc-message: limited
  ""`,
		},
	})
}

func TestGRPCHostErrors(t *testing.T) {
	const untouched = `
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 200
  content-type: application/grpc
  grpc-status: 14
  grpc-message: limited
  ""`
	needs := engine.Needs{GRPC: true}
	runAll(t, []exchange{
		{
			name: "grpc-status", needs: needs, refuse: []string{"get header grpc-status"},
			properties: limitedCall, reply: grpcReplyHead,
			want: `
request headers
response headers
  get header :status
  get header grpc-status !` + untouched,
		},
		{
			name: "response.code", needs: needs, refuse: []string{"get property response.code"},
			properties: limitedCall, reply: grpcReplyHead,
			want: `
request headers
response headers
  get header :status
  get header grpc-status
  get property response.code !` + untouched,
		},
	})
}

// TestGRPCFacts holds what the program is told: the status behind 200, with the headers as they are.
func TestGRPCFacts(t *testing.T) {
	e := exchange{needs: engine.Needs{GRPC: true}, properties: limitedCall, reply: grpcReplyHead}
	_, asked := e.run()
	want := []facts.Facts{{Reply: facts.Reply{
		Status: 429, Details: "local_rate_limited", Headers: headerLines(":status: " + grpcReplyHead),
	}}}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("facts (-want +got):\n%s", diff)
	}
}

// TestWasmGRPCCounters counts each reply to a gRPC request once, by its type and the name of its gRPC status.
func TestWasmGRPCCounters(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"grpc": {"statuses": {"ACCESS_DENIED": 16}}}`)
	call := denied()
	call.Code = 403
	call.Facts.Request.Headers = append(call.Facts.Request.Headers, facts.Header{Name: "content-type", Value: "application/grpc"})
	call.Facts.Reply.Status, call.Facts.Reply.HasBody, call.Facts.Reply.Body = 200, false, nil
	call.Facts.Reply.Headers = headerLines("content-type: application/grpc\ngrpc-status: 7\ngrpc-message: RBAC: access denied")
	wantHealthy(t, host.Do(call))
	call.Facts.Reply.Details, call.Facts.Reply.Owner = "", ""
	wantHealthy(t, host.Do(call))
	call.Facts.Reply.Details, call.Code = "route_not_found", 404
	wantHealthy(t, host.Do(call))
	for name, want := range map[string]int64{
		"gateway_responses.ACCESS_DENIED.UNAUTHENTICATED": 2,
		"gateway_responses.left.noEntry":                  1,
		"gateway_responses.ACCESS_DENIED.403":             0,
	} {
		if got := host.Metric(name); got != want {
			t.Errorf("%s = %d, want %d", name, got, want)
		}
	}
}

// TestWasmGRPCGoodTraffic counts the host calls that replies without an error cost with the key grpc.
func TestWasmGRPCGoodTraffic(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"grpc": {"statuses": {"DEFAULT_5XX": 14}}}`)
	for _, tc := range []struct {
		name   string
		reply  facts.Reply
		chunks [][]byte
		want   int
	}{
		{"HTTP with a body", facts.Reply{Status: 200, HasBody: true}, [][]byte{[]byte("ok")}, 1},
		{"HTTP without a body", facts.Reply{Status: 200}, nil, 2},
		{"trailers only", facts.Reply{Status: 200, Headers: headerLines("grpc-status: 5")}, nil, 3},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := denied()
			x.Upstream, x.Chunks, x.Facts.Reply = true, tc.chunks, tc.reply
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if got := len(outcome.Calls); got != tc.want {
				t.Errorf("%d host calls, want %d\n%s", got, tc.want, outcome.Trace())
			}
		})
	}
}

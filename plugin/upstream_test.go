// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// fromUpstream are the attributes of an upstream's reply.
var fromUpstream = map[string]string{"response.code_details": "via_upstream", "response.flags": "\x00\x00\x00\x00\x00\x00\x00\x00"}

// TestUpstream holds what becomes of an error of the upstream, which is looked at only when the program asks for it.
func TestUpstream(t *testing.T) {
	runAll(t, []exchange{
		{
			name:       "not asked for",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: fromUpstream,
			reply:      "429", chunks: []string{"slow ", "down"},
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  add 1 to gateway_responses.left.upstream
response body
response body
log
client
  :status: 429
  "slow down"`,
		},
		{
			name:     "asked for",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429\ntransfer-encoding: chunked", chunks: []string{"slow ", "down"},
			want: decided + `  replace content-type: application/json` + told + `
response body
  replace body: "{}"
response body
  replace body: ""
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  transfer-encoding: chunked
  content-type: application/json
  "{}"`,
		},
		{
			name:     "the reply to HEAD of a reply without length",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429\ntransfer-encoding: chunked",
			want: decided + `  set headers [:status: 429] [transfer-encoding: chunked] [content-length: 2] [content-type: application/json]` + told + `
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  transfer-encoding: chunked
  content-length: 2
  content-type: application/json
  ""`,
		},
	})
}

// TestTrailers holds how a reply ends whose last chunk is not its end.
func TestTrailers(t *testing.T) {
	runAll(t, []exchange{
		{
			name:     "of a reply that is left they stay",
			upstream: true,
			decide:   engine.Decision{Trace: engine.Trace{Class: classify.Result{Upstream: true}, Left: engine.LeftUpstream}}, properties: fromUpstream,
			reply: "429", chunks: []string{"slow"}, trailers: true,
			want: decided + `  add 1 to gateway_responses.left.upstream
response body
response trailers
log
client
  :status: 429
  "slow"`,
		},
		{
			name:     "they go with the body",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429", chunks: []string{"slow"}, trailers: true,
			want: decided + `  replace content-type: application/json` + told + `
response body
  replace body: "{}"
response trailers
  remove trailers
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-type: application/json
  "{}"`,
		},
		{
			name:     "they end a body that is quoted",
			upstream: true,
			decide:   quotes(), quoting: "<BODY>", properties: fromUpstream,
			reply: "429\ntrailer: x-sum", chunks: []string{"slow"}, trailers: true,
			want: decided + `  replace content-type: application/json` + told + `
response body
  get body 4
  replace body: "<slow>"
response trailers
  remove trailers
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  trailer: x-sum
  content-type: application/json
  "<slow>"`,
		},
		{
			name:     "without a body there is none to quote",
			upstream: true,
			decide:   quotes(), quoting: "<BODY>", properties: fromUpstream,
			reply: "429", trailers: true,
			want: decided + `  replace content-type: application/json` + told + `
response trailers
  remove trailers
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: the upstream's reply has trailers and no body to replace
log
client
  :status: 429
  content-type: application/json
  ""`,
		},
		{
			name:     "without a chunk there is no place for a body",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429", trailers: true,
			want: decided + `  replace content-type: application/json` + told + `
response trailers
  remove trailers
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: the upstream's reply has trailers and no body to replace
log
client
  :status: 429
  content-type: application/json
  ""`,
		},
		{
			name:     "without a body a reply without one is right",
			upstream: true,
			decide:   replaceBy(newReply{Status: 204}), properties: fromUpstream,
			reply: "429", trailers: true,
			want: decided + `  replace :status: 204` + told + `
response trailers
  remove trailers
  add 1 to gateway_responses.THROTTLED.204
log
client
  :status: 204
  ""`,
		},
		{
			name:     "Envoy keeps them",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429", chunks: []string{"slow"}, trailers: true, refuse: []string{"remove trailers"},
			want: decided + `  replace content-type: application/json` + told + `
response body
  replace body: "{}"
response trailers
  remove trailers !
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 429
  content-type: application/json
  "{}"`,
		},
		{
			name:     "a second panic leaves the stream alone",
			upstream: true,
			decide:   replaceBy(jsonReply(429, "{}")), properties: fromUpstream,
			reply: "429", chunks: []string{"slow"}, trailers: true, panics: []string{"remove trailers"},
			want: decided + `  replace content-type: application/json` + told + `
response body
  replace body: "{}"
response trailers
  remove trailers
  add 1 to gateway_responses.failed.panic
  log error: gateway responses: panic: "remove trailers"
  remove trailers
  add 1 to gateway_responses.failed.panic
log
client
  :status: 429
  content-type: application/json
  "{}"`,
		},
	})
}

// TestQuotedBodyGoesOut holds that the new body does not wait for an end which may never come.
func TestQuotedBodyGoesOut(t *testing.T) {
	chunk := strings.Repeat("x", facts.MaxBody/2)
	e := exchange{
		upstream: true, decide: quotes(), quoting: "<BODY>", properties: fromUpstream,
		reply: "429", chunks: []string{chunk, chunk, chunk, chunk}, trailers: true,
	}
	trace, decisions := e.run()
	steps := strings.Split(trace, "response body\n")
	if len(steps) != 5 || strings.Contains(trace, "-> pause") {
		t.Fatalf("%d callbacks, want 4 and no pause:\n%.900s", len(steps)-1, trace)
	}
	if want := "  replace body: \"<" + chunk + chunk + ">\"\n"; !strings.HasSuffix(steps[2], want) {
		t.Errorf("the second callback does not end with the new body and no pause: %.200s", steps[2])
	}
	if want := "  replace body: \"\"\n"; steps[3] != want {
		t.Errorf("the third callback = %.200q, want %q", steps[3], want)
	}
	if len(decisions) != 1 {
		t.Errorf("%d decisions, want 1", len(decisions))
	}
}

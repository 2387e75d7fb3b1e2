// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// decided is the beginning of every trace of a reply that is replaced.
const decided = `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
`

// told is how a reply whose status was 429 tells the access log.
const told = `
  set filter state gateway_responses.type: THROTTLED
  set filter state gateway_responses.original_status: 429
  set filter state gateway_responses.entry: DEFAULT_4XX`

func TestChangeInPlace(t *testing.T) {
	runAll(t, []exchange{
		{
			name: "status, headers, length and body",
			decide: replaceBy(newReply{
				Status: 503,
				Set:    headerLines("content-type: application/json\nretry-after: 5"),
				Remove: []string{"etag"},
				Body:   []byte(`{"a":1}`),
			}),
			properties: localReply,
			reply:      "429\ncontent-type: text/plain\ncontent-length: 9\netag: x\nx-ratelimit-limit: 1",
			chunks:     []string{"slow down"},
			want: decided + `  set headers [:status: 503] [content-type: application/json] [content-length: 7] [x-ratelimit-limit: 1] [retry-after: 5]` + told + `
response body
  replace body: "{\"a\":1}"
  add 1 to gateway_responses.THROTTLED.503
log
client
  :status: 503
  content-type: application/json
  content-length: 7
  x-ratelimit-limit: 1
  retry-after: 5
  "{\"a\":1}"`,
		},
		{
			name:       "a status that stays is not set",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
response body
  replace body: "{}"
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-length: 2
  content-type: application/json
  "{}"`,
		},
		{
			name: "several new lines replace several old ones",
			decide: replaceBy(newReply{
				Status: 429,
				Set:    headerLines("vary: accept\nset-cookie: c=3\nset-cookie: d=4"),
			}),
			properties: localReply,
			reply:      "429\nset-cookie: a=1\nvary: origin\nset-cookie: b=2", chunks: []string{"x"},
			want: decided + `  set headers [:status: 429] [vary: accept] [content-length: 0] [set-cookie: c=3] [set-cookie: d=4]` + told + `
response body
  replace body: ""
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  vary: accept
  content-length: 0
  set-cookie: c=3
  set-cookie: d=4
  ""`,
		},
		{
			name:       "further chunks are dropped",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow", " down", ""},
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
response body
  replace body: "{}"
response body
  replace body: ""
response body
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-length: 2
  content-type: application/json
  "{}"`,
		},
		{
			name:       "the reply to HEAD changes its headers only",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429\ncontent-length: 9",
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-length: 2
  content-type: application/json
  ""`,
		},
		{
			name:       "204 has neither type nor length nor body",
			decide:     replaceBy(newReply{Status: 204, Remove: []string{"content-type"}}),
			properties: localReply,
			reply:      "429\ncontent-type: text/plain\ncontent-length: 9", chunks: []string{"slow down"},
			want: decided + `  set headers [:status: 204]` + told + `
response body
  replace body: ""
  add 1 to gateway_responses.THROTTLED.204
log
client
  :status: 204
  ""`,
		},
		{
			name:       "304 for a reply that ends with its headers",
			decide:     replaceBy(newReply{Status: 304}),
			properties: localReply,
			reply:      "429\nx-a: 1",
			want: decided + `  replace :status: 304` + told + `
  add 1 to gateway_responses.THROTTLED.304
log
client
  :status: 304
  x-a: 1
  ""`,
		},
		{
			name:       "an empty body for a reply that ends with its headers",
			decide:     replaceBy(newReply{Status: 302, Set: facts.Headers{{Name: "location", Value: "/login"}}}),
			properties: localReply,
			reply:      "429",
			want: decided + `  set headers [:status: 302] [location: /login]` + told + `
  add 1 to gateway_responses.THROTTLED.302
log
client
  :status: 302
  location: /login
  ""`,
		},
		{
			name: "dropped headers are counted",
			decide: engine.Decision{
				Reply: &engine.Reply{Status: 429},
				Trace: engine.Trace{Class: classOf("THROTTLED"), Entry: "DEFAULT_4XX", Dropped: []string{"x-a", "x-b"}},
			},
			properties: localReply,
			reply:      "429",
			want: decided + `  add 1 to gateway_responses.dropped.header
  add 1 to gateway_responses.dropped.header` + told + `
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  ""`,
		},
	})
}

// quotes is a decision whose body quotes the original one.
func quotes() engine.Decision {
	reply := jsonReply(429, "not final")
	reply.Quotes = true
	return replaceBy(reply)
}

func TestQuoteOriginalBody(t *testing.T) {
	runAll(t, []exchange{
		{
			name:       "one chunk",
			decide:     quotes(),
			quoting:    "<BODY>",
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
			want: decided + `  set headers [:status: 429] [content-type: application/json]` + told + `
response body
  get body 9
  replace body: "<slow down>"
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-type: application/json
  "<slow down>"`,
		},
		{
			name:       "several chunks wait for the last",
			decide:     quotes(),
			quoting:    "<BODY>",
			properties: localReply,
			reply:      "429", chunks: []string{"slow", " down", ""},
			want: decided + `  replace content-type: application/json` + told + `
response body
  get body 4
  replace body: ""
response body
  get body 5
  replace body: ""
response body
  replace body: "<slow down>"
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-type: application/json
  "<slow down>"`,
		},
		{
			name:       "the reply to HEAD loses its length",
			decide:     quotes(),
			quoting:    "<BODY>",
			properties: localReply,
			reply:      "429\ncontent-length: 9",
			want: decided + `  set headers [:status: 429] [content-type: application/json]` + told + `
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-type: application/json
  ""`,
		},
	})
}

// TestOriginalBodyIsBounded holds that no more than facts.MaxBody bytes are fetched from Envoy, and that a body without
// bytes is known to be empty.
func TestOriginalBodyIsBounded(t *testing.T) {
	chunk := string(make([]byte, facts.MaxBody-10))
	for _, tc := range []struct {
		chunks []string
		want   int
	}{
		{[]string{chunk, chunk, chunk}, facts.MaxBody},
		{[]string{""}, 0},
	} {
		got := -1
		e := exchange{decide: quotes(), properties: localReply, reply: "429", chunks: tc.chunks}
		e.decide.Reply.Quote = func(original []byte) []byte {
			if got = len(original); original == nil {
				t.Error("the original body is not known")
			}
			return nil
		}
		e.run()
		if got != tc.want {
			t.Errorf("original body of %d chunks: %d bytes are quoted, want %d", len(tc.chunks), got, tc.want)
		}
	}
}

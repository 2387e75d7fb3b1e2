// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/internal/facts"
)

// leaving is a reply whose listed headers are left to the route.
func leaving(names ...string) newReply {
	reply := jsonReply(429, "{}")
	reply.AddedByRoutes = names
	return reply
}

const (
	again  = "was sent double: the reply had no body, so a nested one took its place, and the route's response_headers_to_add, or local_reply_config, was applied to it again; "
	orBody = ", or add a local_reply_config mapper for response.code_details == \"local_rate_limited\" that gives such replies a body and the header x-gateway-response-body, where none has a body of its own (see docs/limits.md), so that their headers are changed in place"
	by429  = `
  -> pause
log
  get headers
  add 1 to gateway_responses.THROTTLED.429`
)

func TestAddedByRoutes(t *testing.T) {
	setting := leaving("x-a")
	setting.Set = append(facts.Headers{{Name: "x-a", Value: "document"}}, setting.Set...)
	removing := leaving("x-a")
	removing.Remove = []string{"x-a"}
	runAll(t, []exchange{
		{
			name:       "what the route adds again comes once",
			decide:     replaceBy(leaving("x-a")),
			properties: localReply,
			reply:      "429\nx-a: 1\nx-b: 1",
			byRoute:    "x-a: 1",
			want: decided + `  send 429 "local_rate_limited" "{}" [x-b: 1] [content-type: application/json]` + told + by429 + `
client
  :status: 429
  x-a: 1
  x-b: 1
  content-type: application/json
  "{}"`,
		},
		{
			name:       "what the route does not add is lost, counted and named",
			decide:     replaceBy(leaving("x-a", "x-c")),
			properties: localReply,
			reply:      "429\nx-a: 1",
			want: decided + `  send 429 "local_rate_limited" "{}" [content-type: application/json]` + told + by429 + `
  add 1 to gateway_responses.lost.header
  log warn: gwr: header "x-a" was lost: "addedByRoutes" lists it, and the route did not add it; take it off the list
client
  :status: 429
  content-type: application/json
  "{}"`,
		},
		{
			name:       "what the document sets is sent, beside what the route adds",
			decide:     replaceBy(setting),
			properties: localReply,
			reply:      "429\nx-a: route",
			byRoute:    "x-a: route",
			want: decided + `  send 429 "local_rate_limited" "{}" [x-a: document] [content-type: application/json]` + told + by429 + `
  add 1 to gateway_responses.doubled.header
  log warn: gwr: header "x-a" ` + again + `the document sets it as well; let one of them do it` + orBody + `
client
  :status: 429
  x-a: route
  x-a: document
  content-type: application/json
  "{}"`,
		},
		{
			name:       "what the document removes is not lost",
			decide:     replaceBy(removing),
			properties: localReply,
			reply:      "429\nx-a: 1",
			want: decided + `  send 429 "local_rate_limited" "{}" [content-type: application/json]` + told + by429 + `
client
  :status: 429
  content-type: application/json
  "{}"`,
		},
		{
			name:       "one more name for the list",
			decide:     replaceBy(leaving("x-b")),
			properties: localReply,
			reply:      "429\nx-a: 1",
			byRoute:    "x-a: 1",
			want: decided + `  send 429 "local_rate_limited" "{}" [x-a: 1] [content-type: application/json]` + told + by429 + `
  add 1 to gateway_responses.doubled.header
  log warn: gwr: header "x-a" ` + again + `add "x-a" to "addedByRoutes" in the document` + orBody + `
client
  :status: 429
  x-a: 1
  x-a: 1
  content-type: application/json
  "{}"`,
		},
		{
			name:       "in place the list means nothing",
			decide:     replaceBy(leaving("x-a")),
			properties: localReply,
			reply:      "429\nx-a: 1\ncontent-length: 4", chunks: []string{"slow"},
			want: decided + `  set headers [:status: 429] [x-a: 1] [content-length: 2] [content-type: application/json]` + told + `
response body
  replace body: "{}"
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  x-a: 1
  content-length: 2
  content-type: application/json
  "{}"`,
		},
	})
}

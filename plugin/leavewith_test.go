// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
)

func TestLeaveWithHeaders(t *testing.T) {
	decide := engine.Decision{
		Headers: engine.HeaderChanges{Set: headerLines("vary: a, b, Origin\naccess-control-allow-origin: https://a.example")},
		Trace:   engine.Trace{Class: classOf(config.Throttled), Left: engine.LeftNoEntry},
	}
	runAll(t, []exchange{
		{
			name:       "several old lines become one, and body and status stay",
			decide:     decide,
			properties: localReply,
			reply:      "429\nvary: a\nvary: b\ncontent-length: 9", chunks: []string{"slow down"},
			want: decided + `  set headers [:status: 429] [content-length: 9] [vary: a, b, Origin] [access-control-allow-origin: https://a.example]
  add 1 to gateway_responses.left.noEntry
response body
log
client
  :status: 429
  content-length: 9
  vary: a, b, Origin
  access-control-allow-origin: https://a.example
  "slow down"`,
		},
		{
			name:       "a reply that ends with its headers stays one",
			decide:     decide,
			properties: localReply,
			reply:      "429",
			want: decided + `  set headers [:status: 429] [vary: a, b, Origin] [access-control-allow-origin: https://a.example]
  add 1 to gateway_responses.left.noEntry
log
client
  :status: 429
  vary: a, b, Origin
  access-control-allow-origin: https://a.example
  ""`,
		},
		{
			name:       "a call that Envoy refuses is counted in the place of the reason",
			decide:     decide,
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
			refuse: []string{"set headers"},
			want: decided + `  set headers [:status: 429] [content-length: 9] [vary: a, b, Origin] ` +
				`[access-control-allow-origin: https://a.example] !` + untouched,
		},
	})
}

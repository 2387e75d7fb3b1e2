// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// untouched is the end of every trace of a reply that passes because of a refused call.
const untouched = `
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
response body
log
client
  :status: 429
  content-length: 9
  "slow down"`

func TestRefusedCalls(t *testing.T) {
	refused := func(name, call, want string) exchange {
		return exchange{
			name:       name,
			needs:      engine.Needs{RequestHeaders: []string{"accept"}},
			wants:      engine.Wants{Fields: facts.FieldSource},
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
			refuse: []string{call},
			want:   want,
		}
	}
	const owner = "  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner"
	runAll(t, []exchange{
		refused("status", "get header", `
request headers
  get request header accept
response headers
  get header :status !`+untouched),
		refused("details", "get property response.code_details", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details !`+untouched),
		refused("a request header is missed when the error comes", "get request header", `
request headers
  get request header accept !
response headers
  get header :status
  get property response.code_details`+untouched),
		refused("reply headers", "get headers", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details
  get headers !`+untouched),
		refused("flags", "get property response.flags", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags !`+untouched),
		refused("owner", "get property filter_state", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
`+owner+" !"+untouched),
		refused("an attribute that the document uses", "get property source", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
`+owner+`
  get property source.address !`+untouched),
		refused("the headers", "set headers", `
request headers
  get request header accept
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
`+owner+`
  get property source.address
  set headers [:status: 503] [content-length: 2] [content-type: application/json] !`+untouched),
	})
}

func TestGarbledHeaders(t *testing.T) {
	runAll(t, []exchange{{
		name:       "the reply is left",
		decide:     replaceBy(jsonReply(503, "{}")),
		properties: localReply,
		reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
		garbled: true,
		want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers` + strings.Replace(untouched, "refused\n", "proxy_get_header_map_pairs: malformed header map\n", 1),
	}})
}

// TestRefusedMidway: a refused change of headers leaves the reply as it was; behind one that was made, the rest is done as well as
// it goes.
func TestRefusedMidway(t *testing.T) {
	runAll(t, []exchange{
		{
			name:       "headers that are refused stay as they were, and the body with them",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
			refuse: []string{"set headers"},
			want:   decided + `  set headers [:status: 503] [content-length: 2] [content-type: application/json] !` + untouched,
		},
		{
			name:       "body",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			refuse: []string{"replace body"},
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
response body
  replace body: "{}" !
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 429
  content-length: 2
  content-type: application/json
  "slow down"`,
		},
		{
			name:       "a reply for which no nested one is sent stays, and goes on",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429",
			refuse:     []string{"send"},
			want: decided + `  send 503 "local_rate_limited" "{}" [content-type: application/json] !
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 429
  ""`,
		},
		{
			name:       "status of a reply without length",
			decide:     replaceBy(newReply{Status: 302, Set: headerLines("location: /login")}),
			properties: localReply,
			reply:      "429",
			refuse:     []string{"set headers"},
			want: decided + `  set headers [:status: 302] [location: /login] !
  add 1 to gateway_responses.left.hostError
  log warn: gateway responses: Envoy refused a call: refused
log
client
  :status: 429
  ""`,
		},
		{
			name:       "filter state changes nothing for the client",
			decide:     replaceBy(newReply{Status: 429}),
			properties: localReply,
			reply:      "429",
			refuse:     []string{"set filter state"},
			want: decided + `  set filter state gateway_responses.type: THROTTLED !
  log warn: gateway responses: Envoy refused a call: refused
  set filter state gateway_responses.original_status: 429 !
  set filter state gateway_responses.entry: DEFAULT_4XX !
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  ""`,
		},
		{
			name:       "metrics",
			decide:     replaceBy(newReply{Status: 429}),
			properties: localReply,
			reply:      "429",
			refuse:     []string{"define"},
			want: decided + `  set filter state gateway_responses.type: THROTTLED
  set filter state gateway_responses.original_status: 429
  set filter state gateway_responses.entry: DEFAULT_4XX
  define counter gateway_responses.THROTTLED.429 !
log
client
  :status: 429
  ""`,
		},
		{
			name:       "a body that never came is counted in the end",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			reset: true,
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
log
  add 1 to gateway_responses.THROTTLED.429
client
  :status: 429
  content-length: 2
  content-type: application/json
  ""`,
		},
	})
}

// panics is how a panic in call is told.
func panics(call string) string {
	return `
  add 1 to gateway_responses.failed.panic
  log error: gateway responses: panic: "` + call + `"`
}

func TestPanics(t *testing.T) {
	runAll(t, []exchange{
		{
			name:       "in request headers: the stream is left alone",
			needs:      engine.Needs{AllRequestHeaders: true},
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			panics: []string{"get request headers"},
			want: `
request headers
  get request headers` + panics("get request headers") + `
response headers
response body
log
client
  :status: 429
  "slow down"`,
		},
		{
			name:       "in response headers: the original passes",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			panics: []string{"get headers"},
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers` + panics("get headers") + `
response body
log
client
  :status: 429
  "slow down"`,
		},
		{
			name:       "after a reply was sent: Envoy's must not go on",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429",
			panics:     []string{"set filter state"},
			want: decided + `  send 503 "local_rate_limited" "{}" [content-type: application/json]
  set filter state gateway_responses.type: THROTTLED` + panics("set filter state gateway_responses.type: THROTTLED") + `
  -> pause
log
  get headers
  add 1 to gateway_responses.THROTTLED.503
client
  :status: 503
  content-type: application/json
  "{}"`,
		},
		{
			name:       "after the headers were changed: the new body follows",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow down"},
			panics: []string{"set filter state"},
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]
  set filter state gateway_responses.type: THROTTLED` + panics("set filter state gateway_responses.type: THROTTLED") + `
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
			name:       "when the body is replaced: it is replaced again",
			decide:     replaceBy(jsonReply(429, "{}")),
			properties: localReply,
			reply:      "429\ncontent-length: 9", chunks: []string{"slow ", "down"},
			panics: []string{"replace body"}, panicsOnce: true,
			want: decided + `  set headers [:status: 429] [content-length: 2] [content-type: application/json]` + told + `
response body
  replace body: "{}"` + panics(`replace body: \"{}\"`) + `
  replace body: "{}"
response body
  replace body: ""
  add 1 to gateway_responses.THROTTLED.429
log
client
  :status: 429
  content-length: 2
  content-type: application/json
  "{}"`,
		},
		{
			name:       "when the second chunk of a body to quote is read: the original goes on whole",
			decide:     quotes(),
			quoting:    "<BODY>",
			properties: localReply,
			reply:      "429", chunks: []string{"slow ", "down"},
			panics: []string{"get body 4"}, panicsOnce: true,
			want: decided + `  replace content-type: application/json` + told + `
response body
  get body 5
  replace body: ""
response body
  get body 4` + panics("get body 4") + `
  prepend to body: "slow "
log
client
  :status: 429
  content-type: application/json
  "slow down"`,
		},
		{
			name:       "in the body callback",
			decide:     quotes(),
			quoting:    "<BODY>",
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			panics: []string{"get body"},
			want: decided + `  replace content-type: application/json` + told + `
response body
  get body 9` + panics("get body 9") + `
log
client
  :status: 429
  content-type: application/json
  "slow down"`,
		},
		{
			name:       "in the decision",
			panicking:  true,
			properties: localReply,
			reply:      "429",
			want: decided[:len(decided)-1] + panics("decide") + `
log
client
  :status: 429
  ""`,
		},
		{
			name:       "in on_log",
			decide:     replaceBy(jsonReply(503, "{}")),
			properties: localReply,
			reply:      "429",
			byRoute:    "content-type: application/json",
			panics:     []string{"add 1 to gateway_responses.doubled.header"},
			want: decided + `  send 503 "local_rate_limited" "{}" [content-type: application/json]` + told + `
  -> pause
log
  get headers
  add 1 to gateway_responses.THROTTLED.503
  add 1 to gateway_responses.doubled.header` + panics("add 1 to gateway_responses.doubled.header") + `
client
  :status: 503
  content-type: application/json
  content-type: application/json
  "{}"`,
		},
	})
}

// TestLimitedLines holds that lines about the same thing keep their distance while counters go on.
func TestLimitedLines(t *testing.T) {
	host := &fakeHost{}
	vm := newVM(host, nil, "")
	for _, second := range []int64{0, 1, 9, 10, 11, -3600, -3599, -3590} {
		host.clock = second * 1e9
		vm.panicked("again")
		vm.complain(errRefused)
		vm.logUnknown(&facts.Facts{Reply: facts.Reply{Status: 403}}, engine.Trace{Class: classOf(config.AccessDenied)})
	}
	counted := "  add 1 to gateway_responses.failed.panic"
	panicLine := `  log error: gateway responses: panic: "again"`
	complaint := "  log warn: gateway responses: Envoy refused a call: refused"
	unknown := `  log warn: gateway responses: unknown response code details "" of filter "", status 403, flags -: taken for ACCESS_DENIED by details`
	want := []string{
		"  define counter gateway_responses.failed.panic",
		counted, panicLine, complaint, unknown,
		counted,
		counted,
		counted, panicLine, complaint, unknown,
		counted,
		counted, panicLine, complaint, unknown,
		counted,
		counted, panicLine, complaint, unknown,
	}
	if diff := cmp.Diff(want, host.trace); diff != "" {
		t.Errorf("panics, complaints and unknown details at 0, 1, 9, 10 and 11 seconds, and after the clock was set back by an hour (-want +got):\n%s", diff)
	}
}

func TestCauseText(t *testing.T) {
	tests := []struct {
		name  string
		cause any
		want  string
	}{
		{"error", errRefused, `"refused"`},
		{"text with a line end", "a\nb", `"a\nb"`},
		{"long text", strings.Repeat("x", maxQuoted+1), `"` + strings.Repeat("x", maxQuoted) + `"...`},
		{"anything else", 42, "unknown cause"},
	}
	for _, test := range tests {
		if got := causeText(test.cause); got != test.want {
			t.Errorf("%s: causeText(%v) = %s, want %s", test.name, test.cause, got, test.want)
		}
	}
}

// TestRefusedAmongMany holds that the body follows its length when Envoy refuses another change of a reply that has too many headers to
// write all of them at once.
func TestRefusedAmongMany(t *testing.T) {
	many := strings.Repeat("\nx-a: 1", 1100)
	for _, tc := range []struct{ refuse, want string }{
		{"replace :status", "  :status: 429\n  content-length: 2" + strings.ReplaceAll(many, "\n", "\n  ") + "\n  content-type: application/json\n  \"{}\""},
		{"replace content-length", "  :status: 429\n  content-length: 9" + strings.ReplaceAll(many, "\n", "\n  ") + "\n  \"slow down\""},
	} {
		t.Run(tc.refuse, func(t *testing.T) {
			e := exchange{
				decide: replaceBy(jsonReply(503, "{}")), properties: localReply,
				reply: "429\ncontent-length: 9" + many, chunks: []string{"slow down"}, refuse: []string{tc.refuse},
			}
			trace, _ := e.run()
			if _, got, _ := strings.Cut(trace, "client\n"); got != tc.want {
				t.Errorf("the client gets\n%s\nwant\n%s", got, tc.want)
			}
			if counted := "add 1 to gateway_responses.left.hostError"; strings.Count(trace, counted) != 1 || strings.Contains(trace, "THROTTLED.503") {
				t.Errorf("not counted once as %q", counted)
			}
		})
	}
}

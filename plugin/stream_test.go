// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

func TestGoodTraffic(t *testing.T) {
	runAll(t, []exchange{
		{
			name:  "status below 400 costs one header look-up",
			reply: "399", chunks: []string{"ok"},
			want: `
request headers
response headers
  get header :status
response body
log
client
  :status: 399
  "ok"`,
		},
		{
			name:  "a few request headers are read one by one",
			needs: engine.Needs{RequestHeaders: []string{"accept", "origin"}},
			reply: "200",
			want: `
request headers
  get request header accept
  get request header origin
response headers
  get header :status
log
client
  :status: 200
  ""`,
		},
		{
			name:  "many request headers are read at once",
			needs: engine.Needs{AllRequestHeaders: true},
			reply: "204",
			want: `
request headers
  get request headers
response headers
  get header :status
log
client
  :status: 204
  ""`,
		},
		{
			name:      "without a document nothing is looked at",
			noProgram: true,
			reply:     "503",
			want: `
request headers
response headers
log
client
  :status: 503
  ""`,
		},
		{
			name:  "mode off looks at the status only",
			needs: engine.Needs{Idle: true, AllRequestHeaders: true},
			reply: "503",
			want: `
request headers
response headers
  get header :status
  define counter gateway_responses.left.off
  add 1 to gateway_responses.left.off
log
client
  :status: 503
  ""`,
		},
	})
}

func TestLeftReplies(t *testing.T) {
	left := func(why engine.Left) engine.Decision {
		return engine.Decision{Trace: engine.Trace{Class: classOf(config.Throttled), Entry: "THROTTLED", Left: why}}
	}
	runAll(t, []exchange{
		{
			name:       "an upstream's own error costs two look-ups",
			properties: map[string]string{"response.code_details": "via_upstream"},
			reply:      "500", chunks: []string{"oops"},
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  add 1 to gateway_responses.left.upstream
response body
log
client
  :status: 500
  "oops"`,
		},
		{
			name:       "no entry",
			decide:     left(engine.LeftNoEntry),
			properties: localReply,
			reply:      "429", chunks: []string{"slow down"},
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  add 1 to gateway_responses.left.noEntry
response body
log
client
  :status: 429
  "slow down"`,
		},
		{
			name:       "mode observe tells the access log",
			decide:     left(engine.LeftObserve),
			properties: localReply,
			reply:      "429",
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  set filter state gateway_responses.type: THROTTLED
  set filter state gateway_responses.original_status: 429
  set filter state gateway_responses.entry: THROTTLED
  add 1 to gateway_responses.left.observe
log
client
  :status: 429
  ""`,
		},
		{
			name: "mode observe without an entry",
			decide: engine.Decision{Trace: engine.Trace{
				Class: classOf(config.Throttled), Left: engine.LeftObserve,
			}},
			properties: localReply,
			reply:      "429",
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  set filter state gateway_responses.type: THROTTLED
  set filter state gateway_responses.original_status: 429
  add 1 to gateway_responses.left.observe
log
client
  :status: 429
  ""`,
		},
		{
			name: "unknown details are counted and quoted",
			decide: engine.Decision{Trace: engine.Trace{
				Class: classify.Result{Type: config.AccessDenied, Reason: classify.ByStatus},
				Left:  engine.LeftNoEntry,
			}},
			properties: map[string]string{"response.code_details": "new\nthing"},
			reply:      "403",
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  add 1 to gateway_responses.unclassified
  log warn: gateway responses: unknown response code details "new\nthing" of filter "", status 403, flags -: taken for ACCESS_DENIED by status
  add 1 to gateway_responses.left.noEntry
log
client
  :status: 403
  ""`,
		},
		{
			name: "deliberate replies with unknown details are not unclassified",
			decide: engine.Decision{Trace: engine.Trace{
				Class: classify.Result{Type: config.AccessDenied, Reason: classify.ByStatus, Deliberate: true},
				Left:  engine.LeftDeliberate,
			}},
			properties: map[string]string{"response.code_details": "mine"},
			reply:      "403",
			want: `
request headers
response headers
  get header :status
  get property response.code_details
  get headers
  get property response.flags
  get property filter_state.envoy.filters.network.http_connection_manager.local_reply_owner
  add 1 to gateway_responses.left.deliberate
log
client
  :status: 403
  ""`,
		},
	})
}

// everyField are all attributes that are read on demand.
const everyField = facts.FieldProtocol | facts.FieldTime | facts.FieldSource | facts.FieldRouteName |
	facts.FieldVirtualHost | facts.FieldCluster | facts.FieldUpstream

func TestFacts(t *testing.T) {
	attributes := map[string]string{
		"response.code_details": "upstream_reset_before_response_started{connection timeout}",
		"response.flags":        "\x20\x00\x00\x00\x00\x00\x00\x00",
		"filter_state.envoy.filters.network.http_connection_manager.local_reply_owner": "router",
		"request.protocol":      "HTTP/2",
		"request.time":          "\x00\x01\x00\x00\x00\x00\x00\x01",
		"source.address":        "192.0.2.1:1234",
		"xds.route_name":        "pets",
		"xds.virtual_host_name": "shop",
		"xds.cluster_name":      "backend",
		"upstream.address":      "192.0.2.9:80",
	}
	known := facts.Reply{
		Status:  503,
		Details: "upstream_reset_before_response_started{connection timeout}",
		Flags:   facts.ParseFlag("UF"),
		Owner:   "router",
	}
	with := func(change func(*facts.Facts)) facts.Facts {
		f := facts.Facts{Reply: known}
		f.Reply.Headers = facts.Headers{{Name: ":status", Value: "503"}}
		change(&f)
		return f
	}
	tests := []struct {
		exchange
		want facts.Facts
	}{
		{
			exchange: exchange{name: "what the document does not use is not read", reply: "503", request: "accept: */*"},
			want:     with(func(*facts.Facts) {}),
		},
		{
			exchange: exchange{name: "every attribute", wants: engine.Wants{Fields: everyField}, reply: "503"},
			want: with(func(f *facts.Facts) {
				f.Request.Protocol = "HTTP/2"
				f.Request.Time = 1<<56 + 1<<8
				f.Request.Source = "192.0.2.1:1234"
				f.Route = facts.Route{Name: "pets", VirtualHost: "shop", Cluster: "backend", Upstream: "192.0.2.9:80"}
			}),
		},
		{
			exchange: exchange{
				name: "all request headers", needs: engine.Needs{AllRequestHeaders: true}, reply: "503",
				request: ":path: /pets\nx-a: 1\nx-a: 2",
			},
			want: with(func(f *facts.Facts) { f.Request.Headers = headerLines(":path: /pets\nx-a: 1\nx-a: 2") }),
		},
		{
			exchange: exchange{
				name: "a few request headers", reply: "503",
				needs:   engine.Needs{RequestHeaders: []string{"accept", "origin", "x-empty"}},
				request: "x-empty:\naccept: a/b\nx-other: 1",
			},
			want: with(func(f *facts.Facts) { f.Request.Headers = headerLines("accept: a/b\nx-empty:") }),
		},
		{
			exchange: exchange{name: "a reply that goes on has a body", reply: "503", chunks: []string{"a"}},
			want:     with(func(f *facts.Facts) { f.Reply.HasBody = true }),
		},
		{
			exchange: exchange{name: "a reply to HEAD has a body", reply: "503\ncontent-length: 19"},
			want: with(func(f *facts.Facts) {
				f.Reply.HasBody = true
				f.Reply.Headers = headerLines(":status: 503\ncontent-length: 19")
			}),
		},
		{
			exchange: exchange{name: "content-length 0 is no body", reply: "503\ncontent-length: 0"},
			want: with(func(f *facts.Facts) {
				f.Reply.Headers = headerLines(":status: 503\ncontent-length: 0")
			}),
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.properties = attributes
			test.decide.Trace.Left = engine.LeftNoEntry
			_, asked := test.run()
			if diff := cmp.Diff([]facts.Facts{test.want}, asked); diff != "" {
				t.Errorf("facts of the decision (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseStatus(t *testing.T) {
	tests := []struct {
		text string
		want int
	}{
		{"200", 200}, {"599", 599}, {"007", 7}, {"", 0}, {"40", 0}, {"4040", 0}, {"4x4", 0}, {"-40", 0}, {"4 4", 0},
	}
	for _, test := range tests {
		if got := parseStatus([]byte(test.text)); got != test.want {
			t.Errorf("parseStatus(%q) = %d, want %d", test.text, got, test.want)
		}
	}
}

// TestCaptureIsLetGo holds that a stream whose reply is being replaced, which a slow client can keep for long, holds no request headers
// beyond the memory that is kept for other streams.
func TestCaptureIsLetGo(t *testing.T) {
	e := exchange{
		needs: engine.Needs{AllRequestHeaders: true}, request: "cookie: " + strings.Repeat("x", 60_000),
		decide: replaceBy(jsonReply(503, "{}")), properties: localReply, reply: "429\ncontent-length: 9",
	}
	_, _, f := e.start()
	f.ContextCreate(streamID, pluginID)
	f.RequestHeaders(streamID)
	f.ResponseHeaders(streamID, false)
	if kept := cap(f.contexts.find(streamID).stream.request.text); kept > maxSpareCapture {
		t.Errorf("%d bytes are kept of the request, want at most %d", kept, maxSpareCapture)
	}
}

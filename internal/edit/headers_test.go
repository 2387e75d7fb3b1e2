// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// text writes edits as a test can read them, one each line.
func text(edits []Edit) string {
	var lines []string
	for _, e := range edits {
		line := map[Op]string{
			ReplaceHeader: "replace", AddHeader: "add", RemoveHeader: "remove", SetHeaders: "set", SetFilterState: "state", SendNested: "nested",
			AddBody: "add body", ReplaceBody: "replace body", RemoveTrailers: "remove trailers",
		}[e.Op]
		if e.Status != 0 {
			line += " " + strconv.Itoa(e.Status) + " " + e.Details
		}
		if e.Name != "" {
			line += " " + e.Name
		}
		if e.Value != "" {
			line += ": " + e.Value
		}
		for _, header := range e.Headers {
			line += " [" + header.Name + ": " + header.Value + "]"
		}
		if e.Body != nil {
			line += " " + strconv.Quote(string(e.Body))
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// throttled is how THROTTLED came to be replaced.
var throttled = engine.Trace{Class: classify.Result{Type: config.Throttled, Known: true}, Entry: "DEFAULT_4XX"}

// told is how the access log learns of it.
const told = `
state gateway_responses.type: THROTTLED
state gateway_responses.original_status: 429
state gateway_responses.entry: DEFAULT_4XX`

func TestReplace(t *testing.T) {
	quoting := func(original []byte) []byte { return original }
	for _, tc := range []struct {
		name, headers string
		upstream      bool
		headerOnly    bool
		host          Host
		reply         engine.Reply
		changes       engine.HeaderChanges
		want          string
	}{
		{
			name: "length, status, headers", headers: ":status: 429\ncontent-length: 9\nx-a: 1\nx-a: 2\netag: x",
			reply:   engine.Reply{Status: 503, Body: []byte("{}")},
			changes: engine.HeaderChanges{Set: headerLines("x-a: 3\nx-a: 4\nx-b: 5"), Remove: []string{"etag", "absent"}},
			want:    "replace content-length: 2\nreplace :status: 503\nremove etag\nremove x-a\nreplace x-a: 3\nadd x-a: 4\nreplace x-b: 5",
		},
		{
			name: "all at once", headers: ":status: 429\ncontent-length: 9\nx-a: 1\nset-cookie: a\nx-a: 2\nset-cookie: b\netag: x",
			host:    Host{Sets: anyHeaders},
			reply:   engine.Reply{Status: 503, Body: []byte("{}")},
			changes: engine.HeaderChanges{Set: headerLines("x-a: 3\nx-a: 4\nx-b: 5"), Remove: []string{"etag", "absent"}},
			want:    "set [:status: 503] [content-length: 2] [set-cookie: a] [set-cookie: b] [x-a: 3] [x-a: 4] [x-b: 5]",
		},
		{
			name: "too many for one call", headers: ":status: 429\ncontent-length: 9\nx-a: 1",
			host:    Host{Sets: func(headers facts.Headers) bool { return len(headers) < 4 }},
			reply:   engine.Reply{Status: 503, Body: []byte("{}")},
			changes: engine.HeaderChanges{Set: headerLines("x-b: 2")},
			want:    "replace content-length: 2\nreplace :status: 503\nreplace x-b: 2",
		},
		{
			name: "a single change stays one", headers: ":status: 429\ncontent-length: 9", host: Host{Sets: anyHeaders},
			reply: engine.Reply{Status: 429, Body: []byte("{}")}, want: "replace content-length: 2",
		},
		{
			name: "a body that quotes has no length", headers: ":status: 429\ncontent-length: 9",
			reply: engine.Reply{Status: 429, Quote: quoting}, want: "remove content-length",
		},
		{
			name: "an upstream's has one where it had one", headers: ":status: 429\ncontent-length: 9", upstream: true,
			reply: engine.Reply{Status: 429, Body: []byte("{}")}, want: "replace content-length: 2",
		},
		{
			name: "an upstream's has none where it had none", headers: ":status: 429", upstream: true,
			reply: engine.Reply{Status: 429, Body: []byte("{}")},
		},
		{
			name: "nor where no byte comes", headers: ":status: 429\ncontent-length: 0", upstream: true,
			reply: engine.Reply{Status: 429, Body: []byte("{}")},
		},
		{
			name: "a refused upgrade has one", headers: ":status: 429\nconnection: keep-alive, Upgrade\nupgrade: websocket", upstream: true,
			reply: engine.Reply{Status: 429, Body: []byte("{}")}, want: "replace content-length: 2",
		},
		{
			name: "204 has no length", headers: ":status: 429\ncontent-length: 9",
			reply: engine.Reply{Status: 204}, want: "remove content-length\nreplace :status: 204",
		},
		{
			name: "205 has the length 0", headers: ":status: 429\ncontent-length: 9",
			reply: engine.Reply{Status: 205}, want: "replace content-length: 0\nreplace :status: 205",
		},
		{
			name: "a reply to HEAD", headers: ":status: 429\ncontent-length: 9", headerOnly: true,
			reply: engine.Reply{Status: 429, Body: []byte("{}")}, want: "replace content-length: 2",
		},
		{
			name: "a reply without a body gets a nested one", headers: ":status: 429\nx-a: 1", headerOnly: true,
			reply:   engine.Reply{Status: 503, Body: []byte("{}")},
			changes: engine.HeaderChanges{Set: headerLines("x-b: 2")},
			want:    `nested 503 local_rate_limited [x-a: 1] [x-b: 2] "{}"`,
		},
		{
			name: "a host that adds bodies needs none", headers: ":status: 429\nx-a: 1", headerOnly: true, host: Host{AddsBody: true},
			reply:   engine.Reply{Status: 503, Body: []byte("{}")},
			changes: engine.HeaderChanges{Set: headerLines("x-b: 2")},
			want:    "replace content-length: 2\nreplace :status: 503\nreplace x-b: 2\nadd body \"{}\"",
		},
		{
			name: "an empty body needs none either", headers: ":status: 429", headerOnly: true,
			reply: engine.Reply{Status: 302}, want: "replace :status: 302",
		},
		{
			name: "gRPC keeps status and length", headers: ":status: 200\ngrpc-status: 7", headerOnly: true,
			reply:   engine.Reply{Status: 429, GRPC: "UNAVAILABLE", Body: []byte("no")},
			changes: engine.HeaderChanges{Set: headerLines("grpc-status: 14"), Remove: []string{"grpc-message"}},
			want:    "replace grpc-status: 14",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := &facts.Facts{Reply: facts.Reply{Status: 429, Details: "local_rate_limited", Headers: headerLines(tc.headers)}}
			f.Reply.HasBody = !tc.headerOnly || AnnouncesBody(f.Reply.Headers)
			if tc.upstream {
				f.Reply.Details = "via_upstream"
			}
			decision := engine.Decision{Reply: &tc.reply, Headers: tc.changes, Trace: throttled}
			r, edits := Replace(f, decision, tc.headerOnly, tc.host)
			if diff := cmp.Diff(strings.TrimPrefix(tc.want+told, "\n"), text(edits)); diff != "" {
				t.Errorf("edits (-want +got):\n%s", diff)
			}
			if nested := strings.HasPrefix(tc.want, "nested"); r.Nested() != nested || r.Done() != (tc.headerOnly && !nested) {
				t.Errorf("Nested() = %v, Done() = %v", r.Nested(), r.Done())
			}
		})
	}
}

func TestLeave(t *testing.T) {
	f := &facts.Facts{Reply: facts.Reply{Status: 429, Headers: headerLines(":status: 429\nvary: a\nvary: b\nx-type: T")}}
	changes := engine.HeaderChanges{Set: headerLines("vary: a, b, Origin"), Remove: []string{"x-type", "absent"}}
	trace := throttled
	for left, want := range map[engine.Left]string{
		engine.LeftNoEntry: "remove vary\nreplace vary: a, b, Origin\nremove x-type",
		engine.LeftObserve: "remove vary\nreplace vary: a, b, Origin\nremove x-type" + told,
	} {
		trace.Left = left
		if diff := cmp.Diff(want, text(Leave(f, engine.Decision{Headers: changes, Trace: trace}, Host{}))); diff != "" {
			t.Errorf("left because of %s: edits (-want +got):\n%s", left, diff)
		}
	}
}

func TestCounters(t *testing.T) {
	trace := engine.Trace{
		Class: classify.Result{Type: config.Default4XX}, UnknownRoute: "r", DocumentRefused: true,
		Dropped: []string{"a", "b"}, UnknownType: true, KeptStatus: true,
	}
	want := []string{Unclassified, UnknownRoute, BadRouteDocument, DroppedHeader, DroppedHeader, UnknownType, KeptStatus}
	if diff := cmp.Diff(want, Counters(trace)); diff != "" {
		t.Errorf("Counters (-want +got):\n%s", diff)
	}
	for _, left := range []engine.Left{engine.LeftOff, engine.LeftUnnamed} {
		if got := Counters(engine.Trace{Left: left}); got != nil {
			t.Errorf("left because of %s: counts %v", left, got)
		}
	}
}

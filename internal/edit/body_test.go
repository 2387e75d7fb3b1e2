// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// replaceBody begins a reply with a body whose headers are given, and ends it with trailers or without, on a host that holds chunks or not.
func replaceBody(reply engine.Reply, headers string, chunks []string, trailers, holds bool) (*Rewrite, string) {
	f := &facts.Facts{Reply: facts.Reply{Status: 429, Details: "via_upstream", HasBody: true, Headers: headerLines(headers)}}
	r, _ := Replace(f, engine.Decision{Reply: &reply, Trace: throttled}, false, Host{Holds: holds})
	var steps []string
	for i, chunk := range chunks {
		edits, hold := r.Body(len(chunk), []byte(chunk[:r.Reads(len(chunk))]), i == len(chunks)-1 && !trailers)
		step := text(edits)
		if hold {
			step += " held"
		}
		steps = append(steps, step)
	}
	if trailers {
		steps = append(steps, text(r.Trailers()))
	}
	return r, strings.Join(steps, "\n")
}

func TestBody(t *testing.T) {
	const (
		length   = "content-length: 9"
		chunked  = "transfer-encoding: chunked"
		replaced = "gateway_responses.THROTTLED.429"
		lost     = "gateway_responses.left.hostError"
	)
	final := engine.Reply{Status: 429, Body: []byte("{}")}
	quoting := engine.Reply{Status: 429, Quote: func(original []byte) []byte { return []byte("<" + string(original) + ">") }}
	for _, tc := range []struct {
		name     string
		reply    engine.Reply
		headers  string
		chunks   []string
		trailers bool
		holds    bool
		want     string
		counter  string
	}{
		{name: "the first chunk", reply: final, headers: length, chunks: []string{"slow ", "down", ""}, want: "replace body \"{}\"\nreplace body\n", counter: replaced},
		{name: "the first byte", reply: final, chunks: []string{"", "slow", ""}, want: "\nreplace body \"{}\"\n", counter: replaced},
		{name: "of HTTP/1, without a byte", reply: final, headers: chunked, chunks: []string{""}, want: `replace body "{}"`, counter: replaced},
		{name: "of HEAD or of a GET without a byte", reply: final, chunks: []string{""}, counter: replaced},
		{name: "of HEAD, with the length that GET would get", reply: final, headers: length, chunks: []string{""}, counter: replaced},
		{name: "of the length 0", reply: final, headers: "content-length: 0", chunks: []string{""}, counter: replaced},
		{name: "quoted to its end", reply: quoting, chunks: []string{"slow ", "down"}, want: "replace body\nreplace body \"<slow down>\"", counter: replaced},
		{
			name: "quoted to its length", reply: quoting, headers: "content-length: 5", chunks: []string{"slow ", ""},
			want: "replace body \"<slow >\"\n", counter: replaced,
		},
		{name: "quoted without a byte", reply: quoting, headers: chunked, chunks: []string{""}, want: `replace body "<>"`, counter: replaced},
		{name: "quoted, of HEAD or of a GET without a byte", reply: quoting, chunks: []string{""}, counter: replaced},
		{
			name: "held for trailers that are announced", reply: quoting, headers: "trailer: x-sum", chunks: []string{"slow ", "down"}, trailers: true, holds: true,
			want: "replace body held\nreplace body held\nremove trailers\nreplace body \"<slow down>\"", counter: replaced,
		},
		{
			name: "trailers that are announced to a host that cannot hold", reply: quoting, headers: "trailer: x-sum", chunks: []string{"", "slow ", "down"}, trailers: true,
			want: "\nreplace body \"<slow >\"\nreplace body\nremove trailers", counter: replaced,
		},
		{
			name: "trailers that come unannounced", reply: quoting, chunks: []string{"slow"}, trailers: true,
			want: "replace body\nremove trailers", counter: lost,
		},
		{name: "trailers behind the new body", reply: final, chunks: []string{"slow"}, trailers: true, want: "replace body \"{}\"\nremove trailers", counter: replaced},
		{name: "trailers without a chunk", reply: final, trailers: true, want: "remove trailers", counter: lost},
		{name: "trailers without a chunk, over HTTP/1", reply: final, headers: chunked, trailers: true, want: "remove trailers", counter: lost},
		{name: "trailers without a chunk, of HEAD", reply: final, headers: length, trailers: true, want: "remove trailers", counter: replaced},
		{name: "trailers without a chunk, and no body", reply: engine.Reply{Status: 204}, trailers: true, want: "remove trailers", counter: "gateway_responses.THROTTLED.204"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			r, got := replaceBody(tc.reply, ":status: 429\n"+tc.headers, tc.chunks, tc.trailers, tc.holds)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("edits (-want +got):\n%s", diff)
			}
			if got := r.Counter().Name(); got != tc.counter {
				t.Errorf("Counter() = %s, want %s", got, tc.counter)
			}
		})
	}
}

// TestSent holds what is said of a nested reply in the end, and which status counts.
func TestSent(t *testing.T) {
	f := &facts.Facts{Reply: facts.Reply{Status: 429, Headers: headerLines("x-a: 1\nx-b: 1\nx-c: 1")}}
	reply := &engine.Reply{Status: 429, Body: []byte("{}"), AddedByRoutes: []string{"x-b", "x-c"}}
	r, _ := Replace(f, engine.Decision{Reply: reply, Trace: throttled}, true, Host{})
	doubled, lost := r.Sent(headerLines(":status: 503\nx-a: 1\nx-a: 1\nx-b: 1"))
	if diff := cmp.Diff([][]string{{"x-a"}, {"x-c"}}, [][]string{doubled, lost}); diff != "" {
		t.Errorf("doubled and lost (-want +got):\n%s", diff)
	}
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/wasmhost"
)

// upstreamRules asks for the upstream's errors; the body of a 404 is quoted.
const upstreamRules = `{
	"classification": [
		{"when": {"source": "upstream", "status": ["404"]}, "responseType": "RESOURCE_NOT_FOUND"},
		{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE", "message": "sorry"}],
	"gatewayResponses": {"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "<$context.envoy.body>"}}, "DEFAULT_5XX": {}}}`

// upstreamError is an error of the upstream.
func upstreamError(status int, trailers facts.Headers, chunks ...[]byte) wasmhost.Exchange {
	x := denied()
	x.Upstream, x.Chunks, x.Trailers = true, chunks, trailers
	x.Facts.Reply = facts.Reply{Status: status, Details: "via_upstream", HasBody: true}
	return x
}

// TestWasmUpstream runs bodies in all kinds of pieces through the compiled filter.
func TestWasmUpstream(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, upstreamRules)
	piece := bytes.Repeat([]byte("x"), 3000)
	var large [][]byte
	for range 100 {
		large = append(large, piece)
	}
	quoted := "<" + string(bytes.Repeat([]byte("x"), facts.MaxBody)) + ">"
	sum := facts.Headers{{Name: "x-sum", Value: "1"}}
	for _, tc := range []struct {
		name     string
		exchange wasmhost.Exchange
		body     string
	}{
		{"one chunk", upstreamError(500, nil, []byte("oops")), `{"message":"sorry"}`},
		{"several chunks", upstreamError(500, nil, []byte("oo"), nil, []byte("ps"), nil), `{"message":"sorry"}`},
		{"many chunks", upstreamError(500, nil, large...), `{"message":"sorry"}`},
		{"trailers", upstreamError(500, sum, []byte("oo"), []byte("ps")), `{"message":"sorry"}`},
		{"quoted", upstreamError(404, nil, []byte("no "), []byte("pet")), `<no pet>`},
		{"quoted to its end", upstreamError(404, nil, []byte("no "), nil, []byte("pet"), nil), `<no pet>`},
		{"quoted in part", upstreamError(404, nil, large...), quoted},
		{"quoted before trailers", announced(upstreamError(404, sum, nil, []byte("no "), []byte("pet"))), `<no >`},
		{"quoted in part before trailers", announced(upstreamError(404, sum, large...)), "<" + string(large[0]) + ">"},
		{"nothing to quote before trailers", upstreamError(404, sum), ``},
	} {
		t.Run(tc.name, func(t *testing.T) {
			outcome := host.Do(tc.exchange)
			wantHealthy(t, outcome)
			if string(outcome.Body) != tc.body || len(outcome.Trailers) > 0 {
				t.Errorf("body %.100q, trailers %v, want %.100q and none", outcome.Body, outcome.Trailers, tc.body)
			}
		})
	}
}

// TestWasmSmallBuffers holds that no body is quoted by making Envoy keep more than it may, which cuts the stream: not where the
// reply says that no trailers come.
func TestWasmSmallBuffers(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, upstreamRules)
	small, large := []byte("x"), bytes.Repeat([]byte("x"), 40_000)
	quoted := "<" + string(large[:facts.MaxBody]) + ">"
	for _, tc := range []struct {
		name, header string
		chunks       [][]byte
		body         string
	}{
		{"length", "content-length: 40001", [][]byte{small, large}, quoted},
		{"a short one", "content-length: 3", [][]byte{small, small, small}, "<xxx>"},
		{"less than was announced", "content-length: 3", [][]byte{small, small}, "<xx>"},
		{"HTTP/1.1", "transfer-encoding: chunked", [][]byte{small, large}, quoted},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := upstreamError(404, nil, tc.chunks...)
			x.BufferLimit, x.Facts.Reply.Headers = 32<<10, headerLines(tc.header)
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if string(outcome.Body) != tc.body {
				t.Errorf("body %.100q, want %.100q", outcome.Body, tc.body)
			}
		})
	}
	t.Run("trailers", func(t *testing.T) {
		for headers, want := range map[string]string{"content-length: 3": "<xxx>", "content-length: 3\ntrailer: x-sum": "<xxx>", "trailer: x-sum": "<x>"} {
			x := upstreamError(404, facts.Headers{{Name: "x-sum", Value: "1"}}, small, small, small)
			x.Facts.Reply.Headers = headerLines(headers)
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if string(outcome.Body) != want || outcome.Trailers != nil {
				t.Errorf("%s: body %q, trailers %v, want %s and none", headers, outcome.Body, outcome.Trailers, want)
			}
		}
	})
}

// announced is an exchange whose reply says that trailers will come.
func announced(x wasmhost.Exchange) wasmhost.Exchange {
	x.Facts.Reply.Headers = headerLines("trailer: x-sum")
	return x
}

// TestWasmAddedTrailers holds that a filter which adds trailers at the end of a body, as decompressor does, costs the quoted
// body at most: the client does not wait for an end.
func TestWasmAddedTrailers(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, upstreamRules)
	for _, header := range []string{"", "transfer-encoding: chunked", "transfer-encoding: chunked\ntrailer: x-sum"} {
		x := upstreamError(404, facts.Headers{{Name: "x-bytes", Value: "3"}}, []byte("x"), []byte("xx"))
		x.TrailersAdded, x.Facts.Reply.Headers = true, headerLines(header)
		outcome := host.Do(x)
		wantHealthy(t, outcome)
		if outcome.Status != 404 || len(outcome.Body) > 0 {
			t.Errorf("%q: %d %q, want a 404 without a body", header, outcome.Status, outcome.Body)
		}
	}
	if got := host.Metric("gateway_responses.left.hostError"); got != 3 {
		t.Errorf("left.hostError = %d, want 3", got)
	}
}

// TestWasmUpstreamWithoutBody holds that a reply of an upstream without a byte stays without: it may be one to HEAD, or end with
// trailers, and no client takes another reply for a body that cannot come.
func TestWasmUpstreamWithoutBody(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, upstreamRules)
	trailers := upstreamError(500, facts.Headers{{Name: "x-sum", Value: "1"}})
	// Over HTTP/2 a reply to HEAD may end with an empty chunk.
	head := upstreamError(500, nil, []byte{})
	head.Facts.Reply.Headers = headerLines("content-length: 9")
	head.Facts.Request.Headers = headerLines(":method: HEAD")
	for name, x := range map[string]wasmhost.Exchange{"trailers": trailers, "an empty chunk": head} {
		outcome := host.Do(x)
		wantHealthy(t, outcome)
		if len(outcome.Body) > 0 || outcome.Status != 500 {
			t.Errorf("%s: status %d, %d bytes", name, outcome.Status, len(outcome.Body))
		}
	}
	if got := host.Metric("gateway_responses.left.hostError"); got != 1 {
		t.Errorf("left.hostError = %d, want 1, of the trailers", got)
	}
}

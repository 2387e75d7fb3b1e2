// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/wasmhost"
)

// TestWasmManyHeaders holds that no header is lost of a reply that has more than Envoy takes in one call: at most 1,024 with at most 1 MiB.
func TestWasmManyHeaders(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{
		"classification": [{"when": {"source": "upstream", "status": ["5xx"]}, "responseType": "INTEGRATION_FAILURE"}],
		"gatewayResponses": {"DEFAULT_5XX": {"statusCode": 503,
			"responseParameters": {"gatewayresponse.header.X-Twice": "method.request.multivalueheader.X-Ask"},
			"responseTemplates": {"application/json": "{}"}}}}`)
	for _, tc := range []struct {
		name string
		old  facts.Headers
	}{
		{"as many as fit", slices.Repeat(headerLines("x-old: 1"), 1020)},
		{"one more", slices.Repeat(headerLines("x-old: 1"), 1021)},
		{"large", facts.Headers{{Name: "x-old", Value: strings.Repeat("x", 1<<20)}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := upstreamError(500, nil, []byte("oops"))
			x.Facts.Request.Headers = append(slices.Clone(x.Facts.Request.Headers), headerLines("x-ask: a\nx-ask: b")...)
			x.Facts.Reply.Headers = slices.Concat(headerLines("content-length: 4"), tc.old)
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			want := slices.Concat(headerLines(":status: 503\ncontent-length: 2\ncontent-type: application/json"), tc.old, headerLines("x-twice: a,b"))
			slices.SortStableFunc(outcome.Headers, func(a, b facts.Header) int { return strings.Compare(a.Name, b.Name) })
			if diff := cmp.Diff(want, outcome.Headers); diff != "" || string(outcome.Body) != "{}" {
				t.Errorf("body %q, headers (-want +got):\n%.1000s", outcome.Body, diff)
			}
		})
	}
	t.Run("without a body", func(t *testing.T) {
		x := upstreamError(500, nil)
		x.Facts.Reply.HasBody = false
		x.Facts.Reply.Headers = slices.Repeat(headerLines("x-old: 1"), 1024)
		outcome := host.Do(x)
		wantHealthy(t, outcome)
		want := slices.Concat(headerLines(":status: 500"), x.Facts.Reply.Headers)
		if diff := cmp.Diff(want, outcome.Headers); diff != "" || len(outcome.Body) > 0 {
			t.Errorf("body %q, headers (-want +got):\n%.1000s", outcome.Body, diff)
		}
	})
}

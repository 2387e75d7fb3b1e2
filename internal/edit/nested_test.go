// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// headerLines reads header lines, "name: value", one each line.
func headerLines(text string) facts.Headers {
	var headers facts.Headers
	for line := range strings.SplitSeq(text, "\n") {
		if line == "" {
			continue
		}
		at := strings.Index(line[1:], ":") + 1
		headers = append(headers, facts.Header{Name: line[:at], Value: strings.TrimPrefix(line[at+1:], " ")})
	}
	return headers
}

func TestNestedHeaders(t *testing.T) {
	changes := engine.HeaderChanges{
		Set:    headerLines("content-type: a/b\nvary: accept\nset-cookie: c=3\nset-cookie: d=4"),
		Remove: []string{"etag"},
	}
	old := headerLines(`:status: 429
connection: close
content-length: 0
content-type: text/plain
date: now
keep-alive: timeout=5
proxy-connection: close
server: envoy
te: trailers
trailer: x
transfer-encoding: chunked
upgrade: h2c
etag: x
www-authenticate: Basic
www-authenticate: Bearer
vary: origin
set-cookie: a=1`)
	want := headerLines(`www-authenticate: Basic
www-authenticate: Bearer
content-type: a/b
vary: accept
set-cookie: c=3
set-cookie: d=4`)
	if diff := cmp.Diff(want, nestedHeaders(old, changes, nil)); diff != "" {
		t.Errorf("headers of the nested reply (-want +got):\n%s", diff)
	}
}

func TestDoubledHeaders(t *testing.T) {
	tests := []struct {
		name      string
		sent, got facts.Headers
		want      []string
	}{
		{
			name: "nothing", sent: headerLines("x-a: 1\nx-a: 1\nx-b: 2"), got: headerLines(":status: 429\nx-b: 2\nx-a: 1\nx-a: 1\ndate: now"),
		},
		{
			name: "a line more before", sent: headerLines("x-a: 1"), got: headerLines("x-a: 1\nx-a: 1"), want: []string{"x-a"},
		},
		{
			name: "a line more behind", sent: headerLines("x-a: 1\nx-a: 2"), got: headerLines("x-a: 1\nx-a: 2\nx-a: 2"), want: []string{"x-a"},
		},
		{
			name: "joined in one line",
			sent: headerLines("access-control-allow-origin: https://a"),
			got:  headerLines("access-control-allow-origin: https://a,https://a"),
			want: []string{"access-control-allow-origin"},
		},
		{
			name: "Envoy adds itself", sent: headerLines("via: 1.1 a\nproxy-status: a"), got: headerLines("via: 1.1 a, envoy\nproxy-status: a, envoy"),
		},
		{
			name: "replaced by Envoy", sent: headerLines("x-a: 1"), got: headerLines("x-a: 2"),
		},
		{
			name: "removed by Envoy", sent: headerLines("x-a: 1"), got: nil,
		},
		{
			name: "several names in order", sent: headerLines("x-b: 1\nx-a: 1"), got: headerLines("x-a: 1\nx-b: 1\nx-b: 1\nx-a: 1"), want: []string{"x-b", "x-a"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, doubledHeaders(test.sent, test.got)); diff != "" {
				t.Errorf("doubledHeaders(%v, %v) (-want +got):\n%s", test.sent, test.got, diff)
			}
		})
	}
}

// FuzzDoubledHeaders holds that a quick look at few lines finds what a look at many finds.
func FuzzDoubledHeaders(f *testing.F) {
	f.Add("x-a: 1\nx-a: 2\nx-b: 1", "x-a: 1\nx-a: 2\nx-b: 1\ndate: now")
	f.Add("x-a: 1\nx-b: 2", "x-a: 1\nx-a: 1\nx-b: 2,2")
	f.Add("x-a: 1\nx-a: 1", "x-a: 1")
	f.Fuzz(func(t *testing.T, sentText, gotText string) {
		if len(sentText)+len(gotText) > 200 {
			return
		}
		var sent, got facts.Headers
		for line := range strings.SplitSeq(sentText, "\n") {
			sent = append(sent, facts.Header{Name: line[:min(1, len(line))], Value: line[min(1, len(line)):]})
		}
		for line := range strings.SplitSeq(gotText, "\n") {
			got = append(got, facts.Header{Name: line[:min(1, len(line))], Value: line[min(1, len(line)):]})
		}
		quick := doubledHeaders(sent, got)
		// Lines of another name change nothing but the number.
		for range fewPairs {
			got = append(got, facts.Header{Name: "another"})
		}
		if diff := cmp.Diff(doubledHeaders(sent, got), quick); diff != "" {
			t.Errorf("doubled of %q in %q (-many +few):\n%s", sentText, gotText, diff)
		}
	})
}

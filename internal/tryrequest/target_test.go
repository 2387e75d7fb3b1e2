// SPDX-License-Identifier: Apache-2.0

package tryrequest

import (
	"strings"
	"testing"
)

func TestParseTarget(t *testing.T) {
	for _, tc := range []struct{ text, url, wrong string }{
		{"default/edge=http://127.0.0.1:10000", "http://127.0.0.1:10000", ""},
		{"default/edge=https://edge.example.com", "https://edge.example.com:443", ""},
		{"default/edge=http://edge.example.com/", "http://edge.example.com:80", ""},
		{"default/edge=http://[::1]:8080", "http://[::1]:8080", ""},
		{"edge=http://127.0.0.1:10000", "", "is not GATEWAY/NAME=URL"},
		{"default/Edge=http://127.0.0.1:10000", "", "is not GATEWAY/NAME=URL"},
		{"default/edge", "", "is not GATEWAY/NAME=URL"},
		{"default/edge=127.0.0.1:10000", "", "is no URL"},
		{"default/edge=ftp://127.0.0.1", "", "does not begin with http:// or https://"},
		{"default/edge=file:///etc/passwd", "", "does not begin with http:// or https://"},
		{"default/edge=http://", "", "has no host"},
		{"default/edge=http://:80", "", "has no host"},
		{"default/edge=http://ann:secret@127.0.0.1", "", "has a user"},
		{"default/edge=http://127.0.0.1/status", "", "has a path or more"},
		{"default/edge=http://127.0.0.1?a=b", "", "has a path or more"},
		{"default/edge=http://127.0.0.1#", "", "has a path or more"},
		{"default/edge=http://127.0.0.1:0", "", "no port"},
		{"default/edge=http://127.0.0.1:65536", "", "no port"},
	} {
		got, err := ParseTarget(tc.text)
		switch {
		case tc.wrong != "" && (err == nil || !strings.Contains(err.Error(), tc.wrong)):
			t.Errorf("%s: %v, want %q", tc.text, err, tc.wrong)
		case tc.wrong == "" && (err != nil || got != Target{"default", "edge", tc.url}):
			t.Errorf("%s: %+v, %v, want %s", tc.text, got, err, tc.url)
		}
	}
}

// TestTwice holds that a name leads to one place.
func TestTwice(t *testing.T) {
	edge := Target{"default", "edge", "http://127.0.0.1:1"}
	if _, err := New([]Target{edge, edge}, nil); err == nil || !strings.Contains(err.Error(), "default/edge is given twice") {
		t.Errorf("got %v", err)
	}
}

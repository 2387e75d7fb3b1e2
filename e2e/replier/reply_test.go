// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseReply(t *testing.T) {
	tests := []struct {
		name    string
		request [][2]string
		want    localReply
		asked   bool
	}{
		{
			name:    "without a status nothing is asked for",
			request: [][2]string{{":path", "/"}, {"x-replier-body", "body"}},
			want:    localReply{body: "body"},
		},
		{
			name: "all headers",
			request: [][2]string{
				{":path", "/"},
				{"x-replier-status", "401"},
				{"x-replier-details", "jwt_authn_access_denied{Jwt_is_missing}"},
				{"x-replier-header", "www-authenticate=Bearer realm%3D%22a%22"},
				{"x-replier-header", "x-empty="},
				{"x-replier-body", "100%25 %C3%A4%0D%0A"},
			},
			want: localReply{
				status:  401,
				details: "jwt_authn_access_denied{Jwt_is_missing}",
				headers: [][2]string{{"www-authenticate", `Bearer realm="a"`}, {"x-empty", ""}},
				body:    "100% ä\r\n",
			},
			asked: true,
		},
		{
			name:    "status below 400",
			request: [][2]string{{"x-replier-status", "204"}},
			want:    localReply{status: 204},
			asked:   true,
		},
		{
			name:    "status out of range",
			request: [][2]string{{"x-replier-status", "199"}},
			want:    badRequest(`x-replier-status cannot be "199"`),
			asked:   true,
		},
		{
			name:    "status not a number",
			request: [][2]string{{"x-replier-status", "4xx"}},
			want:    badRequest(`x-replier-status cannot be "4xx"`),
			asked:   true,
		},
		{
			name:    "header without equals sign",
			request: [][2]string{{"x-replier-header", "retry-after: 1"}},
			want:    badRequest(`x-replier-header cannot be "retry-after: 1"`),
			asked:   true,
		},
		{
			name:    "header without name",
			request: [][2]string{{"x-replier-header", "=1"}},
			want:    badRequest(`x-replier-header cannot be "=1"`),
			asked:   true,
		},
		{
			name:    "percent sign at the end",
			request: [][2]string{{"x-replier-body", "100%"}},
			want:    badRequest(`x-replier-body cannot be "100%"`),
			asked:   true,
		},
		{
			name:    "percent sign before something else",
			request: [][2]string{{"x-replier-body", "%zz"}},
			want:    badRequest(`x-replier-body cannot be "%zz"`),
			asked:   true,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, asked := parseReply(test.request)
			if asked != test.asked {
				t.Errorf("parseReply(%q) asked = %t, want %t", test.request, asked, test.asked)
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(localReply{})); diff != "" {
				t.Errorf("parseReply(%q) (-want +got):\n%s", test.request, diff)
			}
		})
	}
}

func FuzzPercentDecode(f *testing.F) {
	for _, seed := range []string{"", "plain", "%41", "100%25", "%", "%4", "%zz", "a%00b", "%C3%A4"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<10 {
			return
		}
		decoded, ok := percentDecode(text)
		if ok && len(decoded) > len(text) {
			t.Errorf("percentDecode(%q) = %q, which is longer", text, decoded)
		}
		var encoded []byte
		for _, b := range []byte(text) {
			const digits = "0123456789ABCDEF"
			encoded = append(encoded, '%', digits[b>>4], digits[b&15])
		}
		if again, ok := percentDecode(string(encoded)); !ok || again != text {
			t.Errorf("percentDecode(%q) = %q, %t, want %q", encoded, again, ok, text)
		}
	})
}

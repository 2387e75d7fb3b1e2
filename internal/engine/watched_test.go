// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
)

// FuzzHeadersOf holds that one pass over the headers of a reply finds what a search for each of the watched ones does.
func FuzzHeadersOf(f *testing.F) {
	f.Add(strings.Join(watched[:], "\n"))
	f.Add("etag\nEtag\n\ncontent-type \nx-gateway-response-bodies\nvary\netag")
	f.Fuzz(func(t *testing.T, names string) {
		var headers facts.Headers
		for name := range strings.SplitSeq(names, "\n") {
			headers = append(headers, facts.Header{Name: name})
		}
		found := headersOf(headers)
		for place, name := range watched {
			if _, want := headers.First(name); want != (found>>place&1 == 1) {
				t.Errorf("headers %q: %s found = %t, want %t", names, name, !want, want)
			}
		}
		if found>>len(watched) != 0 {
			t.Errorf("headers %q: found %b, want no bits above those of the watched ones", names, found)
		}
	})
}

// TestWatched holds that each bit stands for the header that it is called after.
func TestWatched(t *testing.T) {
	var all facts.Headers
	for _, name := range watched {
		all = append(all, facts.Header{Name: name})
	}
	for set, want := range map[headerSet]string{
		hasContentType: contentType, hasLocation: location, hasGRPCStatus: GRPCStatus, hasGRPCMessage: grpcMessage, hasCompanion: CompanionHeader,
		describesBody: "content-encoding content-language content-location content-disposition etag last-modified trailer content-md5 digest content-digest repr-digest",
	} {
		x := &exchange{has: headersOf(all)}
		x.dropWatched(set)
		if got := strings.Join(x.headers.Remove, " "); got != want {
			t.Errorf("the set %b has %s, want %s", set, got, want)
		}
	}
}

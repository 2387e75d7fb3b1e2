// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCORSNeeds holds that a request pays for no more than the block uses.
func TestCORSNeeds(t *testing.T) {
	for document, want := range map[string]askedFor{
		`{}`:                                {},
		`{"cors": {"allowOrigins": ["*"]}}`: {},
		`{"cors": {"allowOrigins": ["https://a.example"]}}`:                                     {RequestHeaders: []string{"origin"}},
		`{"cors": {"allowOrigins": ["https://a.example"], "preflight": {}}}`:                    {AllRequestHeaders: true},
		`{"cors": {"allowOrigins": ["*"], "preflight": {}}}`:                                    {AllRequestHeaders: true},
		`{"mode": "off", "cors": {"allowOrigins": ["https://a.example"], "preflight": {}}}`:     {Idle: true},
		`{"mode": "observe", "cors": {"allowOrigins": ["https://a.example"]}}`:                  {},
		`{"mode": "observe", "cors": {"allowOrigins": ["https://a.example"], "preflight": {}}}`: {AllRequestHeaders: true},
	} {
		program, findings := Load([]byte(document), Everything())
		if program == nil {
			t.Fatalf("%s is refused:\n%s", document, findings)
		}
		if diff := cmp.Diff(want, asked(program)); diff != "" {
			t.Errorf("%s: needs (-want +got):\n%s", document, diff)
		}
	}
}

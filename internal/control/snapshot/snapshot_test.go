// SPDX-License-Identifier: Apache-2.0

package snapshot

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/assemble"
)

// shop is an API.
func shop() Snapshot {
	return Snapshot{
		Name: "shop", Responses: map[string]apigateway.GatewayResponse{"THROTTLED": {StatusCode: "429"}, "DEFAULT_4XX": {StatusCode: "400"}},
		Resources: []apigateway.Resource{{ID: "a", Path: "/"}, {ID: "b", Path: "/pets"}},
	}
}

// TestDiffering holds what is told of two snapshots: types by what became of them, and whether anything else that clients meet differs.
func TestDiffering(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Snapshot)
		types  map[string]assemble.Change
		other  bool
	}{
		"nothing":     {change: func(*Snapshot) {}},
		"its name":    {change: func(s *Snapshot) { s.Name, s.Description = "store", "All that is sold" }},
		"a resource":  {change: func(s *Snapshot) { s.Resources = s.Resources[:1] }, other: true},
		"its version": {change: func(s *Snapshot) { s.Version = "2" }, other: true},
		"responses": {
			change: func(s *Snapshot) {
				delete(s.Responses, "DEFAULT_4XX")
				s.Responses["THROTTLED"] = apigateway.GatewayResponse{StatusCode: "503"}
				s.Responses["UNAUTHORIZED"] = apigateway.GatewayResponse{}
			},
			types: map[string]assemble.Change{"DEFAULT_4XX": assemble.Removed, "THROTTLED": assemble.Changed, "UNAUTHORIZED": assemble.Added},
		},
	} {
		later := shop()
		c.change(&later)
		types, other, err := shop().Differing(later)
		if err != nil {
			t.Fatal(err)
		}
		if c.types == nil {
			c.types = map[string]assemble.Change{}
		}
		if diff := cmp.Diff(c.types, types); diff != "" || other != c.other {
			t.Errorf("%s: other is %t (-want +got):\n%s", name, other, diff)
		}
	}
}

// TestEncode holds that equal snapshots have one hash, others another one, and that there is a largest one.
func TestEncode(t *testing.T) {
	_, first, err := shop().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if _, second, err := shop().Encode(); err != nil || second != first {
		t.Errorf("the hashes of one API are %s and %s, %v", first, second, err)
	}
	large := shop()
	large.Policy = strings.Repeat("p", MaxSize)
	if _, _, err := large.Encode(); err == nil {
		t.Error("an API of more than MaxSize is taken")
	}
}

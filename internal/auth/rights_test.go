// SPDX-License-Identifier: Apache-2.0

package auth_test

import (
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
)

// TestRights holds what rights let a caller do.
func TestRights(t *testing.T) {
	team := auth.Rights{Role: auth.Deploy, APIs: []string{"shop*"}, Hosts: []string{"*.shop.example"}}
	for _, tc := range []struct {
		what string
		got  bool
		want bool
	}{
		{"a lesser role", team.May(auth.Edit), true},
		{"its role", team.May(auth.Deploy), true},
		{"a greater role", team.May(auth.Admin), false},
		{"no role at all", auth.Rights{}.May(auth.Read), false},
		{"a role that there is not", auth.Rights{Role: "root"}.May(auth.Read), false},
		{"nothing is no role", auth.Rights{}.May(""), false},
		{"its API", team.MayAPI(auth.Edit, "shop1"), true},
		{"another API", team.MayAPI(auth.Read, "bank1"), false},
		{"every API", auth.Rights{Role: auth.Edit}.MayAPI(auth.Edit, "bank1"), true},
		{"its host", team.MayHost(auth.Deploy, "de.shop.example"), true},
		{"the host above", team.MayHost(auth.Deploy, "shop.example"), false},
		{"every host at once", team.MayHost(auth.Deploy, "*"), false},
		{"no host is named", auth.Rights{Role: auth.Deploy}.MayHost(auth.Deploy, "shop.example"), false},
		{"every host of an admin", auth.Everything().MayHost(auth.Deploy, "*"), true},
		{"an admin of some hosts", auth.Rights{Role: auth.Admin, Hosts: []string{"a.example"}}.MayHost(auth.Deploy, "b.example"), false},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %v, want %v", tc.what, tc.got, tc.want)
		}
	}
}

// TestLacks holds what rights can be given by whom.
func TestLacks(t *testing.T) {
	team := auth.Rights{Role: auth.Admin, APIs: []string{"shop*"}, Hosts: []string{"*.shop.example", "shop.example"}}
	for _, tc := range []struct {
		what string
		have auth.Rights
		give auth.Rights
		want string
	}{
		{"everything of everything", auth.Everything(), auth.Everything(), ""},
		{"a part of everything", auth.Everything(), team, ""},
		{"all of it", team, team, ""},
		{"a part", team, auth.Rights{Role: auth.Edit, APIs: []string{"shop1", "shop2*"}, Hosts: []string{"*.de.shop.example"}}, ""},
		{"a greater role", auth.Rights{Role: auth.Edit}, auth.Rights{Role: auth.Deploy}, "the role deploy"},
		{"all APIs", team, auth.Rights{Role: auth.Read}, "all APIs"},
		{"more APIs", team, auth.Rights{Role: auth.Read, APIs: []string{"shop1", "sho*"}}, `APIs "sho*"`},
		{"all APIs by a star", team, auth.Rights{Role: auth.Read, APIs: []string{"*"}}, `APIs "*"`},
		{"all hosts", team, auth.Rights{Role: auth.Admin, APIs: []string{"shop1"}}, "all hosts"},
		{"more hosts", team, auth.Rights{Role: auth.Edit, APIs: []string{"shop1"}, Hosts: []string{"*.example"}}, `hosts "*.example"`},
		{"no hosts", team, auth.Rights{Role: auth.Deploy, APIs: []string{"shop1"}}, ""},
		{"hosts of nobody", auth.Rights{Role: auth.Deploy}, auth.Rights{Role: auth.Deploy, Hosts: []string{"a.example"}}, `hosts "a.example"`},
	} {
		if got := tc.have.Lacks(tc.give); got != tc.want {
			t.Errorf("%s: lacks %q, want %q", tc.what, got, tc.want)
		}
	}
}

// FuzzLacks holds that who has rights that lack nothing of others may do all that those may.
func FuzzLacks(f *testing.F) {
	f.Add("admin", "a*,b", "*.x", "edit", "ab", "a.x", "abc", "a.x")
	f.Add("admin", "", "", "admin", "", "", "x", "*")
	f.Add("deploy", "", "", "read", "*", "", "x", "y")
	f.Fuzz(func(t *testing.T, role, apis, hosts, otherRole, otherAPIs, otherHosts, api, host string) {
		list := func(text string) []string {
			if text == "" {
				return nil
			}
			return strings.Split(text, ",")
		}
		have := auth.Rights{Role: auth.Role(role), APIs: list(apis), Hosts: list(hosts)}
		give := auth.Rights{Role: auth.Role(otherRole), APIs: list(otherAPIs), Hosts: list(otherHosts)}
		if len(apis)+len(hosts)+len(otherAPIs)+len(otherHosts) > 100 || have.Lacks(give) != "" {
			return
		}
		for _, want := range []auth.Role{auth.Read, auth.Edit, auth.Deploy, auth.Admin} {
			if give.MayAPI(want, api) && !have.MayAPI(want, api) || give.MayHost(want, host) && !have.MayHost(want, host) {
				t.Errorf("%+v lacks nothing of %+v, and may less as %s on API %q or host %q", have, give, want, api, host)
			}
		}
	})
}

// TestCheck holds what is told of rights that are wrong.
func TestCheck(t *testing.T) {
	for _, tc := range []struct {
		rights auth.Rights
		want   string
	}{
		{auth.Rights{Role: auth.Read, APIs: []string{"a"}, Hosts: []string{"*.example.com"}}, ""},
		{auth.Rights{Role: "root"}, `the role "root" is none of read, edit, deploy and admin`},
		{auth.Rights{Role: auth.Read, APIs: []string{""}}, "apis: a glob has 1 to 253 bytes, not 0"},
		{auth.Rights{Role: auth.Read, Hosts: []string{strings.Repeat("a", 254)}}, "hosts: a glob has 1 to 253 bytes, not 254"},
		{auth.Rights{Role: auth.Read, Hosts: make([]string, 101)}, "hosts has 101 globs, at most 100 are allowed"},
		{auth.Rights{Role: auth.Read, Hosts: []string{"Shop.example"}}, `hosts: domain names are in lower case: "shop.example", not "Shop.example"`},
	} {
		got := ""
		if err := tc.rights.Check(); err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("Check of %.80v: %q, want %q", tc.rights, got, tc.want)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package auth_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/auth"
)

// TestParseGrant holds what a flag can say, and what is told of one that says nothing.
func TestParseGrant(t *testing.T) {
	for text, want := range map[string]auth.Grant{
		"platform=admin":            {Value: "platform", Rights: auth.Rights{Role: auth.Admin}},
		"shop-team=edit,apis=shop*": {Value: "shop-team", Rights: auth.Rights{Role: auth.Edit, APIs: []string{"shop*"}}},
		// The id of an API may be the name of a role.
		"team=edit,apis=admin":                {Value: "team", Rights: auth.Rights{Role: auth.Edit, APIs: []string{"admin"}}},
		"CN=read,OU=Groups,DC=example=deploy": {Value: "CN=read,OU=Groups,DC=example", Rights: auth.Rights{Role: auth.Deploy}},
		"a=deploy,hosts=*.x,apis=1,hosts=x":   {Value: "a", Rights: auth.Rights{Role: auth.Deploy, APIs: []string{"1"}, Hosts: []string{"*.x", "x"}}},
		"*=read":                              {Value: "*", Rights: auth.Rights{Role: auth.Read}},
		"teams/shop dev=edit,apis=a,apis=b":   {Value: "teams/shop dev", Rights: auth.Rights{Role: auth.Edit, APIs: []string{"a", "b"}}},
	} {
		got, err := auth.ParseGrant(text)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Errorf("%q: %v (-want +got):\n%s", text, err, diff)
		}
	}
	const form = " is not VALUE=ROLE, such as platform=admin or shop-team=edit,apis=shop-*,hosts=*.shop.example.com; a role is read, edit, deploy or admin"
	for text, want := range map[string]string{
		"platform":             `"platform"` + form,
		"=admin":               `"=admin"` + form,
		"platform=root":        `"platform=root"` + form,
		"a=edit,api=x":         `"a=edit,api=x"` + form,
		"a=edit,apis=":         `"a=edit,apis=": apis: a glob has 1 to 253 bytes, not 0`,
		"a=deploy,hosts=A.com": `"a=deploy,hosts=A.com": hosts: domain names are in lower case: "a.com", not "A.com"`,
	} {
		if got, err := auth.ParseGrant(text); err == nil || err.Error() != want {
			t.Errorf("%q: %+v, %v, want %s", text, got, err, want)
		}
	}
}

// FuzzParseGrant holds that a grant that is read gives what Check takes, to a value that stands in the text.
func FuzzParseGrant(f *testing.F) {
	f.Add("platform=admin")
	f.Add("CN=x,DC=y=edit,apis=a*,hosts=*.b")
	f.Add("a=edit,apis=admin,=")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := auth.ParseGrant(text)
		if err == nil && (got.Rights.Check() != nil || got.Value == "" || !strings.HasPrefix(text, got.Value+"="+string(got.Rights.Role))) {
			t.Errorf("ParseGrant(%q) = %+v", text, got)
		}
	})
}

// people are those of a company.
func people(t *testing.T, grants ...string) auth.People {
	t.Helper()
	p := auth.People{Issuer: "https://id.example.com"}
	for _, text := range grants {
		grant, err := auth.ParseGrant(text)
		if err != nil {
			t.Fatal(err)
		}
		p.Grants = append(p.Grants, grant)
	}
	return p
}

// TestPeople holds what people may do who are in several groups, or in none.
func TestPeople(t *testing.T) {
	p := people(t, "shop-*=edit,apis=shop*", "shop-lead=deploy,apis=shop*,hosts=*.shop.example", "bank=deploy,apis=bank,hosts=bank.example", "platform=admin", "support=read")
	for _, tc := range []struct {
		what   string
		values string
		want   auth.Rights
	}{
		{"one group", "shop-dev", auth.Rights{Role: auth.Edit, APIs: []string{"shop*"}}},
		{"a group that gives more of the same", "shop-dev shop-lead", auth.Rights{Role: auth.Deploy, APIs: []string{"shop*"}, Hosts: []string{"*.shop.example"}}},
		{"groups that give different things", "other shop-dev bank", auth.Rights{
			Role: auth.Deploy, APIs: []string{"bank"}, Hosts: []string{"bank.example"}, Also: []auth.Rights{{Role: auth.Edit, APIs: []string{"shop*"}}},
		}},
		{"everything and something", "support bank platform", auth.Everything()},
	} {
		got, ok := p.Rights("https://id.example.com", strings.Fields(tc.values))
		if diff := cmp.Diff(tc.want, got); !ok || diff != "" {
			t.Errorf("%s: %v (-want +got):\n%s", tc.what, ok, diff)
		}
	}
	for what, values := range map[string]string{"no group": "", "another group": "sho SHOP-DEV"} {
		if got, ok := p.Rights("https://id.example.com", strings.Fields(values)); ok || got.May(auth.Read) {
			t.Errorf("%s may do something: %+v", what, got)
		}
	}
	if got, ok := p.Rights("https://id.example.org", []string{"platform"}); ok {
		t.Errorf("another issuer gives %+v", got)
	}
	if got, ok := people(t, "*=read").Rights("https://id.example.com", nil); !ok || !got.MayAllAPIs(auth.Read) {
		t.Errorf("everybody has %+v", got)
	}
	if got, ok := (auth.People{}).Rights("", nil); ok {
		t.Errorf("without a provider somebody has %+v", got)
	}
}

// TestUnion holds that who is in several groups may do what each lets them do, and nothing that none does.
func TestUnion(t *testing.T) {
	shop := auth.Rights{Role: auth.Edit, APIs: []string{"shop"}, Hosts: []string{"shop.example"}}
	bank := auth.Rights{Role: auth.Deploy, APIs: []string{"bank"}}
	both := auth.Union(shop, bank)
	for _, tc := range []struct {
		what string
		got  bool
		want bool
	}{
		{"the greatest role on something", both.May(auth.Deploy), true},
		{"the lesser role on its API", both.MayAPI(auth.Edit, "shop"), true},
		{"the greater role on its API", both.MayAPI(auth.Deploy, "bank"), true},
		{"the greater role on the other API", both.MayAPI(auth.Deploy, "shop"), false},
		{"the greater role on the other host", both.MayHost(auth.Deploy, "shop.example"), false},
		{"all APIs", both.MayAllAPIs(auth.Read), false},
		{"each of its parts", both.Lacks(shop) == "" && both.Lacks(bank) == "" && both.Lacks(both) == "", true},
		{"both in one", both.Lacks(auth.Rights{Role: auth.Edit, APIs: []string{"shop", "bank"}}) == "", false},
		{"more than a part", shop.Lacks(both) == "", false},
		{"reading everything, too", auth.Union(shop, auth.Rights{Role: auth.Read}).MayAllAPIs(auth.Read), true},
		{"editing everything by reading it", auth.Union(shop, auth.Rights{Role: auth.Read}).MayAllAPIs(auth.Edit), false},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %v, want %v", tc.what, tc.got, tc.want)
		}
	}
	if len(both.Parts()) != 2 || len(both.Parts()[0].Also) != 0 {
		t.Errorf("the parts are %+v", both.Parts())
	}
	if err := both.Check(); err == nil || err.Error() != "also is for people who are in several groups; make a key for each of the rights" {
		t.Errorf("a key of both: %v", err)
	}
}

// SPDX-License-Identifier: Apache-2.0

package build_test

import (
	"testing"

	"gatewayresponses/internal/build"
	"gatewayresponses/internal/source"
)

const owners = `
platform: {files: [platform/*]}
teams:
  pay:
    files: [teams/pay/*, shared.yaml]
    hosts: [pay.example.com, "*.pay.example.com"]
    routes: [pay, pay-*]
  shop: {files: [teams/shop/*, shared.yaml], hosts: [shop.example.com], routes: [shop]}
`

func TestOwners(t *testing.T) {
	document, found := source.Read("owners.yaml", []byte(owners))
	if document == nil {
		t.Fatal(found)
	}
	all, found := build.ReadOwners(".", document)
	if all == nil {
		t.Fatal(lines(found))
	}
	for _, tc := range []struct{ name, file, text, want string }{
		{"the platform says everything", "platform/a.yaml", "mode: off", ""},
		{"a route of the team", "teams/pay/a.yaml", "version: 1\nx-a: b\nroutes: [{name: pay-v1, match: {hosts: [PAY.example.com, a.pay.example.com, '*.a.pay.example.com', '*.pay.example.com']}, mode: off}]", ""},
		{"a route that is reached by its name", "teams/pay/a.yaml", "routes: [{name: pay}]", ""},
		{
			"a key of all requests", "teams/pay/a.yaml", "escaping: aws",
			`teams/pay/a.yaml:1:1: GWR215 escaping: this is about all requests, and the file is that of the team "pay", which owns routes only; say it within a route, or in a file of the platform` + "\n",
		},
		{
			"a route of others", "teams/pay/a.yaml", "routes: [{name: shop}]",
			`teams/pay/a.yaml:1:17: GWR215 routes[0].name: the team "pay" owns no route "shop"; its routes are called "pay" or "pay-*"` + "\n",
		},
		{
			"hosts of others", "teams/pay/a.yaml", "routes: [{name: pay, match: {hosts: [shop.example.com, '*.example.com', xpay.example.com]}}]",
			`teams/pay/a.yaml:1:38: GWR215 routes[0].match.hosts[0]: the team "pay" does not own the host "shop.example.com"; its hosts are "pay.example.com" or "*.pay.example.com"` + "\n" +
				`teams/pay/a.yaml:1:56: GWR215 routes[0].match.hosts[1]: the team "pay" does not own the host "*.example.com"; its hosts are "pay.example.com" or "*.pay.example.com"` + "\n" +
				`teams/pay/a.yaml:1:73: GWR215 routes[0].match.hosts[2]: the team "pay" does not own the host "xpay.example.com"; its hosts are "pay.example.com" or "*.pay.example.com"` + "\n",
		},
		{
			"all hosts", "teams/pay/a.yaml", "routes: [{name: pay, match: {pathPrefix: /}}]",
			`teams/pay/a.yaml:1:22: GWR215 routes[0].match: without "hosts" this matches requests for hosts of others; add those of the team "pay": "pay.example.com" or "*.pay.example.com"` + "\n",
		},
		{
			"a second match", "teams/pay/a.yaml", "routes: [{name: pay, match: {hosts: [pay.example.com]}, match: {}}]",
			`teams/pay/a.yaml:1:57: GWR215 routes[0].match: without "hosts" `,
		},
		{"nobody's", "a.yaml", "mode: off", `a.yaml: GWR214 : the owners file gives this file to nobody; add it to the files of a team, or to those of the platform` + "\n"},
		{"a way around", "teams/pay/../../platform/../a.yaml", "mode: off", `teams/pay/../../platform/../a.yaml: GWR214 : the owners file gives this file to nobody`},
		{"of two teams", "shared.yaml", "routes: []", `shared.yaml: GWR214 : the owners file gives this file to several; leave it to one of them` + "\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			file, found := source.Read(tc.file, []byte(tc.text))
			if file == nil {
				t.Fatal(found)
			}
			got := lines(all.Check(file))
			if got != tc.want && (tc.want == "" || tc.want[len(tc.want)-1] == '\n' || len(got) < len(tc.want) || got[:len(tc.want)] != tc.want) {
				t.Errorf("found\n%swant\n%s", got, tc.want)
			}
		})
	}
}

func TestReadOwnersErrors(t *testing.T) {
	for text, want := range map[string]string{
		"[]":                                 "o.yaml:1:1: GWR213 : found a list; want an object\n",
		"team: {}":                           `o.yaml:1:1: GWR213 team: unknown key "team"; want "platform" or "teams"` + "\n",
		"teams: {a: {files: [b]}}":           `o.yaml:1:12: GWR213 teams.a.hosts: the key "hosts" is missing; it is a list` + "\n" + `o.yaml:1:12: GWR213 teams.a.routes: the key "routes" is missing; it is a list` + "\n",
		"platform: {files: b}":               "o.yaml:1:19: GWR213 platform.files: want a list of texts with at least one\n",
		"platform: {files: []}":              "o.yaml:1:19: GWR213 platform.files: want a list of texts with at least one\n",
		"platform: {files: [1]}":             "o.yaml:1:20: GWR213 platform.files: found 1; want a text\n",
		"teams: {a: b}":                      `o.yaml:1:12: GWR213 teams.a: found "b"; want an object` + "\n",
		"platform: {files: [a], files: [b]}": "o.yaml:1:24: GWR213 platform.files: the key stands in this object twice; remove one of them\n",
	} {
		document, found := source.Read("o.yaml", []byte(text))
		if document == nil {
			t.Fatal(found)
		}
		owners, found := build.ReadOwners(".", document)
		if got := lines(found); owners != nil || got != want {
			t.Errorf("%s: found\n%swant\n%s", text, got, want)
		}
	}
}

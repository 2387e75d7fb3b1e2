// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
)

func TestReadExchange(t *testing.T) {
	got, found := ReadExchange("exchange", []byte(`{"request": {"path": "/pets", "headers": {"accept": "text/html"}}, "error": "THROTTLED", "envoy": {"routeName": "shop"}}`))
	if found != nil {
		t.Fatalf("ReadExchange found %v", found)
	}
	want := exchange.Exchange{
		Request: exchange.Request{Path: "/pets", Headers: facts.Headers{{Name: "accept", Value: "text/html"}}},
		Error:   exchange.Error{Type: "THROTTLED"}, Envoy: exchange.Envoy{RouteName: "shop", Attributes: facts.Attributes{}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("ReadExchange differs (-want +got):\n%s", diff)
	}
}

func TestReadExchangeFinds(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{}`, `exchange:1:1: the exchange has no error; add "error"`},
		{`{"name": "x", "error": "THROTTLED"}`, `exchange:1:2: name: unknown key "name"; use "request", "error" or "envoy"`},
		{`{"error": {"details": "x", "status": 200}}`, `exchange:1:38: error.status: "200" is no status; use 300 to 599`},
		{`[]`, `exchange:1:1: found an array; want an object`},
		{``, `exchange:1:1: not JSON: the text ends before the document does`},
	} {
		_, found := ReadExchange("exchange", []byte(test.text))
		if len(found) != 1 {
			t.Errorf("ReadExchange(%s) has %d findings: %v", test.text, len(found), found)
			continue
		}
		if got := found[0].String() + ": " + found[0].Words(); got != test.want {
			t.Errorf("ReadExchange(%s) finds\n%s, want\n%s", test.text, got, test.want)
		}
	}
}

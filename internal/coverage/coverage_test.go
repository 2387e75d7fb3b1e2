// SPDX-License-Identifier: Apache-2.0

package coverage

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
)

const document = `{"gatewayResponses": {
	"THROTTLED": {"responseTemplates": {"application/json": "{}", "text/html": "no"}}, "DEFAULT_5XX": {}, "X_NEVER": {}},
	"routes": [{"name": "a", "match": {"pathPrefix": "/a"}, "gatewayResponses": {"THROTTLED": {"statusCode": "430"}}}, {"name": "b"}]}`

func TestCoverage(t *testing.T) {
	decoded, _ := config.Decode([]byte(document))
	program, findings := engine.Load([]byte(document), engine.Everything())
	if program == nil {
		t.Fatal(findings)
	}
	d := exchange.Document{Config: decoded, Program: program}
	c := New(d)
	for _, x := range []exchange.Exchange{
		{Error: exchange.Error{Type: "THROTTLED"}},
		{Error: exchange.Error{Type: "THROTTLED"}, Request: exchange.Request{Path: "/a"}},
		{Error: exchange.Error{Type: "ACCESS_DENIED"}, Request: exchange.Request{Headers: facts.Headers{{Name: "accept", Value: "text/html"}}}},
	} {
		made, err := exchange.Make(x, d)
		if err != nil {
			t.Fatal(err)
		}
		explained := program.Explain(&made.Facts)
		c.Reach(&explained)
	}
	want := map[Kind]Summary{
		Entries:    {Reached: 2, Total: 4, Missing: []string{"DEFAULT_5XX", "X_NEVER"}},
		Routes:     {Reached: 1, Total: 2, Missing: []string{"b"}},
		MediaTypes: {Reached: 1, Total: 2, Missing: []string{"THROTTLED text/html"}},
	}
	for kind, summary := range want {
		if diff := cmp.Diff(summary, c.Of(kind)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", kind, diff)
		}
	}
	// All types but INVALID_SIGNATURE, WAF_FILTERED and X_NEVER, which nothing raises.
	if types := c.Of(Types); types.Reached != 2 || types.Total != 19 {
		t.Errorf("types %+v, want 2 of 19", types)
	}
	if total := c.Total(); total.Reached != 6 || total.Total != 27 || total.Percent() != 22 {
		t.Errorf("total %+v, %d%%, want 6 of 27, 22%%", total, total.Percent())
	}
	if got := (Summary{}).Percent(); got != 100 {
		t.Errorf("of nothing %d%% is reached, want 100%%", got)
	}
}

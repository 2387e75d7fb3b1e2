// SPDX-License-Identifier: Apache-2.0

package v1

import "testing"

// TestBaseDraft holds what clients would see if a base document had another entry: requests of a stage see their own.
func TestBaseDraft(t *testing.T) {
	s := newStack(t)
	api := s.api(t, "shop")
	s.send(s.admin, "POST", "/v1/hosts", `{"host": "shop.example.com"}`)
	s.send(s.admin, "PUT", "/v1/hosts/shop.example.com/bindings/(none)", `{"api": "`+api+`", "stage": "prod"}`)
	const drafted = `{"document": {"gateway": "default", "base": {"X_LOGIN": {"statusCode": "401"}, "DEFAULT_4XX": {"statusCode": "418", "headers": {"x-a": "b"}}}}, "exchange": {"error": "QUOTA_EXCEEDED", "request": {"host": "`
	for host, want := range map[string]string{"other.example.com": "418", "shop.example.com": "429"} {
		if got := s.send(s.admin, "POST", "/v1/explain", drafted+host+`"}}}`); got.get("reply.status").String() != want {
			t.Errorf("%s sees %d %s, want %s", host, got.status, got.body, want)
		}
	}
	if got := s.send(s.admin, "GET", "/v1/gateways/default/base", ""); got.get("text").String() != "{}" {
		t.Errorf("the base document is %s", got.body)
	}
}

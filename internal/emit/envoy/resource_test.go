// SPDX-License-Identifier: Apache-2.0

package envoy

import (
	"testing"

	"gatewayresponses/internal/ability"
)

// TestResources: a name says of which gateway and for which adapter a resource is, and no other name does.
func TestResources(t *testing.T) {
	for name, want := range map[string]Resource{
		"gateway-responses/shop":          {"shop", ability.Wasm},
		"gateway-responses/shop/module":   {"shop", ability.Module},
		"gateway-responses/module":        {"module", ability.Wasm},
		"gateway-responses/module/module": {"module", ability.Module},
	} {
		if got, found := ParseResource(name); !found || got != want {
			t.Errorf("ParseResource(%q) = %v, %v, want %v", name, got, found, want)
		}
		if got := want.Name(); got != name {
			t.Errorf("the name of %v is %q, want %q", want, got, name)
		}
	}
	for _, name := range []string{
		"", "shop", "gateway-responses", "gateway-responses/", "gateway-responses//module", "gateway-responses/shop/", "gateway-responses/shop/modul",
		"gateway-responses/shop/wasm", "gateway-responses/shop/module/module", "gateway-responses/shop/module/",
	} {
		if got, found := ParseResource(name); found {
			t.Errorf("ParseResource(%q) = %v", name, got)
		}
	}
}

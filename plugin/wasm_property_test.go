// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/internal/wasmhost"
)

// TestWasmNull holds that a null costs a variable its value and not the client the reply: any client can have a claim in its
// token that is null, and Envoy cannot hand it out.
func TestWasmNull(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {
		"application/json": "{\"nick\":${context.envoy.metadata.token/nick}}"}}}}`)
	for name, value := range map[string]any{
		"null": wasmhost.Null{}, "list": []any{"a", wasmhost.Null{}}, "object": map[string]any{"a": wasmhost.Null{}},
	} {
		t.Run(name, func(t *testing.T) {
			x := denied()
			x.Properties = map[string]any{"metadata.filter_metadata.token.nick": value}
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if got := string(outcome.Body); got != `{"nick":null}` {
				t.Errorf("body %s, want no nick", got)
			}
		})
	}
}

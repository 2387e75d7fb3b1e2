// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// quietHost answers what good traffic asks, and writes nothing down.
type quietHost struct {
	fakeHost
	status  string
	encoded []byte
}

func (h *quietHost) responseHeader(string) (string, error) { return h.status, nil }
func (h *quietHost) requestHeaders() ([]byte, error)       { return h.encoded, nil }

// TestGoodTrafficMakesNoGarbage holds that a reply below 400 costs the stream itself and no more memory.
func TestGoodTrafficMakesNoGarbage(t *testing.T) {
	host := &quietHost{status: "200", encoded: encodePairs(headerLines(":path: /\naccept: */*"))}
	context := &pluginContext{plugin: plugin{vm: newVM(host, nil, "")}}
	context.plugin.use(&fakeProgram{needs: engine.Needs{AllRequestHeaders: true}, wants: engine.Wants{Fields: facts.FieldTime}})
	var stream types.HttpContext
	got := testing.AllocsPerRun(100, func() {
		stream = context.NewHttpContext(2)
		stream.OnHttpRequestHeaders(2, true)
		stream.OnHttpResponseHeaders(2, false)
		stream.OnHttpResponseBody(10, false)
		stream.OnHttpResponseBody(10, true)
		stream.OnHttpStreamDone()
	})
	if got != 1 {
		t.Errorf("allocations for a good exchange = %v, want 1, the stream", got)
	}
}

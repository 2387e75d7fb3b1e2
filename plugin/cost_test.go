// SPDX-License-Identifier: Apache-2.0

package main

import (
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/plugin/internal/abi"
)

// quietHost answers what good traffic asks, and writes nothing down.
type quietHost struct {
	fakeHost
	encoded []byte
	value   []byte
	calls   int
}

func (h *quietHost) responseStatus() (int, error) { h.calls++; return 200, nil }

func (h *quietHost) requestHeaders() ([]byte, error) { h.calls++; return h.encoded, nil }

func (h *quietHost) requestHeader(string) ([]byte, bool, error) {
	h.calls++
	return h.value, true, nil
}

// TestGoodTrafficMakesNoGarbage holds that a reply below 400 costs no memory that is to be collected, whatever is captured of
// the request, and one host call beside the capture.
func TestGoodTrafficMakesNoGarbage(t *testing.T) {
	for _, test := range []struct {
		name  string
		needs engine.Needs
		calls int
	}{
		{"nothing captured", engine.Needs{}, 1},
		{"two headers captured", engine.Needs{RequestHeaders: []string{"accept", "origin"}}, 3},
		{"all headers captured", engine.Needs{AllRequestHeaders: true}, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			host := &quietHost{encoded: abi.EncodePairs(headerLines(":path: /\naccept: */*")), value: []byte("*/*")}
			f := newFilter(host, nil, "")
			f.plugin().use(&fakeProgram{needs: test.needs, wants: engine.Wants{Fields: facts.FieldTime}})
			id, exchanges := uint32(streamID), 0
			exchange := func() {
				f.ContextCreate(id, pluginID)
				f.RequestHeaders(id)
				f.ResponseHeaders(id, false)
				f.ResponseBody(id, 10, false)
				f.ResponseBody(id, 10, true)
				f.Log(id)
				f.Delete(id)
				id++
				exchanges++
			}
			if got := testing.AllocsPerRun(100, exchange); got != 0 {
				t.Errorf("allocations for a good exchange = %v, want 0", got)
			}
			if want := test.calls * exchanges; host.calls != want {
				t.Errorf("host calls for %d good exchanges = %d, want %d", exchanges, host.calls, want)
			}
		})
	}
}

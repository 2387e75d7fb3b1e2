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

// denyingHost holds a denial by RBAC, and writes nothing down.
type denyingHost struct {
	quietHost
	response []byte
	metadata []byte
	details  []byte
}

func (h *denyingHost) responseStatus() (int, error)     { return 403, nil }
func (h *denyingHost) responseHeaders() ([]byte, error) { return h.response, nil }
func (h *denyingHost) property(path string) ([]byte, error) {
	if path == detailsPath {
		return h.details, nil
	}
	return nil, nil
}

func (h *denyingHost) object(string) ([]byte, bool, error)           { return h.metadata, true, nil }
func (*denyingHost) setResponseHeaders(facts.Headers) error          { return nil }
func (*denyingHost) replaceResponseHeader(string, string) error      { return nil }
func (*denyingHost) replaceResponseBody([]byte) error                { return nil }
func (*denyingHost) setFilterState(string, string) error             { return nil }
func (*denyingHost) incrementMetric(uint32, int) error               { return nil }
func (*denyingHost) defineMetric(abi.Metric, string) (uint32, error) { return 1, nil }

// TestErrorAllocations holds what an error that is replaced in place may allocate, from the first callback to the last.
func TestErrorAllocations(t *testing.T) {
	for _, test := range []struct {
		name, document string
		allocations    float64
	}{
		{"smallest", `{"gatewayResponses": {"DEFAULT_4XX": {}}}`, 12},
		{"emulate aws", `{"emulate": "aws"}`, 13},
	} {
		t.Run(test.name, func(t *testing.T) {
			host := &denyingHost{
				quietHost: quietHost{value: []byte("id-1")},
				response:  abi.EncodePairs(headerLines(":status: 403\ncontent-length: 19\ncontent-type: text/plain")),
				metadata:  abi.EncodePairs(nil),
				details:   []byte("rbac_access_denied_matched_policy[none]"),
			}
			f := newFilter(host, nil, "")
			program, findings := load([]byte(test.document))
			if program == nil {
				t.Fatal(findings)
			}
			f.plugin().use(program)
			id := uint32(streamID)
			exchange := func() {
				f.ContextCreate(id, pluginID)
				f.RequestHeaders(id)
				f.ResponseHeaders(id, false)
				f.ResponseBody(id, 19, true)
				f.Log(id)
				f.Delete(id)
				id++
			}
			if got := testing.AllocsPerRun(1000, exchange); got > test.allocations {
				t.Errorf("allocations for one error = %v, want at most %v", got, test.allocations)
			}
		})
	}
}

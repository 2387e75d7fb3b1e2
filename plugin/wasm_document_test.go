// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/version"
	"gatewayresponses/internal/wasmhost"
)

var ctx = context.Background()

const (
	teapot  = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 418}}}`
	invalid = `{"mode": "on"}`
)

// TestWasmDocuments configures one filter with documents one after another, on two workers. A step is a document and the
// status that a denial has from then on.
func TestWasmDocuments(t *testing.T) {
	type step struct {
		document string
		status   int
	}
	for _, tc := range []struct {
		name    string
		steps   []step
		invalid int64
	}{
		{"bad at first passes everything", []step{{invalid, 403}}, 1},
		{"empty at first passes everything", []step{{"", 403}}, 1},
		{"good then bad keeps the good", []step{{teapot, 418}, {invalid, 418}}, 1},
		{"bad then good then the same bad", []step{{invalid, 403}, {teapot, 418}, {invalid, 418}}, 1},
		{"good then bad then good", []step{{teapot, 418}, {invalid, 418}, {`{}`, 403}}, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := module(t).NewHost(wasmhost.Options{Workers: 2})
			defer host.Close()
			for i, s := range tc.steps {
				if err := host.Configure([]byte(s.document)); err != nil {
					t.Fatalf("step %d: %v", i, err)
				}
				for worker := range 2 {
					x := denied()
					x.Worker = worker
					outcome := host.Do(x)
					wantHealthy(t, outcome)
					if outcome.Status != s.status {
						t.Errorf("step %d, worker %d: status %d, want %d", i, worker, outcome.Status, s.status)
					}
				}
			}
			if got := host.Metric("gateway_responses.config_invalid"); got != tc.invalid {
				t.Errorf("config_invalid = %d, want %d", got, tc.invalid)
			}
		})
	}
}

// TestWasmInvalidBesides holds that the recovery of one plugin does not hide the bad document of another, whose vm_id is its
// TestWasmRevision holds that a gauge says which revision of the document is in force, and another which filter runs.
func TestWasmRevision(t *testing.T) {
	host := module(t).NewHost(wasmhost.Options{Workers: 2, PluginName: "petstore"})
	defer host.Close()
	gauge := func() (int64, bool) {
		value, found := host.Metrics()["gateway_responses.revision.petstore"]
		return value, found
	}
	for _, step := range []struct {
		document string
		shown    bool
		revision int64
	}{
		{`{}`, false, 0},
		{`{"revision": 9007199254740992}`, true, 9007199254740992},
		{`{"revision": 8, "mode": "on"}`, true, 9007199254740992},
		{`{"revision": 7}`, true, 7},
		{`{}`, true, 0},
	} {
		if err := host.Configure([]byte(step.document)); err != nil {
			t.Fatal(err)
		}
		if revision, shown := gauge(); revision != step.revision || shown != step.shown {
			t.Errorf("after %s the gauge is %d, %v; want %d, %v", step.document, revision, shown, step.revision, step.shown)
		}
	}
	if got := host.Metric("gateway_responses.build." + version.Number); got != 1 {
		t.Errorf("the gauge of version %s is %d, want 1", version.Number, got)
	}
}

// own.
func TestWasmInvalidBesides(t *testing.T) {
	process := wasmhost.NewProcess()
	one := newHost(t, wasmhost.Options{Process: process, VMID: "one", Workers: 2}, invalid)
	other := newHost(t, wasmhost.Options{Process: process, VMID: "other", Workers: 2}, invalid)
	want := func(step string, invalid bool) {
		t.Helper()
		if got := one.Metric("gateway_responses.config_invalid"); (got > 0) != invalid {
			t.Errorf("%s: config_invalid = %d, want above 0 = %v", step, got, invalid)
		}
	}
	want("both are bad", true)
	for i, host := range []*wasmhost.Host{other, one} {
		if err := host.Configure([]byte(teapot)); err != nil {
			t.Fatal(err)
		}
		want("recovered", i == 0)
	}
}

func TestWasmRefuse(t *testing.T) {
	host := module(t).NewHost(wasmhost.Options{Env: map[string]string{"GWR_ON_INVALID": "refuse"}})
	defer host.Close()
	if err := host.Configure([]byte(invalid)); err == nil {
		t.Error("a bad document is accepted, want it refused")
	}
	if err := host.Configure([]byte(teapot)); err != nil {
		t.Errorf("a good document is refused: %v", err)
	}
}

// TestWasmFindings looks for every finding of a document in the log, with its place, once for all workers.
func TestWasmFindings(t *testing.T) {
	host := newHost(t, wasmhost.Options{Workers: 2}, "{\n \"mode\": \"on\",\n \"gatewayResponses\": {\"THROTLED\": {}}\n}")
	for _, want := range []string{`mode (line 2, column 10): "on"`, `gatewayResponses.THROTLED (line 3, column 23): "THROTLED"`} {
		if got := countLogs(host, want); got != 1 {
			t.Errorf("the log says %q %d times, want once", want, got)
		}
	}
}

// TestWasmGarbage has the filter make garbage for many collections, under an Envoy of before 1.39 too, where a
// collection that asks the host to wait is fatal.
func TestWasmGarbage(t *testing.T) {
	for _, fails := range []bool{false, true} {
		t.Run("poll_oneoff fails "+strconv.FormatBool(fails), func(t *testing.T) {
			host := newHost(t, wasmhost.Options{PollOneoffFails: fails},
				`{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"application/json": "{\"p\":$method.request.header.x-large}"}}}}`)
			x := denied()
			x.Facts.Request.Headers = append(x.Facts.Request.Headers, facts.Header{Name: "x-large", Value: strings.Repeat("é\"", 10_000)})
			for range 500 {
				outcome := host.Do(x)
				if outcome.Status != 403 || len(outcome.Body) != 10_000*4+len(`{"p":""}`) {
					t.Fatalf("status %d, %d bytes of body, trap %v", outcome.Status, len(outcome.Body), outcome.Trap)
				}
			}
		})
	}
}

// TestWasmHostile sends request data that tries to break the reply.
func TestWasmHostile(t *testing.T) {
	host := newHost(t, wasmhost.Options{}, `{"gatewayResponses": {"ACCESS_DENIED": {
		"responseParameters": {"gatewayresponse.header.x-q": "method.request.multivaluequerystring.q", "gatewayresponse.header.x-h": "method.request.header.x-h"},
		"responseTemplates": {"application/json": "{\"q\":\"$method.request.multivaluequerystring.q\",\"h\":$method.request.header.x-h}"}}}}`)
	for _, tc := range []struct{ name, path, header string }{
		{"header of 60 KB", "/", strings.Repeat("a", 60<<10)},
		{"thousands of query parameters", "/?" + strings.Repeat("q=%0d%0a&", 5000), ""},
		{"line ends", "/?q=%0d%0aa:%20b", "a\r\nb: c"},
		{"not UTF-8", "/?q=%ff%c3", "\xff\xc3"},
		{"quotes and variables", `/?q="}$context.status`, `"}${context.status}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := denied()
			x.Facts.Request.Headers = facts.Headers{
				{Name: ":method", Value: "GET"},
				{Name: ":path", Value: tc.path},
				{Name: ":authority", Value: "a"},
				{Name: ":scheme", Value: "http"},
				{Name: "x-h", Value: tc.header},
			}
			outcome := host.Do(x)
			wantHealthy(t, outcome)
			if text := string(outcome.Body); !strings.HasPrefix(text, `{"q":"`) || !strings.HasSuffix(text, `"}`) {
				t.Errorf("body %.200q", text)
			}
		})
	}
}

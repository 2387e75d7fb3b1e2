// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// panicDocument rewrites all that fails. The errors of the upstream with status 500 quote their bodies.
const panicDocument = `{"classification": [{"when": {"source": "upstream", "status": ["500"]}, "responseType": "X_QUOTED"}, {"when": {"source": "upstream", "status": ["503"]}, "responseType": "X_FIXED"}],
	"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"application/json": "{\"path\":$context.path}"}},
		"DEFAULT_5XX": {"statusCode": 418, "responseTemplates": {"application/json": "{\"path\":$context.path}"}},
		"X_FIXED": {"statusCode": 418, "responseTemplates": {"application/json": "{}"}},
		"X_QUOTED": {"statusCode": 418, "responseTemplates": {"application/json": "{\"was\":$context.envoy.body}"}}}}`

// failUpstream fails with the status that the query asks for, in three chunks, and with a length if "sized" is asked for.
func failUpstream(w http.ResponseWriter, r *http.Request) {
	status := http.StatusInternalServerError
	if r.URL.Query().Has("fixed") {
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "text/plain")
	if r.URL.Query().Has("sized") {
		w.Header().Set("Content-Length", "15")
	}
	if r.URL.Query().Has("trailers") {
		w.Header().Set("Trailer", "X-Sum")
		defer w.Header().Set("X-Sum", "1")
	}
	w.WriteHeader(status)
	for _, part := range []string{"one, ", "two, ", "three"} {
		_, _ = w.Write([]byte(part))
		_ = http.NewResponseController(w).Flush()
	}
}

// panicRequests are requests that fail, by the path behind that of the fault: what Envoy or the upstream answers, and what the filter does.
var panicRequests = []struct{ path, original, replaced string }{
	{"/denied", "403 RBAC: access denied", `418 {"path":"PATH"}`},
	{"/missing", "503 ", `418 {"path":"PATH"}`},
	{"/up?fixed", "503 one, two, three", "418 {}"},
	{"/up?fixed&sized", "503 one, two, three", "418 {}"},
	{"/up?fixed&trailers", "503 one, two, three", "418 {}"},
	{"/up?sized", "500 one, two, three", `418 {"was":"one, two, three"}`},
	{"/up", "500 one, two, three", `418 {"was":"one, two, three"}`},
	{"/up?trailers", "500 one, two, three", `418 {"was":"one, two, three"}`},
}

// TestPanics has each callback of a stream panic. The client gets the original, or the new reply, and the next exchange on its connection
// works; what comes too late for both gets the new status and headers with the whole body of the original.
func TestPanics(t *testing.T) {
	t.Parallel()
	var faults []fault
	for _, callback := range []string{"on_context_create", "on_request_headers", "on_response_headers", "on_response_body", "on_response_trailers", "on_log", "on_delete"} {
		faults = append(faults, fault(callback+" panic"))
	}
	p := setup{
		listeners: []listener{{name: "gateway", document: panicDocument, plugin: onDemand(t)}},
		faults:    faults,
		upstream:  failUpstream,
	}.start(t)
	url := "http://" + p.Address(t, "gateway")
	for _, f := range faults {
		for _, c := range envoytest.Clients {
			t.Run(f.String()+" "+c.Name, func(t *testing.T) {
				before := p.Stat(t, counters+"failed.panic")
				for _, r := range panicRequests {
					path := "/" + f.String() + r.path
					replaced := strings.ReplaceAll(r.replaced, "PATH", strings.Split(path, "?")[0])
					_, body, _ := strings.Cut(r.original, " ")
					got := c.Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
					tooLate := (strings.HasPrefix(string(f), "on_response_body") || strings.HasPrefix(string(f), "on_response_trailers")) && strings.HasPrefix(r.original, "500 ")
					if text := fmt.Sprintf("%d %s", got.Status, got.Body); text != r.original && text != replaced && (!tooLate || text != "418 "+body) {
						t.Errorf("%s: %q, want %q or %q", path, text, r.original, replaced)
					}
				}
				if p.Stat(t, counters+"failed.panic") == before {
					t.Error("no panic was counted: did the fault happen?")
				}
			})
		}
	}
	for _, r := range panicRequests {
		if got := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: r.path}); got.Status != 418 {
			t.Errorf("%s after all panics: status %d, want 418 as ever", r.path, got.Status)
		}
	}
}

// TestPanicsOfThePlugin has the callbacks of a plugin panic, one document after the other: in on_configure the last good document goes on, in
// on_tick one beat is lost, and in on_delete, which Envoy calls when the next document is there, nothing.
func TestPanicsOfThePlugin(t *testing.T) {
	t.Parallel()
	l := listener{name: "gateway", document: teapot, plugin: onDemand(t), discovery: filepath.Join(t.TempDir(), "filter.yaml")}
	deliver(t, l, 1)
	p := setup{listeners: []listener{l}, args: []string{"--service-node", "faults", "--service-cluster", "faults"}}.start(t)
	address := p.Address(t, "gateway")
	wantTeapot(t, address)
	for i, d := range []struct {
		callback string
		panics   bool
	}{
		{"on_configure", true},
		{"on_delete", false}, // it panics when the next one comes
		{"nothing", true},
		{"on_tick", true},
	} {
		before, revision := p.Stat(t, counters+"failed.panic"), i+1
		l.document = strings.Replace(teapot, "{", fmt.Sprintf(`{"revision": %d, "x-%s": "panic", `, revision, d.callback), 1)
		deliver(t, l, i+2)
		if d.panics {
			envoytest.Eventually(t, "a panic is counted", func() bool { return p.Stat(t, counters+"failed.panic") > before })
		} else {
			envoytest.Eventually(t, "the document is in force", func() bool { return p.Stat(t, counters+"revision.gateway_responses") == revision })
			if got := p.Stat(t, counters+"failed.panic"); got != before {
				t.Errorf("%d panics before a callback that fails is called", got-before)
			}
		}
		wantTeapot(t, address)
	}
	if got := get(t, address, "/ok"); got.Status != 200 {
		t.Errorf("good traffic has status %d", got.Status)
	}
}

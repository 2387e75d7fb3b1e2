// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

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
				before := p.Counter(t, "failed.panic")
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
				if p.Counter(t, "failed.panic") == before {
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
		before, revision := p.Counter(t, "failed.panic"), i+1
		l.document = strings.Replace(teapot, "{", fmt.Sprintf(`{"revision": %d, "x-%s": "panic", `, revision, d.callback), 1)
		deliver(t, l, i+2)
		if d.panics {
			envoytest.Eventually(t, "a panic is counted", func() bool { return p.Counter(t, "failed.panic") > before })
		} else {
			envoytest.Eventually(t, "the document is in force", func() bool { return p.Counter(t, envoytest.Revision("gateway")) == revision })
			if got := p.Counter(t, "failed.panic"); got != before {
				t.Errorf("%d panics before a callback that fails is called", got-before)
			}
		}
		wantTeapot(t, address)
	}
	if got := get(t, address, "/ok"); got.Status != 200 {
		t.Errorf("good traffic has status %d", got.Status)
	}
}

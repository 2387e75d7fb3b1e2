// SPDX-License-Identifier: Apache-2.0

//go:build module

package faults

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// asks is a document that asks for faults, and has a revision.
func asks(document string, revision int, how string, parts ...string) string {
	text := fmt.Sprintf(`{"revision": %d, `, revision)
	for _, part := range parts {
		text += fmt.Sprintf(`"x-%s": "%s", `, part, how)
	}
	return strings.Replace(document, "{", text, 1)
}

// discovered starts an Envoy with two workers whose filter comes from a file.
func discovered(t *testing.T, l *listener, upstream http.HandlerFunc) *envoytest.Proxy {
	t.Helper()
	l.name, l.discovery = "gateway", filepath.Join(t.TempDir(), "filter.yaml")
	deliver(t, *l, 0)
	return setup{
		listeners: []listener{*l}, upstream: upstream,
		args: []string{"--service-node", "faults", "--service-cluster", "faults", "--concurrency", "2"},
	}.start(t)
}

// awaitRevision waits until a document is in force.
func awaitRevision(t *testing.T, p *envoytest.Proxy, revision int) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("revision %d is in force", revision), func() bool { return p.Counter(t, envoytest.Revision("gateway")) == revision })
}

// TestModulePanics has each part of Go that an exchange goes through panic, of its own accord and by a nil pointer. The client gets the
// original, or the new reply; what comes too late for both gets the new status and headers with the body of the original.
func TestModulePanics(t *testing.T) {
	t.Parallel()
	l := listener{document: panicDocument, plugin: onDemand(t)}
	p := discovered(t, &l, failUpstream)
	url, revision := "http://"+p.Address(t, "gateway"), 0
	next := func(how string, parts ...string) {
		revision++
		l.document = asks(panicDocument, revision, how, parts...)
		deliver(t, l, revision)
		awaitRevision(t, p, revision)
	}
	for _, part := range []string{"decide", "decided", "body", "trailers", "forget"} {
		late := slices.Contains([]string{"body", "trailers"}, part)
		for _, how := range []string{"panic", "nil"} {
			t.Run(part+" "+how, func(t *testing.T) {
				next(how, part)
				before := p.Counter(t, "failed.panic")
				for _, r := range panicRequests {
					for _, c := range envoytest.Clients {
						wantSurvived(t, c, url, r, late)
					}
				}
				// The next error counts the panics that happened too late for that.
				_ = get(t, p.Address(t, "gateway"), "/denied")
				if p.Counter(t, "failed.panic") == before {
					t.Error("no panic was counted: did the fault happen?")
				}
			})
		}
	}
	next("no")
	for _, r := range panicRequests {
		if got := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: r.path}); got.Status != 418 {
			t.Errorf("%s after all panics: status %d, want 418 as ever", r.path, got.Status)
		}
	}
}

// wantSurvived sends a request that fails while a part panics. late reports that the part comes after the headers of the new reply.
func wantSurvived(t *testing.T, c envoytest.Client, url string, r panicRequest, late bool) {
	t.Helper()
	got := c.Send(t, url, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: r.path})
	replaced := strings.ReplaceAll(r.replaced, "PATH", strings.Split(r.path, "?")[0])
	original, body, _ := strings.Cut(r.original, " ")
	text := fmt.Sprintf("%d %s", got.Status, got.Body)
	if text != r.original && text != replaced && (!late || original != "500" || text != "418 "+body) {
		t.Errorf("%s: %s: %q, want %q or %q", c.Name, r.path, text, r.original, replaced)
	}
}

// TestModulePanicsUnderLoad has every error panic, on two workers at once. Each client gets the original.
func TestModulePanicsUnderLoad(t *testing.T) {
	t.Parallel()
	l := listener{document: asks(teapot, 1, "nil", "decide"), plugin: onDemand(t)}
	p := discovered(t, &l, nil)
	under := startLoad(t, p.Address(t, "gateway"), 2, "/denied", "/ok")
	under.await(t, "403 RBAC: access denied", 500)
	replies := under.finish()
	wantOnly(t, replies, 100, "200 ok", "403 RBAC: access denied")
	_ = get(t, p.Address(t, "gateway"), "/denied") // it counts what came before it, and its own panic is for the next
	if got, want := p.Counter(t, "failed.panic"), replies["403 RBAC: access denied"]; got < want {
		t.Errorf("%d panics counted, want the %d of the load", got, want)
	}
}

// TestModulePanicsOfDocuments has documents panic. When that happens in the engine, the last good one goes on; where there is nothing but
// the adapter, all replies pass; and one that goes changes nothing.
func TestModulePanicsOfDocuments(t *testing.T) {
	t.Parallel()
	l := listener{document: teapot, plugin: onDemand(t)}
	p := discovered(t, &l, nil)
	address := p.Address(t, "gateway")
	wantTeapot(t, address)
	l.document = asks(teapot, 1, "panic", "compile")
	deliver(t, l, 1)
	envoytest.Eventually(t, "the document is invalid", func() bool { return p.Counter(t, "config_invalid") == 1 })
	wantTeapot(t, address)
	l.document = asks(teapot, 2, "panic", "load")
	deliver(t, l, 2)
	envoytest.Eventually(t, "replies pass", func() bool { return get(t, address, "/denied").Status == 403 })
	// Envoy lets go of a document some time after the next one has come.
	for i := 3; i <= 6; i++ {
		l.document = asks(teapot, i, "panic", "unload")
		deliver(t, l, i)
		awaitRevision(t, p, i)
	}
	envoytest.Eventually(t, "all panics are counted", func() bool {
		wantTeapot(t, address)
		return p.Counter(t, "failed.panic") >= 3
	})
}

// TestModulePanicsOfRoutes has what a route says panic, when it is loaded and when it goes: it says nothing then, and Envoy starts and ends well.
func TestModulePanicsOfRoutes(t *testing.T) {
	t.Parallel()
	p := setup{listeners: []listener{{
		name: "gateway", plugin: onDemand(t), document: asks(teapot, 1, "panic", "unload", "unload_route"), route: asks(`{"mode": "off"}`, 1, "panic", "load_route"),
	}}}.start(t)
	wantTeapot(t, p.Address(t, "gateway"))
	if got := p.Counter(t, "failed.panic"); got == 0 {
		t.Error("no panic was counted: did the fault happen?")
	}
	if err := p.Envoy.Stop(); err != nil {
		t.Error(err)
	}
}

// TestModuleRefused has Go panic as it logs that trailers came in the place of a body. The reply counts as one that failed.
func TestModuleRefused(t *testing.T) {
	t.Parallel()
	p := setup{
		listeners: []listener{{name: "gateway", plugin: onDemand(t), document: asks(panicDocument, 1, "panic", "refused")}},
		upstream: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Trailer", "X-Sum")
			w.WriteHeader(http.StatusServiceUnavailable)
			_ = http.NewResponseController(w).Flush()
			w.Header().Set("X-Sum", "1")
		},
	}.start(t)
	for range 2 {
		if got := get(t, p.Address(t, "gateway"), "/up"); got.Status != 418 || len(got.Body) > 0 {
			t.Errorf("%d %q, want an empty 418", got.Status, got.Body)
		}
	}
	if left, panics := p.Counter(t, "left.hostError"), p.Counter(t, "failed.panic"); left != 2 || panics == 0 {
		t.Errorf("left.hostError is %d and failed.panic %d, want 2, and some", left, panics)
	}
}

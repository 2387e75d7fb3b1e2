// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestSecondGoModule loads another Go module beside ours, which is a copy under another name: two runtimes of Go work in one Envoy, also while
// both collect garbage. Replies that quote take memory, and GOGC has little of it be enough.
func TestSecondGoModule(t *testing.T) {
	t.Setenv("GOGC", "1")
	t.Setenv("GODEBUG", "gctrace=1")
	const document = `{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "outer $context.envoy.body"}}}}`
	libraries := t.TempDir()
	s := gateway(t, document)
	s.Plugin = copyModule(t, filepath.Join(libraries, filepath.Base(envoytest.PluginPath)))
	copyModule(t, filepath.Join(libraries, "libanother.so"))
	s.Behind = strings.NewReplacer("name: gatewayresponses,", "name: another,", "gateway_responses", "another").
		Replace(envoytest.Filter(t, "another", strings.Replace(document, "outer", "inner", 1)))
	p := envoytest.Start(t, s, "--concurrency", "2")
	url := "http://" + p.Address(t, "gateway")
	for range 2000 {
		reply := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"})
		if string(reply.Body) != "outer inner RBAC: access denied" {
			t.Fatalf("%d %q %v", reply.Status, reply.Body, reply.Headers)
		}
	}
	if got := p.Stat(t, "dynamicmodulescustom.gateway_responses.failed.panic"); got != 0 {
		t.Errorf("%d panics", got)
	}
	const last = "gc 5 @" // each runtime counts its own
	if got := strings.Count(p.Log.String(), last); got != 2 {
		t.Errorf("%d runtimes have come to %q, want 2", got, last)
	}
}

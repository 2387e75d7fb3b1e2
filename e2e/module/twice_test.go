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
// both collect garbage.
func TestSecondGoModule(t *testing.T) {
	libraries := t.TempDir()
	s := gateway(t, red)
	s.Plugin = copyModule(t, filepath.Join(libraries, filepath.Base(envoytest.PluginPath)))
	copyModule(t, filepath.Join(libraries, "libanother.so"))
	s.Behind = strings.NewReplacer("name: gatewayresponses,", "name: another,", "gateway_responses", "another").Replace(envoytest.Filter(t, "another",
		`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 402, "headers": {"x-inner": "yes"}, "responseTemplates": {"text/plain": "inner"}}}}`))
	p := envoytest.Start(t, s, "--concurrency", "2")
	url := "http://" + p.Address(t, "gateway")
	for range 2000 {
		reply := envoytest.Clients[0].Send(t, url, envoytest.NewID(), envoytest.Request{Method: "GET", Path: "/rbac"})
		if string(reply.Body) != "red" || reply.Headers.Get("X-Inner") != "yes" {
			t.Fatalf("%d %s %v", reply.Status, reply.Body, reply.Headers)
		}
	}
	if got := p.Stat(t, "dynamicmodulescustom.gateway_responses.failed.panic"); got != 0 {
		t.Errorf("%d panics", got)
	}
}

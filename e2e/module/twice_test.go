// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestSecondGoModule loads another Go module beside ours, which is a copy under another name: two runtimes of Go work in one Envoy, also while
// both collect garbage.
func TestSecondGoModule(t *testing.T) {
	dir := t.TempDir()
	library, err := os.ReadFile(filepath.Join(folder, "libgatewayresponses.so"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"libgatewayresponses.so", "libanother.so"} {
		if err := os.WriteFile(filepath.Join(dir, name), library, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("ENVOY_DYNAMIC_MODULES_SEARCH_PATH", dir)
	inner := strings.NewReplacer("name: gatewayresponses,", "name: another,", "gateway_responses", "another").Replace(filterWith(
		`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": 402, "headers": {"x-inner": "yes"}, "responseTemplates": {"text/plain": "inner"}}}}`))
	p := envoytest.Start(t, envoyrun.Settings{NoCompanions: true, Behind: inner, Listeners: []envoyrun.Listener{
		{Name: "gateway", Filter: envoyrun.FilterGiven, Given: filterWith(red)},
	}}, "--concurrency", "2")
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

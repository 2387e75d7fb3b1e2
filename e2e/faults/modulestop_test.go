// SPDX-License-Identifier: Apache-2.0

//go:build module

package faults

import (
	"net/http"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// goesWithEnvoy reports whether an outcome is that of a connection which Envoy has closed, or does not take.
func goesWithEnvoy(outcome string) bool {
	for _, end := range []string{"connection refused", "EOF", "connection reset by peer", "server closed idle connection", "GOAWAY", "broken pipe", "client connection force closed"} {
		if strings.Contains(outcome, end) {
			return true
		}
	}
	return false
}

// withoutEnds takes those outcomes away.
func withoutEnds(replies map[string]int) map[string]int {
	whole := map[string]int{}
	for outcome, n := range replies {
		if !goesWithEnvoy(outcome) {
			whole[outcome] = n
		}
	}
	return whole
}

// TestModuleTerminated ends Envoy by SIGTERM under load, as deployments do: at once, and after its listeners have been drained. Until then all
// replies are right, Envoy ends with exit code 0, and Go has no last words.
func TestModuleTerminated(t *testing.T) {
	t.Parallel()
	for _, drains := range []bool{false, true} {
		name := map[bool]string{false: "at once", true: "drained"}[drains]
		t.Run(name, func(t *testing.T) {
			p := setup{listeners: []listener{{name: "gateway", document: teapot}}, args: []string{"--concurrency", "2", "--drain-time-s", "1"}}.start(t)
			under := startLoad(t, p.Address(t, "gateway"), 2, "/denied", "/ok")
			under.await(t, `418 {"teapot":1}`, 100)
			if drains {
				drain(t, p)
				pass()
			}
			if err := p.Envoy.Stop(); err != nil {
				t.Error(err)
			}
			wantOnly(t, withoutEnds(under.finish()), 50, "200 ok", `418 {"teapot":1}`)
			for _, word := range []string{"panic", "fatal error", "SIG", "goroutine"} {
				if strings.Contains(p.Log.String(), word) {
					t.Errorf("the log has %q", word)
				}
			}
		})
	}
}

// drain has Envoy end its connections, and take no more.
func drain(t *testing.T, p *envoytest.Proxy) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.Envoy.Admin+"/drain_listeners?graceful", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		t.Fatalf("draining: %s", reply.Status)
	}
}

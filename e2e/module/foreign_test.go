// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestForeignModule has a module in Go that is not ours in the same Envoy, with a runtime of its own, behind ours in the chain and before
// it. Its faults are its own, and Envoy ends as it should when the test does.
func TestForeignModule(t *testing.T) {
	libraries := t.TempDir()
	module := copyModule(t, filepath.Join(libraries, filepath.Base(envoytest.PluginPath)))
	buildForeign(t, libraries)
	ours := envoytest.Filter(t, "gateway", red)
	foreign := strings.NewReplacer("- name: gateway_responses", "- name: foreign", "{name: gatewayresponses", "{name: foreign").Replace(ours)
	for name, chain := range map[string]string{"behind": ours + foreign, "before": foreign + ours} {
		t.Run(name, func(t *testing.T) {
			p := envoytest.Start(t, envoyrun.Settings{NoCompanions: true, Plugin: module, Listeners: []envoyrun.Listener{
				{Name: "gateway", Filter: envoyrun.FilterGiven, Given: chain},
			}}, "--concurrency", "4")
			url := "http://" + p.Address(t, "gateway")
			const clients, requests = 4, 100
			var running sync.WaitGroup
			var shown atomic.Int64
			for range clients {
				running.Go(func() {
					for range requests {
						body, header, err := get(url + "/rbac")
						if err != nil || body != "red" {
							t.Errorf("%q, %v; want red", body, err)
						}
						if header.Get("x-foreign") != "" {
							shown.Add(1)
						}
					}
				})
			}
			running.Wait()
			// In every tenth reply it runs into a nil pointer.
			if got, want := shown.Load(), int64(clients*requests*9/10); got != want {
				t.Errorf("the other module shows in %d replies, want %d", got, want)
			}
		})
	}
}

// get is the body of a reply, and its headers.
func get(url string) (string, http.Header, error) {
	reply, err := envoytest.Clients[0].HTTP.Get(url)
	if err != nil {
		return "", nil, err
	}
	defer reply.Body.Close()
	body, err := io.ReadAll(reply.Body)
	return string(body), reply.Header, err
}

// copyModule copies the module to a path, and returns that.
func copyModule(t *testing.T, path string) string {
	t.Helper()
	library, err := os.ReadFile(envoytest.PluginPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, library, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// buildForeign builds testdata/foreign into a folder.
func buildForeign(t *testing.T, into string) {
	t.Helper()
	build := exec.Command("go", "build", "-buildmode=c-shared", "-o", filepath.Join(into, "libforeign.so"), "./testdata/foreign")
	build.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

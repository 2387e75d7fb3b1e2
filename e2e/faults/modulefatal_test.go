// SPDX-License-Identifier: Apache-2.0

//go:build module

package faults

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestModuleFatal has Go fail in the ways from which nothing recovers. Each ends Envoy, which leaves the reason in its log; that is why the module
// is for those who can live with it, see docs/SECURITY.md.
func TestModuleFatal(t *testing.T) {
	t.Parallel()
	for how, words := range map[string]string{
		"throw":    "fatal error: sync: unlock of unlocked mutex",
		"overflow": "fatal error: stack overflow",
		"wild":     "fatal error: fault",
		"exhaust":  "out of memory",
	} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			envoy, log := startMortal(t, asks(teapot, 1, how, "decide"))
			address, err := envoy.Address("gateway")
			if err != nil {
				t.Fatal(err)
			}
			if reply := get(t, address, "/ok"); reply.Status != http.StatusOK {
				t.Errorf("good traffic has status %d", reply.Status)
			}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address+"/denied", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			if reply, err := http.DefaultClient.Do(request); err == nil {
				_ = reply.Body.Close()
				t.Errorf("status %d, want no reply", reply.StatusCode)
			}
			envoytest.Eventually(t, "Envoy ends", func() bool {
				select {
				case <-envoy.Done():
					return true
				default:
					return false
				}
			})
			err = envoy.Stop()
			t.Logf("Envoy ended: %v", err)
			if err == nil || !strings.Contains(log.String(), words) {
				t.Errorf("Envoy ended with %v, and its log has no %q:\n%s", err, words, log)
			}
		})
	}
}

// startMortal runs an Envoy that may die, and that gets no more than a few GiB of addresses.
func startMortal(t *testing.T, document string) (*envoyrun.Envoy, *envoytest.Buffer) {
	t.Helper()
	bounded := filepath.Join(t.TempDir(), "envoy")
	script := fmt.Sprintf("#!/bin/sh\nulimit -c 0\nulimit -v 8000000\nexec '%s' \"$@\"\n", envoytest.EnvoyPath)
	if err := os.WriteFile(bounded, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), envoytest.StartTimeout)
	defer cancel()
	log := &envoytest.Buffer{}
	envoy, err := envoyrun.Start(ctx, envoyrun.Command{
		Path: bounded, Config: setup{listeners: []listener{{name: "gateway", document: document, plugin: onDemand(t)}}}.render(t),
		Args: []string{"--concurrency", "1"}, Environ: envoytest.WithAdapter(envoyrun.Settings{}).Environ(), Stderr: log,
	})
	if err != nil {
		t.Fatalf("%v\n%s", err, log)
	}
	t.Cleanup(func() { _ = envoy.Stop() })
	return envoy, log
}

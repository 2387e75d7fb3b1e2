// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// perPolicy are the VMs of a plugin in an Envoy with one worker: one on the main thread, from which the others are made, one that
// is the plugin there, and one for the worker.
const perPolicy = 3

// TestVMs counts the VMs that Envoy runs for one policy on the Gateway, and for two more on HTTPRoutes, and measures the memory. gwr
// doctor finds the further ones, in the manifests and in what Envoy runs.
func TestVMs(t *testing.T) {
	img := deploytest.Publish(t)
	made := emitted(t, img.Flags()...)
	policies := []string{made["EnvoyExtensionPolicy"], onRoute(t, made["EnvoyExtensionPolicy"], "pets"), onRoute(t, made["EnvoyExtensionPolicy"], "tokens")}
	memory := map[int]int{}
	for _, n := range []int{1, len(policies)} {
		t.Run(fmt.Sprintf("%d policies", n), func(t *testing.T) {
			manifests := append(slices.Clone(policies[:n]), onHost(t, made["EnvoyProxy"]))
			g := start(t, manifests...)
			g.awaitFilter(t, n)
			g.awaitVMs(t, n*perPolicy)
			memory[n] = g.memory(t)
			checkSeen(t, g.get(t, "/private", bad), "a token that is not good", 401, true)
			if r := g.get(t, "/pets", nil); r.Status != http.StatusOK {
				t.Errorf("a good request: %d %s", r.Status, r.Body)
			}
			for what, text := range map[string]string{"the manifests": strings.Join(manifests, "\n---\n"), "what Envoy runs": g.ask(t, "/config_dump")} {
				if found := doctor(t, text); strings.Count(found, "[GWR327]") != n-1 {
					t.Errorf("gwr doctor says of %s:\n%s", what, found)
				}
			}
		})
	}
	t.Logf("resident memory of Envoy with one worker: %d KiB with one policy, %d KiB with three, so that a further one costs %d KiB",
		memory[1], memory[3], (memory[3]-memory[1])/2)
}

// doctor is what gwr doctor says, without the table of who raises what.
func doctor(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "text.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	printed, err := exec.Command(filepath.Join(deploytest.Dist(), "gwr"), "doctor", file).CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("gwr doctor: %v\n%s", err, printed)
	}
	findings, _, _ := strings.Cut(string(printed), "\nlistener ")
	return findings
}

// onRoute is a policy with another name, for an HTTPRoute.
func onRoute(t *testing.T, policy, route string) string {
	t.Helper()
	changed := strings.NewReplacer("kind: Gateway\n    name: \"shop\"", "kind: HTTPRoute\n    name: "+route,
		"  name: \"gateway-responses\"\n  namespace", "  name: "+route+"\n  namespace", "- name: \"gateway-responses\"", "- name: gateway-responses-"+route).Replace(policy)
	if strings.Contains(changed, "kind: Gateway\n") || !strings.Contains(changed, "  name: "+route+"\n  namespace") {
		t.Fatalf("the policy has not changed as it should:\n%s", changed)
	}
	return changed
}

// awaitVMs waits until Envoy runs a number of VMs.
func (g *gateway) awaitVMs(t *testing.T, want int) {
	t.Helper()
	const active = "wasm.envoy.wasm.runtime.v8.active"
	defer func() {
		if t.Failed() {
			t.Logf("%d VMs run", g.stat(t, active))
		}
	}()
	envoytest.Eventually(t, fmt.Sprintf("%d VMs run", want), func() bool { return g.stat(t, active) == want })
}

// resident finds the resident memory in /proc/PID/status.
var resident = regexp.MustCompile(`(?m)^VmRSS:\s+(\d+) kB$`)

// memory is the resident memory of Envoy, in KiB.
func (g *gateway) memory(t *testing.T) int {
	t.Helper()
	files, err := filepath.Glob("/proc/[0-9]*/status")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		status, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(status), fmt.Sprintf("\nPPid:\t%d\n", g.process.Pid)) {
			continue // it has ended, or is another one
		}
		if found := resident.FindSubmatch(status); found != nil {
			n, err := strconv.Atoi(string(found[1]))
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
	}
	t.Fatal("Envoy Gateway has no Envoy")
	return 0
}

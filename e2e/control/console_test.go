// SPDX-License-Identifier: Apache-2.0

//go:build browser && control

package control

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestBrowser runs the journeys in console/journey: a real browser at a real gwrd, to which a real Envoy is connected as gwr emit envoy makes it.
func TestBrowser(t *testing.T) {
	const console = "../../console"
	if _, err := os.Stat(filepath.Join(console, "node_modules")); err != nil {
		t.Fatalf("%v; run make test-browser, which installs what they need", err)
	}
	g := &gwrd{data: t.TempDir(), xds: freeAddress(t)}
	g.start(t)
	g.put(t, "/gateways/default", `{"plugin": {"file": "`+envoytest.PluginPath+`"}}`)
	envoy := envoytest.StartConfig(t, g.emitted(t))
	key, err := os.ReadFile(g.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", "journey/")
	run.Dir = console
	run.Env = append(os.Environ(), "SERVER="+g.url, "KEY="+strings.TrimSpace(string(key)), "ENVOY=http://"+envoy.Address(t, "gateway"))
	report, err := run.CombinedOutput()
	t.Logf("%s", report)
	if err != nil {
		t.Fatal(err)
	}
}

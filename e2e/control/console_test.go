// SPDX-License-Identifier: Apache-2.0

//go:build browser && control

package control

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
)

// TestBrowser runs the journeys in console/journey, each file in a real browser at a real gwrd of its own, to which a real Envoy is connected as
// gwr emit envoy makes it, and on which requests may be tried.
func TestBrowser(t *testing.T) {
	const console = "../../console"
	if _, err := os.Stat(filepath.Join(console, "node_modules")); err != nil {
		t.Fatalf("%v; run make test-browser, which installs what they need", err)
	}
	files, err := filepath.Glob(filepath.Join(console, "journey", "*.test.mjs"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no journeys: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".test.mjs"), func(t *testing.T) { journey(t, console, filepath.Join("journey", name)) })
	}
}

// journey runs the journeys of a file.
func journey(t *testing.T, console, file string) {
	g := gwrdtest.New(t)
	gateway := gwrdtest.FreeAddress(t)
	g.Start(t, "--try", "default/edge=http://"+gateway)
	g.Put(t, "/gateways/default", `{"plugin": {"file": "`+envoytest.PluginPath+`"}}`)
	_, port, _ := strings.Cut(gateway, ":")
	envoy := envoytest.StartConfig(t, bytes.Replace(g.Emitted(t), []byte("{address: 0.0.0.0, port_value: 0}"), []byte("{address: 127.0.0.1, port_value: "+port+"}"), 1))
	key, err := os.ReadFile(g.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", file)
	run.Dir = console
	run.Env = append(os.Environ(), "SERVER="+g.URL, "KEY="+strings.TrimSpace(string(key)), "ENVOY=http://"+envoy.Address(t, "gateway"))
	report, err := run.CombinedOutput()
	t.Logf("%s", report)
	if err != nil {
		t.Fatal(err)
	}
}

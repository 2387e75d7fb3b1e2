// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"bufio"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
)

// gwrd is a server as people run it.
type gwrd struct {
	// data is its folder, xds where it delivers, and url where its API is.
	data, xds, url string
}

// start starts dist/gwrd on a folder, with further flags, until the test ends or until stop.
func (g *gwrd) start(t *testing.T, flags ...string) (stop func()) {
	t.Helper()
	server := exec.Command("../../dist/gwrd", append(flags, "--data", g.data, "--listen", "127.0.0.1:0", "--xds-listen", g.xds, "--ops-listen", "127.0.0.1:0")...)
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	stop = func() {
		_ = server.Process.Signal(os.Interrupt) // it may be gone
		_ = server.Wait()                       // ends by the signal
	}
	t.Cleanup(stop)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := regexp.MustCompile(`AWS's API on (http://[^ ,]+)`).FindStringSubmatch(lines.Text()); found != nil {
			g.url = found[1]
			return stop
		}
	}
	t.Fatal("gwrd ended before it said where it listens")
	return stop
}

// put sends a body to a path of /v1.
func (g *gwrd) put(t *testing.T, path, body string) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(g.data, "admin-key"))
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, g.url+"/v1"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(key)))
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("PUT %s: status %d", path, answer.StatusCode)
	}
}

// says lets a path without a route say a word.
func (g *gwrd) says(t *testing.T, word string) {
	t.Helper()
	g.put(t, "/gateways/default/base", `{"text": "{\"gatewayResponses\": {\"RESOURCE_NOT_FOUND\": {\"responseTemplates\": {\"text/plain\": \"`+word+`\"}}}}"}`)
}

// gwr runs dist/gwr against the server.
func (g *gwrd) gwr(t *testing.T, args ...string) {
	t.Helper()
	command := exec.Command("../../dist/gwr", args...)
	command.Env = append(os.Environ(), "GWR_SERVER="+g.url, "GWR_KEY_FILE="+filepath.Join(g.data, "admin-key"))
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("gwr %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// emitted is the configuration that gwr makes for the server, with any ports.
func (g *gwrd) emitted(t *testing.T) []byte {
	t.Helper()
	folder := t.TempDir()
	g.gwr(t, "emit", "envoy", "--from", g.url, "--server", g.xds, "--metrics", "--prefix", "/api/", "--out", folder)
	text, err := os.ReadFile(filepath.Join(folder, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`port_value: (10000|9901)\b`).ReplaceAll(text, []byte("port_value: 0")) // several run at once
}

// TestFromServer: what gwr emit envoy --from writes runs the document of the server at once and whether the server is there or not, takes
// what is put there, and gwr off and on reach it.
func TestFromServer(t *testing.T) {
	g := &gwrd{data: filepath.Join(t.TempDir(), "data"), xds: freeAddress(t)}
	stop := g.start(t)
	g.put(t, "/gateways/default", `{"plugin": {"file": "`+envoytest.PluginPath+`"}}`)
	g.says(t, "first")
	config := g.emitted(t)
	p := envoytest.StartConfig(t, config)
	if got := reply(t, p); got != "first" {
		t.Errorf("the first reply is %q, want that of the document that was there", got)
	}
	g.says(t, "second")
	awaitReply(t, p, "second")
	g.gwr(t, "off", "default", "--for", "1m")
	awaitReply(t, p, "")
	g.gwr(t, "on", "default")
	awaitReply(t, p, "second")

	stop()
	if got := reply(t, p); got != "second" {
		t.Errorf("without the server the reply is %q, want what it was", got)
	}
	late := envoytest.StartConfig(t, config)
	if got := reply(t, late); got != "first" {
		t.Errorf("an Envoy that starts without the server replies %q, want what was emitted", got)
	}
	begin := time.Now()
	g.start(t)
	awaitReply(t, late, "second")
	t.Logf("the document of a server that comes back is in force %v after its start", time.Since(begin).Round(time.Millisecond))
}

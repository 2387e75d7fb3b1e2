// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"bufio"
	"cmp"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// gwrd is a server as people run it.
type gwrd struct {
	// data is its folder, xds where it delivers, and url where its API is.
	data, xds, url string
	// ops is the URL of its metrics.
	ops string
	// program is what runs, dist/gwrd if it is empty.
	program string
	// key is the file of an access key; if it is empty, that of its first start.
	key     string
	process *exec.Cmd
}

// greeting is the line in which a server says where it listens.
var greeting = regexp.MustCompile(`AWS's API on (http://[^ ,]+),.* metrics on (http://[^ ,]+)`)

// start starts the server on its folder until the test ends or until stop. Flags win over those that are here.
func (g *gwrd) start(t *testing.T, flags ...string) (stop func()) {
	t.Helper()
	flags = append([]string{"--data", g.data, "--listen", "127.0.0.1:0", "--xds-listen", g.xds, "--ops-listen", "127.0.0.1:0"}, flags...)
	server := exec.Command(cmp.Or(g.program, "../../dist/gwrd"), flags...)
	var log envoytest.Buffer
	server.Stderr = &log
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
	t.Cleanup(func() {
		stop()
		if t.Failed() {
			t.Logf("the log of gwrd:\n%s", &log)
		}
	})
	g.process = server
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := greeting.FindStringSubmatch(lines.Text()); found != nil {
			g.url, g.ops = found[1], found[2]
			return stop
		}
	}
	t.Fatal("gwrd ended before it said where it listens")
	return stop
}

func (g *gwrd) keyFile() string { return cmp.Or(g.key, filepath.Join(g.data, "admin-key")) }

// put sends a body to a path of /v1.
func (g *gwrd) put(t *testing.T, path, body string) {
	t.Helper()
	g.ask(t, http.MethodPut, path, body)
}

// ask sends a request to a path of /v1, and gives the answer.
func (g *gwrd) ask(t *testing.T, method, path, body string) []byte {
	t.Helper()
	key, err := os.ReadFile(g.keyFile())
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, g.url+"/v1"+path, strings.NewReader(body))
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
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: status %d, %s, %v", method, path, answer.StatusCode, text, err)
	}
	return text
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
	command.Env = append(os.Environ(), "GWR_SERVER="+g.url, "GWR_KEY_FILE="+g.keyFile())
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

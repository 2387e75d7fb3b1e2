// SPDX-License-Identifier: Apache-2.0

// Package gwrdtest is what tests of a real gwrd share: start dist/gwrd, and ask its /v1.
package gwrdtest

import (
	"bufio"
	"cmp"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// Server is a gwrd as people run it.
type Server struct {
	// Data is its folder, XDS where it delivers, and URL where its API is, once it runs.
	Data, XDS, URL string
	// Ops is the URL of its metrics.
	Ops string
	// Program is what runs, dist/gwrd if it is empty.
	Program string
	// Key is the file of an access key; if it is empty, that of its first start.
	Key string
	// Process is what runs, after Start.
	Process *exec.Cmd
}

// New makes a server that does not run yet, with a folder and a port of its own.
func New(t *testing.T) *Server {
	t.Helper()
	return &Server{Data: filepath.Join(t.TempDir(), "data"), XDS: FreeAddress(t)}
}

// FreeAddress is an address on this machine that a server may listen on, now and again.
func FreeAddress(t *testing.T) string {
	t.Helper()
	return net.JoinHostPort("127.0.0.1", envoytest.FreePort(t))
}

// built is a program that make build makes.
func built(program string) string { return filepath.Join(filepath.Dir(envoytest.PluginPath), program) }

// greeting is the line in which a server says where it listens.
var greeting = regexp.MustCompile(`AWS's API on (http://[^ ,]+),.* metrics on (http://[^ ,]+)`)

// Start starts the server on its folder until the test ends or until stop. Flags win over those that are here.
func (g *Server) Start(t *testing.T, flags ...string) (stop func()) {
	t.Helper()
	flags = append([]string{"--data", g.Data, "--listen", "127.0.0.1:0", "--xds-listen", g.XDS, "--ops-listen", "127.0.0.1:0"}, flags...)
	server := exec.Command(cmp.Or(g.Program, built("gwrd")), flags...)
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
	g.Process = server
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := greeting.FindStringSubmatch(lines.Text()); found != nil {
			g.URL, g.Ops = found[1], found[2]
			return stop
		}
	}
	t.Fatal("gwrd ended before it said where it listens")
	return stop
}

// KeyFile is the file of the access key.
func (g *Server) KeyFile() string { return cmp.Or(g.Key, filepath.Join(g.Data, "admin-key")) }

// Put sends a body to a path of /v1.
func (g *Server) Put(t *testing.T, path, body string) {
	t.Helper()
	g.Ask(t, http.MethodPut, path, body)
}

// Ask sends a request to a path of /v1, and gives the answer.
func (g *Server) Ask(t *testing.T, method, path, body string) []byte {
	t.Helper()
	key, err := os.ReadFile(g.KeyFile())
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, g.URL+"/v1"+path, strings.NewReader(body))
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
	if err != nil || answer.StatusCode/100 != 2 {
		t.Fatalf("%s %s: status %d, %s, %v", method, path, answer.StatusCode, text, err)
	}
	return text
}

// Says lets a path without a route say a word.
func (g *Server) Says(t *testing.T, word string) {
	t.Helper()
	g.Put(t, "/gateways/default/base", `{"text": "{\"gatewayResponses\": {\"RESOURCE_NOT_FOUND\": {\"responseTemplates\": {\"text/plain\": \"`+word+`\"}}}}"}`)
}

// Gwr runs dist/gwr against the server.
func (g *Server) Gwr(t *testing.T, args ...string) {
	t.Helper()
	command := exec.Command(built("gwr"), args...)
	command.Env = append(os.Environ(), "GWR_SERVER="+g.URL, "GWR_KEY_FILE="+g.KeyFile())
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("gwr %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// Emitted is the configuration that gwr makes for the server, with any ports, and with what further flags say.
func (g *Server) Emitted(t *testing.T, flags ...string) []byte {
	t.Helper()
	folder := t.TempDir()
	g.Gwr(t, append([]string{"emit", "envoy", "--from", g.URL, "--server", g.XDS, "--metrics", "--prefix", "/api/", "--out", folder}, flags...)...)
	text, err := os.ReadFile(filepath.Join(folder, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`port_value: (10000|9901)\b`).ReplaceAll(text, []byte("port_value: 0")) // several run at once
}

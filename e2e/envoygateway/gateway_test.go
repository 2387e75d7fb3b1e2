// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"gatewayresponses/e2e/deploytest"
	"gatewayresponses/e2e/envoytest"
)

// gateway is an Envoy Gateway that runs, and the Envoy that it has started.
type gateway struct {
	// address is where Envoy takes requests, admin its admin interface.
	address, admin string
	// log is what both say.
	log *envoytest.Buffer
	// home is the folder of Envoy Gateway, which reads the folder manifests in it.
	home    string
	process *os.Process
}

// start starts Envoy Gateway with testdata/gateway.yaml and with manifests of the filter, until the test ends, and waits until Envoy
// has a listener.
func start(t *testing.T, manifests ...string) *gateway {
	t.Helper()
	takePorts(t)
	port := envoytest.FreePort(t)
	g := &gateway{address: "127.0.0.1:" + port, home: t.TempDir(), log: &envoytest.Buffer{}}
	run(t, program(t), "certgen", "--local", "--config-home", filepath.Join(g.home, "config"))
	g.pinEnvoy(t)
	g.put(t, "onemachine.yaml", deploytest.Filled(t, "onemachine.yaml", "HOME_FOLDER", g.home))
	g.put(t, "gateway.yaml", deploytest.Filled(t, "gateway.yaml", "GATEWAY_PORT", port, "CLOSED_PORT", envoytest.FreePort(t),
		"UPSTREAM_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(deploytest.Upstream))),
		"AUTHORIZER_PORT", strconv.Itoa(envoytest.UpstreamServer(t, http.HandlerFunc(deploytest.Authorizer))),
		"CLIENT_CA", g.certificate(t, "ca.crt"), "CLIENT_CERTIFICATE", g.certificate(t, "tls.crt"), "CLIENT_KEY", g.certificate(t, "tls.key")))
	g.put(t, "filter.yaml", strings.Join(manifests, "\n---\n"))
	g.run(t)
	g.awaitListener(t)
	g.admin = g.adminAddress(t)
	return g
}

// awaitListener waits until Envoy takes requests. Envoy Gateway reads all of its schemas at its start, which takes a while on a machine
// that is busy with other tests.
func (g *gateway) awaitListener(t *testing.T) {
	t.Helper()
	for end := time.Now().Add(envoytest.StartTimeout); ; time.Sleep(100 * time.Millisecond) {
		connection, err := net.DialTimeout("tcp", g.address, time.Second)
		if err == nil {
			_ = connection.Close()
			return
		}
		if time.Now().After(end) {
			t.Fatalf("Envoy does not listen: %v", err)
		}
	}
}

// takePorts waits until no other run of these tests has the ports that Envoy Gateway listens on, and has them until the test ends.
func takePorts(t *testing.T) {
	t.Helper()
	lock, err := os.Create(filepath.Join(os.TempDir(), "gateway-responses-envoy-gateway.lock"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = lock.Close() })
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
}

// program is the path of Envoy Gateway.
func program(t *testing.T) string {
	t.Helper()
	path := os.Getenv("ENVOY_GATEWAY")
	if path == "" {
		t.Fatal("ENVOY_GATEWAY is not the path of an envoy-gateway; run make test-envoy-gateway")
	}
	return path
}

// run runs a program to its end, and returns what it prints.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	printed, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, printed)
	}
	return string(printed)
}

// envoyVersion finds the version in what envoy --version prints.
var envoyVersion = regexp.MustCompile(`/(\d+\.\d+\.\d+)/`)

// pinEnvoy puts the Envoy of these tests where Envoy Gateway looks for the version that testdata/gateway.yaml names.
func (g *gateway) pinEnvoy(t *testing.T) {
	t.Helper()
	path := filepath.Join(g.home, "data/envoy-versions", versionOfEnvoy(t), "bin/envoy")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	absolute, err := filepath.Abs(envoytest.EnvoyPath)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(absolute, path); err != nil {
		t.Fatal(err)
	}
}

// versionOfEnvoy is the version of the Envoy under test.
func versionOfEnvoy(t *testing.T) string {
	t.Helper()
	printed := run(t, envoytest.EnvoyPath, "--version")
	found := envoyVersion.FindStringSubmatch(printed)
	if found == nil {
		t.Fatalf("envoy --version prints %q", printed)
	}
	return found[1]
}

// put gives Envoy Gateway a file of manifests, or gives it anew.
func (g *gateway) put(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(g.home, "manifests", name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// certificate is a file of the certificates of Envoy, as a Secret has it.
func (g *gateway) certificate(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(g.home, "config/certs/envoy", name))
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(text)
}

// run starts Envoy Gateway. It ends with the test, and Envoy with it.
func (g *gateway) run(t *testing.T) {
	t.Helper()
	config := filepath.Join(g.home, "envoygateway.yaml")
	if err := os.WriteFile(config, []byte(deploytest.Filled(t, "envoygateway.yaml", "HOME_FOLDER", g.home)), 0o600); err != nil {
		t.Fatal(err)
	}
	server := exec.Command(program(t), "server", "--config-path", config)
	server.Env = append(os.Environ(), "HOME="+g.home)
	server.Stdout, server.Stderr = g.log, g.log
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	g.process = server.Process
	t.Cleanup(func() {
		_ = server.Process.Signal(os.Interrupt) // it may be gone
		_ = server.Wait()                       // ends by the signal
		if t.Failed() {
			t.Logf("the log of Envoy Gateway and Envoy:\n%s", g.log)
		}
	})
}

// adminAddress is where the admin interface of Envoy is: Envoy writes it into a file.
func (g *gateway) adminAddress(t *testing.T) string {
	t.Helper()
	var address string
	envoytest.Eventually(t, "Envoy says where its admin interface is", func() bool {
		files, err := filepath.Glob(filepath.Join(g.home, "run/*/admin-address.txt"))
		if err != nil || len(files) != 1 {
			return false
		}
		text, err := os.ReadFile(files[0])
		address = string(text)
		return err == nil && address != ""
	})
	return address
}

// ask asks the admin interface of Envoy.
func (g *gateway) ask(t *testing.T, path string) string {
	t.Helper()
	answer, err := http.Get("http://" + g.admin + path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: status %d, %v\n%s", path, answer.StatusCode, err, text)
	}
	return string(text)
}

// stat is the value of a counter or gauge of Envoy, 0 when Envoy does not have it.
func (g *gateway) stat(t *testing.T, name string) int {
	t.Helper()
	_, value, found := strings.Cut(strings.TrimSpace(g.ask(t, "/stats?filter=^"+regexp.QuoteMeta(name)+"$")), ": ")
	if !found {
		return 0
	}
	n, err := strconv.Atoi(value)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// awaitFilter waits until Envoy has a number of filters with their code: one for each policy with a Wasm extension.
func (g *gateway) awaitFilter(t *testing.T, policies int) {
	t.Helper()
	envoytest.Eventually(t, fmt.Sprintf("Envoy runs %d filters", policies), func() bool {
		return g.stat(t, "wasm.remote_load_fetch_successes") >= policies
	})
}

// get sends a request.
func (g *gateway) get(t *testing.T, path string, headers http.Header) envoytest.Reply {
	t.Helper()
	return g.send(t, envoytest.Request{Method: http.MethodGet, Path: path, Headers: headers})
}

// send sends a request.
func (g *gateway) send(t *testing.T, r envoytest.Request) envoytest.Reply {
	t.Helper()
	return envoytest.Clients[0].Send(t, "http://"+g.address, envoytest.NewID(), r)
}

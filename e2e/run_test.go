// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestRun starts what "make run" starts, sends every request of the list that it prints, and ends it as Ctrl-C does.
func TestRun(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "demo")
	if out, err := exec.Command("go", "build", "-o", binary, "../internal/demo").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	for _, tc := range []struct{ name, document string }{
		{"default", ""},
		{"problem", "config/problem.json"},
		{"full", "config/full.json"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := startDemo(t, binary, tc.document)
			for _, r := range parseList(t, d.out.String()) {
				d.try(t, r)
			}
			d.interrupt(t)
		})
	}
}

// demo is a running demo.
type demo struct {
	command *exec.Cmd
	port    int
	out     *envoytest.Buffer
}

// startDemo starts the demo on free ports and waits for its list.
func startDemo(t *testing.T, binary, document string) *demo {
	t.Helper()
	d := &demo{port: freePort(t), out: &envoytest.Buffer{}}
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	d.command = exec.CommandContext(ctx, binary)
	d.command.Dir = ".."
	d.command.Env = append(os.Environ(), "ENVOY="+envoytest.EnvoyPath, "CONFIG="+document,
		"PORT="+strconv.Itoa(d.port), "ADMIN_PORT="+strconv.Itoa(freePort(t)))
	var stderr bytes.Buffer
	d.command.Stdout, d.command.Stderr = d.out, &stderr
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	envoytest.Within(t, envoytest.StartTimeout, "the demo prints its list", func() bool { return strings.Contains(d.out.String(), "Ctrl-C stops.") })
	return d
}

// try sends a request of the list, which must lead to what the list says.
func (d *demo) try(t *testing.T, r listed) {
	t.Helper()
	id := envoytest.NewID()
	got := envoytest.Clients[0].Send(t, "http://127.0.0.1:"+strconv.Itoa(d.port), id, r.Request)
	want := fmt.Sprintf("%d %s, ", got.Status, cmp.Or(got.Headers.Get("Content-Type"), "without a body"))
	if strings.HasSuffix(r.promise, "untouched") {
		want = fmt.Sprintf("%d, untouched", got.Status)
	}
	if !strings.HasPrefix(r.promise, want) {
		t.Errorf("%s: the list promises %q, the reply is %q", r.Path, r.promise, want)
	}
	envoytest.Eventually(t, "the access log has a line for "+id, func() bool {
		return strings.Contains(d.out.String(), " id="+id+"\n")
	})
}

// freePort returns a port that was free a moment ago.
func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

// interrupt sends what Ctrl-C sends. The demo must end with status 0, and Envoy with it.
func (d *demo) interrupt(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := d.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := d.command.Wait(); err != nil {
		t.Errorf("after an interrupt the demo ends with %v, want status 0", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the demo took %s to end", took)
	}
	if err := envoyrun.CheckPort(d.port, "PORT"); err != nil {
		t.Errorf("after the demo has ended: %v", err)
	}
}

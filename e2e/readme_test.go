// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// TestReadmeCommands runs the commands of the README's console blocks, word by word but for the ports, and compares what
// they print. curl is spoken by the test itself, since it need not be installed.
func TestReadmeCommands(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	demo := &readmeDemo{port: freePort(t), adminPort: freePort(t)}
	ran := 0
	for _, part := range strings.Split(string(text), "\n```console\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```\n")
		command, output, _ := strings.Cut(block, "\n")
		demo.run(t, strings.TrimPrefix(command, "$ "), output)
		ran++
	}
	if ran < 3 {
		t.Errorf("the README has %d commands, want at least make run, curl and make test", ran)
	}
	demo.stop(t)
}

// readmeDemo is the demo that the README starts.
type readmeDemo struct {
	port, adminPort int
	command         *exec.Cmd
	output          envoytest.Buffer
}

// run runs one command.
func (d *readmeDemo) run(t *testing.T, command, output string) {
	t.Helper()
	switch words := strings.Fields(command); {
	case command == "make run":
		d.start(t)
	case command == "make test":
		// This very test is part of it; that make knows the target is what is left to see.
		if out, err := exec.Command("make", "-C", "..", "-n", "test").CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	case len(words) == 3 && words[0] == "curl" && words[1] == "-i":
		d.curl(t, words[2], output)
	default:
		t.Errorf("the README has a command that this test does not know: %s", command)
	}
}

// start runs make run and waits until it serves.
func (d *readmeDemo) start(t *testing.T) {
	t.Helper()
	d.command = exec.Command("make", "-C", "..", "run", "PORT="+strconv.Itoa(d.port), "ADMIN_PORT="+strconv.Itoa(d.adminPort), "ENVOY="+envoytest.EnvoyPath)
	d.command.Stdout, d.command.Stderr = &d.output, &d.output
	// A group of its own, so that the test can press Ctrl-C for all of it.
	d.command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-d.command.Process.Pid, syscall.SIGKILL)
		if t.Failed() {
			t.Logf("make run:\n%s", d.output.String())
		}
	})
	envoytest.Within(t, envoytest.StartTimeout, "make run gets ready", func() bool {
		return strings.Contains(d.output.String(), "The gateway is ready")
	})
}

// curl sends the request of "curl -i URL" and looks for all that the README shows of the reply.
func (d *readmeDemo) curl(t *testing.T, url, output string) {
	t.Helper()
	head, body, _ := strings.Cut(output, "\n\n")
	shown := strings.Split(strings.ReplaceAll(head, "10000", strconv.Itoa(d.port)), "\n")
	sent, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+strings.Replace(url, "10000", strconv.Itoa(d.port), 1), http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	received, err := envoytest.Clients[0].HTTP.Do(sent)
	if err != nil {
		t.Fatal(err)
	}
	defer received.Body.Close()
	var got bytes.Buffer
	if _, err := got.ReadFrom(received.Body); err != nil {
		t.Fatal(err)
	}
	if status := received.Proto + " " + received.Status; status != shown[0] {
		t.Errorf("curl -i %s: %q, the README shows %q", url, status, shown[0])
	}
	for _, line := range shown[1:] {
		name, value, _ := strings.Cut(line, ": ")
		if header := received.Header.Get(name); header != value {
			t.Errorf("curl -i %s: %s: %q, the README shows %q", url, name, header, value)
		}
	}
	if got.String() != body {
		t.Errorf("curl -i %s: body %q, the README shows %q", url, got.String(), body)
	}
}

// stop presses Ctrl-C, which must end the demo without a complaint. make itself ends by the signal, as any make does.
func (d *readmeDemo) stop(t *testing.T) {
	t.Helper()
	if err := syscall.Kill(-d.command.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := d.command.Wait()
	if state := d.command.ProcessState.Sys().(syscall.WaitStatus); err != nil && state.Signal() != syscall.SIGINT {
		t.Errorf("make run ends with %v after Ctrl-C", err)
	}
	if strings.Contains(d.output.String(), "***") {
		t.Errorf("make complains after Ctrl-C:\n%s", d.output.String())
	}
}

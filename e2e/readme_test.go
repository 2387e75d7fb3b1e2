// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/pages"
	"gatewayresponses/internal/waittest"
)

// TestReadmeCommands runs the commands of the README that start something, word by word but for the ports, and compares what they
// print. The others are run in internal/cli, which lists these.
func TestReadmeCommands(t *testing.T) {
	page, err := pages.Read("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, step := range page.Steps {
		switch {
		case step.Command == "make run":
			makeRun(t, step.Shown)
		case step.Command == "make test", step.Command == "make serve":
			// This very test is part of the one, and e2e/serve runs what the other runs; that make knows the target is what is left to see.
			if out, err := exec.Command("make", "-C", "..", "-n", strings.TrimPrefix(step.Command, "make ")).CombinedOutput(); err != nil {
				t.Errorf("%s: %v\n%s", step.Command, err, out)
			}
		case strings.HasPrefix(step.Command, "dist/gwr "):
			continue
		default:
			t.Errorf("the README has a command that this test does not know: %s", step.Command)
		}
		ran++
	}
	if ran < 2 {
		t.Errorf("the README starts %d things, want make run and make test", ran)
	}
}

// makeRun runs make run until the gateway is ready, and holds what it printed to what the README shows. Then it presses Ctrl-C,
// which must end the demo without a complaint. make itself ends by the signal, as any make does.
func makeRun(t *testing.T, shown []string) {
	t.Helper()
	port := envoytest.FreePort(t)
	command := exec.Command("make", "-C", "..", "run", "PORT="+port, "ADMIN_PORT="+envoytest.FreePort(t), "ENVOY="+envoytest.EnvoyPath)
	var output envoytest.Buffer
	command.Stdout, command.Stderr = &output, &output
	// A group of its own, so that the test can press Ctrl-C for all of it.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL)
		if t.Failed() {
			t.Logf("make run:\n%s", output.String())
		}
	})
	waittest.Within(t, envoytest.StartTimeout, "make run gets ready", func() bool {
		return strings.Contains(output.String(), "The gateway is ready")
	})
	if !pages.Matches(shown, strings.Split(onReadersPort(output.String(), port), "\n")) {
		t.Error("make run prints something else than the README shows")
	}
	if err := syscall.Kill(-command.Process.Pid, syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := command.Wait()
	if state := command.ProcessState.Sys().(syscall.WaitStatus); err != nil && state.Signal() != syscall.SIGINT {
		t.Errorf("make run ends with %v after Ctrl-C", err)
	}
	if strings.Contains(output.String(), "***") {
		t.Errorf("make complains after Ctrl-C:\n%s", output.String())
	}
}

// TestTutorial runs all of docs/tutorial.md with the gwr that make builds and a real Envoy.
func TestTutorial(t *testing.T) {
	page, err := pages.Read("../docs/tutorial.md")
	if err != nil {
		t.Fatal(err)
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	var steps []pages.Step
	var numbers []int
	for i, step := range page.Steps {
		if step.Command != "make build" { // what is built, make has built for these tests
			steps, numbers = append(steps, step), append(numbers, i)
		}
	}
	port := envoytest.FreePort(t)
	shell := pages.Shell{
		Folder: root,
		Environment: append(os.Environ(), "NO_COLOR=1", "HOME="+t.TempDir(), "ENVOY="+envoytest.EnvoyPath,
			"GIT_AUTHOR_NAME=reader", "GIT_AUTHOR_EMAIL=reader@example.com", "GIT_COMMITTER_NAME=reader", "GIT_COMMITTER_EMAIL=reader@example.com"),
		// The ports of the reader may be taken here.
		Before: fmt.Sprintf(`gwr() { case "$1" in try) shift; command gwr try --port %s --admin-port %s "$@";; *) command gwr "$@";; esac; }`, port, envoytest.FreePort(t)),
	}
	results, err := shell.Run(t.Context(), steps)
	if err != nil {
		t.Fatal(err)
	}
	byStep := map[int]pages.Result{}
	for i, result := range results {
		for n, line := range result.Printed {
			result.Printed[n] = onReadersPort(line, port)
		}
		byStep[numbers[i]] = result
	}
	wrong, _ := page.Hold(byStep, 1, func(lines []string) []string { return lines })
	for _, err := range wrong {
		t.Error(err)
	}
}

// onReadersPort is an output with the port that readers see.
func onReadersPort(output string, port string) string {
	return strings.ReplaceAll(output, port, "10000")
}

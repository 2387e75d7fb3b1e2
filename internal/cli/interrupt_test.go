// SPDX-License-Identifier: Apache-2.0

//go:build unix

package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"gatewayresponses/internal/commandline"
)

// interrupted runs gwr as a process, feeds it lines until it has taken enough bytes of them, and sends it the signal of Ctrl-C while
// it waits for more.
func interrupted(t *testing.T, line string, enough int, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	executable, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), executable)
	cmd.Args = append([]string{"gwr"}, args...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &errs, time.Second
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for fed := 0; fed < enough; fed += len(line) {
		if _, err := in.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	late := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
	defer late.Stop()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	return out.String(), errs.String(), err
}

// TestInterruptInput holds that Ctrl-C ends a command that waits for its input.
func TestInterruptInput(t *testing.T) {
	for _, args := range [][]string{{"validate"}, {"doctor"}, {"import"}, {"explain", "--type", "THROTTLED"}} {
		_, _, err := interrupted(t, "", 0, args...)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
			t.Errorf("gwr %s ends with %v, want the signal", strings.Join(args, " "), err)
		}
	}
}

// TestInterruptReplay holds that replay prints what it has read when Ctrl-C comes, also while the log gives nothing or is one line
// without end.
func TestInterruptReplay(t *testing.T) {
	document := filepath.Join(t.TempDir(), "gwr.yaml")
	if err := os.WriteFile(document, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ line, want string }{
		{`{"response_code": 404, "response_code_details": "route_not_found"}` + "\n", "RESOURCE_NOT_FOUND"},
		{strings.Repeat("x", 1<<10), "0 errors"},
	} {
		stdout, stderr, err := interrupted(t, tc.line, 1<<20, "replay", document)
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != commandline.ExitInterrupted {
			t.Errorf("it ends with %v, want %d", err, commandline.ExitInterrupted)
		}
		if !strings.Contains(stdout, tc.want) || stderr != "gwr: interrupted\n" {
			t.Errorf("it prints %q and %q, want %q and that it was interrupted", stdout, stderr, tc.want)
		}
	}
}

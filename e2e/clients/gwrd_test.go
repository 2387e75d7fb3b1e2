// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// gwrd is a server that runs, with the recorder in front of it.
type gwrd struct {
	// url is that of the recorder.
	url string
	// data is the folder of what it keeps.
	data string
	// config is the configuration file for AWS's tools that the first start wrote.
	config string
}

// patience is how long a server may take to start and to stop.
const patience = 20 * time.Second

// startGwrd starts dist/gwrd as a process, with flags of its own, and stops it with the test.
func startGwrd(t testing.TB, flags ...string) *gwrd {
	t.Helper()
	data := filepath.Join(t.TempDir(), "data")
	flags = append([]string{
		"--data", data, "--account", "123456789012",
		"--listen", "127.0.0.1:0", "--xds-listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0",
	}, flags...)
	server := exec.Command("../../dist/gwrd", flags...)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	server.Stderr = &log
	if err := server.Start(); err != nil {
		t.Fatalf("%v; run make build", err)
	}
	stopped := make(chan error, 1)
	lines := make(chan string, 1000)
	go func() {
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			lines <- scanner.Text()
		}
		close(lines)
		stopped <- server.Wait()
	}()
	t.Cleanup(func() { stopGwrd(t, server, stopped, &log) })
	found := regexp.MustCompile(`AWS's API on (http://[^ ,]+)`)
	deadline := time.After(patience)
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				t.Fatal("gwrd ended before it said where it listens")
			}
			if url := found.FindStringSubmatch(line); url != nil {
				return &gwrd{url: record(t, url[1]), data: data, config: filepath.Join(data, "aws-config")}
			}
		case <-deadline:
			t.Fatalf("gwrd did not say within %v where it listens", patience)
		}
	}
}

// stopGwrd ends a server as an operator does, and wants it to end well and to have logged no failure of its own.
func stopGwrd(t testing.TB, server *exec.Cmd, stopped <-chan error, log *bytes.Buffer) {
	if err := server.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		t.Error(err)
	}
	select {
	case err := <-stopped:
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 130) {
			t.Errorf("gwrd ended with %v", err)
		}
	case <-time.After(patience):
		t.Errorf("gwrd runs %v after SIGTERM", patience)
		_ = server.Process.Kill() // what is left to do
		<-stopped                 //nolint:errcheck // it was killed
	}
	for line := range strings.Lines(log.String()) {
		if strings.Contains(line, "level=ERROR") {
			t.Errorf("the log of gwrd: %s", line)
		}
	}
	if t.Failed() {
		t.Logf("the log of gwrd:\n%s", log)
	}
}

// environment is what clients get: nothing of the machine's own, and the file that gwrd wrote.
func (g *gwrd) environment(t testing.TB) []string {
	t.Helper()
	return []string{
		"PATH=" + tools(t) + ":" + os.Getenv("PATH"),
		"HOME=" + t.TempDir(),
		"PYTHONPATH=" + library(t),
		"AWS_CONFIG_FILE=" + g.config,
		"AWS_PROFILE=gwrd",
		"AWS_ENDPOINT_URL=" + g.url,
		"AWS_EC2_METADATA_DISABLED=true",
		"AWS_PAGER=",
		"LANG=C.UTF-8",
	}
}

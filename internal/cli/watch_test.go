// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/commandline"
)

// stream is what a command has printed so far.
type stream struct {
	mutex sync.Mutex
	text  bytes.Buffer
}

func (o *stream) Write(p []byte) (int, error) {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	return o.text.Write(p)
}

// waitFor waits until a text has been printed some times.
func (o *stream) waitFor(t *testing.T, text string, times int) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		o.mutex.Lock()
		printed := o.text.String()
		o.mutex.Unlock()
		if strings.Count(printed, text) >= times {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%q was not printed %d times:\n%s", text, times, printed)
		}
	}
}

// TestWatchTests holds that tests run again when the document, the file of a body in it, or a test file changes, or a new one
// comes into a folder, and that what is
// wrong meanwhile ends nothing.
func TestWatchTests(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const test = "document: gwr.yaml\ntests: [{name: a, error: THROTTLED, want: {body: {contains: please}}}]"
	write("page.html", "<p>please wait")
	write("gwr.yaml", "gatewayResponses: {THROTTLED: {responseTemplates: {text/html: {file: page.html}}}}")
	write("a.test.yaml", test)
	ctx, cancel := context.WithCancel(t.Context())
	var out, errors stream
	exit := make(chan int)
	go func() { exit <- Run(ctx, []string{"test", "--watch", folder}, nil, &out, &errors) }()
	errors.waitFor(t, "gwr: watching 3 files; Ctrl-C stops", 1)
	out.waitFor(t, ", all passed", 1)
	write("page.html", "<p>wait")
	out.waitFor(t, "1 failed", 1)
	write("gwr.yaml", "mode: on")
	out.waitFor(t, `"on" is not a mode`, 1)
	write("gwr.yaml", "gatewayResponses: {THROTTLED: {responseTemplates: {text/html: please}}}")
	out.waitFor(t, ", all passed", 2)
	write("a.test.yaml", strings.ReplaceAll(test, "please", "thanks"))
	out.waitFor(t, "1 failed", 2)
	write("b.test.yaml", test)
	out.waitFor(t, "2 tests in ", 1)
	errors.waitFor(t, "gwr: watching 3 files; Ctrl-C stops", 2)
	if err := os.Mkdir(filepath.Join(folder, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("more/c.test.yaml", strings.ReplaceAll(test, "gwr.yaml", "../gwr.yaml"))
	out.waitFor(t, "3 tests in ", 1)
	for _, name := range []string{"a.test.yaml", "b.test.yaml", "more/c.test.yaml"} {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	errors.waitFor(t, "gwr: no test is found", 1)
	write("a.test.yaml", strings.ReplaceAll(test, "name: a", "name: back"))
	out.waitFor(t, ", all passed", 3)
	cancel()
	if got := <-exit; got != commandline.ExitFine {
		t.Errorf("the exit code is %d, want 0", got)
	}
}

// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/waittest"
)

// waitFor waits until a text has been printed some times.
func waitFor(t *testing.T, printed *waittest.Text, text string, times int) {
	t.Helper()
	waittest.Until(t, fmt.Sprintf("%q is printed %d times", text, times), func() bool { return strings.Count(printed.String(), text) >= times })
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
	var out, errors waittest.Text
	exit := make(chan int)
	go func() { exit <- Run(ctx, []string{"test", "--watch", folder}, nil, &out, &errors) }()
	waitFor(t, &errors, "gwr: watching 3 files; Ctrl-C stops", 1)
	waitFor(t, &out, ", all passed", 1)
	write("page.html", "<p>wait")
	waitFor(t, &out, "1 failed", 1)
	write("gwr.yaml", "mode: on")
	waitFor(t, &out, `"on" is not a mode`, 1)
	write("gwr.yaml", "gatewayResponses: {THROTTLED: {responseTemplates: {text/html: please}}}")
	waitFor(t, &out, ", all passed", 2)
	write("a.test.yaml", strings.ReplaceAll(test, "please", "thanks"))
	waitFor(t, &out, "1 failed", 2)
	write("b.test.yaml", test)
	waitFor(t, &out, "2 tests in ", 1)
	waitFor(t, &errors, "gwr: watching 3 files; Ctrl-C stops", 2)
	if err := os.Mkdir(filepath.Join(folder, "more"), 0o700); err != nil {
		t.Fatal(err)
	}
	write("more/c.test.yaml", strings.ReplaceAll(test, "gwr.yaml", "../gwr.yaml"))
	waitFor(t, &out, "3 tests in ", 1)
	for _, name := range []string{"a.test.yaml", "b.test.yaml", "more/c.test.yaml"} {
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	waitFor(t, &errors, "gwr: no test is found", 1)
	write("a.test.yaml", strings.ReplaceAll(test, "name: a", "name: back"))
	waitFor(t, &out, ", all passed", 3)
	cancel()
	if got := <-exit; got != commandline.ExitFine {
		t.Errorf("the exit code is %d, want 0", got)
	}
}

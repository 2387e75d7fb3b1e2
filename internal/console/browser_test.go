// SPDX-License-Identifier: Apache-2.0

//go:build browser

package console_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestBrowser runs the tests in console/test, in a real browser at a server of its own. SCREENSHOTS names a folder for pictures.
func TestBrowser(t *testing.T) {
	const tests = "../../console"
	if _, err := os.Stat(filepath.Join(tests, "node_modules")); err != nil {
		t.Fatalf("%v; run make test-browser, which installs what they need", err)
	}
	v := newVisitor(t)
	files, err := filepath.Glob(filepath.Join(tests, "test", "*.test.mjs"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	for i := range files {
		files[i] = filepath.Join("test", filepath.Base(files[i]))
	}
	run := exec.CommandContext(t.Context(), "node", append([]string{"--test", "--test-reporter=spec"}, files...)...)
	run.Dir = tests
	run.Env = append(os.Environ(), "SERVER="+v.url, "KEY="+v.key)
	report, err := run.CombinedOutput()
	t.Logf("%s", report)
	if err != nil {
		t.Fatal(err)
	}
}

// SPDX-License-Identifier: Apache-2.0

//go:build browser

package console_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestBrowser runs the tests in console/test, each file in a real browser at a server of its own: TestBrowser/edit is edit.test.mjs.
func TestBrowser(t *testing.T) {
	const tests = "../../console"
	if _, err := os.Stat(filepath.Join(tests, "node_modules")); err != nil {
		t.Fatalf("%v; run make test-browser, which installs what they need", err)
	}
	files, err := filepath.Glob(filepath.Join(tests, "test", "*.test.mjs"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests: %v", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(strings.TrimSuffix(name, ".test.mjs"), func(t *testing.T) {
			v := newVisitor(t)
			if name == "deploy.test.mjs" {
				v.nodes()
			}
			run := exec.CommandContext(t.Context(), "node", "--test", "--test-reporter=spec", filepath.Join("test", name))
			run.Dir = tests
			run.Env = append(os.Environ(), "SERVER="+v.url, "KEY="+v.key)
			report, err := run.CombinedOutput()
			t.Logf("%s", report)
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

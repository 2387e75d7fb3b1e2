// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// requirements are the packages that the clients are, in exact versions.
const requirements = "testdata/requirements.txt"

var install sync.Mutex

// library gives the folder in which the Python packages of the clients are. Pip puts them there the first time.
func library(t testing.TB) string {
	t.Helper()
	install.Lock()
	defer install.Unlock()
	text, err := os.ReadFile(requirements)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(text)
	cache, err := filepath.Abs("../../.cache")
	if err != nil {
		t.Fatal(err)
	}
	ready := filepath.Join(cache, "clients-"+hex.EncodeToString(sum[:6]))
	if _, err := os.Stat(ready); err == nil {
		return ready
	}
	if err := os.MkdirAll(cache, 0o755); err != nil {
		t.Fatal(err)
	}
	// What is there under its name is whole.
	work, err := os.MkdirTemp(cache, "clients-")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := os.RemoveAll(work); err != nil {
			t.Error(err)
		}
	}()
	pip := exec.Command("python3", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore",
		"--no-deps", "--only-binary=:all:", "--target", filepath.Join(work, "ready"), "--requirement", requirements)
	if out, err := pip.CombinedOutput(); err != nil {
		t.Fatalf("pip: %v\n%s", err, out)
	}
	if err := os.Rename(filepath.Join(work, "ready"), ready); err != nil {
		t.Fatal(err)
	}
	return ready
}

// tools gives a folder with commands of the clients.
func tools(t testing.TB) string {
	t.Helper()
	folder := t.TempDir()
	terraform, err := filepath.Abs("testdata/terraform.py")
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range map[string]string{"aws": "-m awscli", "terraform": terraform} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\nexec python3 "+command+" \"$@\"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// python runs a script of testdata, and gives what it printed.
func (g *gwrd) python(t testing.TB, script string, args ...string) string {
	t.Helper()
	command := exec.Command("python3", append([]string{filepath.Join("testdata", script)}, args...)...)
	command.Env = g.environment(t)
	var out strings.Builder
	command.Stdout = &out
	complaint := &strings.Builder{}
	command.Stderr = complaint
	if err := command.Run(); err != nil {
		t.Fatalf("%s %s: %v\n%s%s", script, strings.Join(args, " "), err, out.String(), complaint)
	}
	return out.String()
}

// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	moduleFolder = "../../module"
	factsFile    = "testdata/envoy_abi.h"
)

// TestABI has a C compiler hold all C of the module, its hooks included, against what Envoy's header says.
func TestABI(t *testing.T) {
	compile := compiler(t)
	for _, path := range moduleSources(t) {
		if out, err := compile(factsFile, path); err != nil {
			t.Errorf("%s does not agree with %s: %v\n%s", path, factsFile, err, out)
		}
	}
}

// TestABIRefuses holds that the compiler sees what is not Envoy's.
func TestABIRefuses(t *testing.T) {
	compile := compiler(t)
	facts, err := os.ReadFile(factsFile)
	if err != nil {
		t.Fatal(err)
	}
	here, err := filepath.Abs("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ old, changed, want string }{
		{"CALLBACK(http_drain_body)(void *, ENUM(http_body_type), size_t)", "CALLBACK(http_drain_body)(void *, ENUM(http_body_type), uint32_t)", "conflicting types"},
		{"HOOKED(http_filter_new)(const void *, void *)", "HOOKED(http_filter_new)(const void *)", "conflicting types"},
		{"metadata_source_Route, 1)", "metadata_source_Route, 2)", "GWR_ROUTE_SOURCE is not 2"},
		{"sizeof(abi_header) == 2", "sizeof(abi_header) == 3", "envoy_http_header"},
	} {
		if strings.Count(string(facts), change.old) != 1 {
			t.Fatalf("%s does not have %q once", factsFile, change.old)
		}
		// The file lies elsewhere than the header that it includes.
		text := strings.NewReplacer(change.old, change.changed, `"../../../module`, `"`+here+`/../../../module`).Replace(string(facts))
		changed := filepath.Join(t.TempDir(), "changed.h")
		if err := os.WriteFile(changed, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := compile(changed, filepath.Join(moduleFolder, "hooks.c"))
		if err == nil || !strings.Contains(out, change.want) {
			t.Errorf("with %q the compiler says %v, %q; want %q", change.changed, err, out, change.want)
		}
	}
}

// TestABIIsWhole holds that nothing of Envoy's is called, and no hook defined, that the compiler has not compared.
func TestABIIsWhole(t *testing.T) {
	facts, err := os.ReadFile(factsFile)
	if err != nil {
		t.Fatal(err)
	}
	l, err := readLibrary("../../dist/libgatewayresponses.so")
	if err != nil {
		t.Fatal(err)
	}
	for name := range l.calls {
		if !strings.Contains(string(facts), "CALLBACK("+name+")(") {
			t.Errorf("%s does not have %s%s, which the module calls", factsFile, callbackPrefix, name)
		}
	}
	for _, name := range l.hooks {
		if !strings.Contains(string(facts), "HOOKED("+name+")(") {
			t.Errorf("%s does not have %s%s, which the module defines", factsFile, hookPrefix, name)
		}
	}
}

// moduleSources are the C files of the module.
func moduleSources(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(moduleFolder, "*.c"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has %d C files: %v", moduleFolder, len(paths), err)
	}
	return paths
}

// compiler returns what compiles a C file of the module, with a header included before it, and returns what the compiler
// says. Headers that cgo makes for the module stand in a folder of the test.
func compiler(t *testing.T) func(header, path string) (string, error) {
	t.Helper()
	made := t.TempDir()
	sources, err := filepath.Glob(filepath.Join(moduleFolder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"tool", "cgo", "-objdir", made, "--", "-I", "."}
	for _, path := range sources {
		if !strings.HasSuffix(path, "_test.go") {
			args = append(args, filepath.Base(path))
		}
	}
	cgo := exec.Command("go", args...)
	cgo.Dir = moduleFolder
	cgo.Env = append(os.Environ(), "CGO_ENABLED=1")
	if out, err := cgo.CombinedOutput(); err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	cc, err := exec.Command("go", "env", "CC").Output()
	if err != nil {
		t.Fatal(err)
	}
	command := append(strings.Fields(string(cc)), "-fsyntax-only", "-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror", "-I", moduleFolder, "-I", made)
	return func(header, path string) (string, error) {
		out, err := exec.Command(command[0], append(command[1:], "-include", header, path)...).CombinedOutput()
		return string(out), err
	}
}

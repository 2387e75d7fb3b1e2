// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

import (
	"bytes"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/envoyrun"
)

// envoys are the paths of the supported Envoys, fetched where they are not in the cache of the repository.
func envoys(t *testing.T) map[string]string {
	t.Helper()
	paths := map[string]string{}
	t.Setenv("ENVOY", "")
	for _, version := range exported().envoys {
		t.Setenv("ENVOY_VERSION", version)
		path, err := envoyrun.Locate(t.Context(), "../..", func(line string) { t.Log(line) })
		if err != nil {
			t.Fatal(err)
		}
		paths[version] = path
	}
	return paths
}

// TestBuilt holds the module that make module has built.
func TestBuilt(t *testing.T) {
	var out bytes.Buffer
	if err := run(&out, []string{"../../dist/libgatewayresponses.so"}); err != nil {
		t.Errorf("%v; make module builds it\n%s", err, out.String())
	}
}

// TestRecorded holds callbacks.txt against the Envoys that it is about.
func TestRecorded(t *testing.T) {
	paths := envoys(t)
	var args []string
	for _, version := range exported().envoys {
		args = append(args, version+"="+paths[version])
	}
	var out bytes.Buffer
	if err := run(&out, []string{"-record", strings.Join(args, ",")}); err != nil {
		t.Fatal(err)
	}
	if out.String() != callbacksText {
		t.Errorf("callbacks.txt is not what the Envoys export; write it anew with go run ./internal/modulecheck -record %s", strings.Join(args, ","))
	}
}

// TestHooks holds the lists of hooks against the names that each Envoy looks up.
func TestHooks(t *testing.T) {
	known := slices.Concat(requiredHooks, optionalHooks)
	for version, path := range envoys(t) {
		binary, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, match := range regexp.MustCompile(hookPrefix+`((?:program_init|http_filter_)\w*)\x00`).FindAllSubmatch(binary, -1) {
			name := string(match[1])
			if found[name] = true; !slices.Contains(known, name) {
				t.Errorf("Envoy %s looks up %s%s; add it to a list in hooks.go", version, hookPrefix, name)
			}
		}
		for _, name := range known {
			if !found[name] {
				t.Errorf("Envoy %s does not look up %s%s; take it out of hooks.go", version, hookPrefix, name)
			}
		}
	}
}

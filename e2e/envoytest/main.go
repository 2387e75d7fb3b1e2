// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
)

// What Main finds.
var (
	// EnvoyPath is the Envoy under test, and EnvoyMinor its minor version: 40 for 1.40.0.
	EnvoyPath  string
	EnvoyMinor int
	// Adapter is what the tests run, as Main and MainWith have it.
	Adapter ability.Adapter
	// Template is the text of envoy.yaml.
	Template []byte
	// PluginPath is our filter, as Adapter runs it: that in dist, unless PLUGIN in the environment names another file.
	PluginPath string
	// ReplierPath is the filter that tests put behind it.
	ReplierPath string
)

// Main is for the TestMain of a package whose tests run Envoy, with the adapter that ADAPTER in their environment names, wasm by default.
// Without Envoy, or without the filters that "make build" builds, it ends the tests with what is missing.
func Main(m *testing.M) {
	adapter, err := ability.ParseAdapter(cmp.Or(os.Getenv("ADAPTER"), string(ability.Wasm)))
	if err != nil {
		fmt.Fprintf(os.Stderr, "e2e: ADAPTER: %v\n", err)
		os.Exit(1)
	}
	MainWith(m, adapter)
}

// MainWith is Main for a package whose tests run one adapter, whatever ADAPTER says.
func MainWith(m *testing.M, adapter ability.Adapter) {
	Adapter = adapter
	flag.Parse()
	if err := prepare(); err != nil {
		fmt.Fprintf(os.Stderr, "e2e: %v\n", err)
		os.Exit(1)
	}
	code := m.Run()
	if everything() {
		if err := stale(); err != nil {
			fmt.Fprintf(os.Stderr, "e2e: %v\n", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// everything reports whether all tests run, and not those alone that somebody has chosen.
func everything() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list"} {
		if chosen := flag.Lookup(name); chosen != nil && chosen.Value.String() != "" {
			return false
		}
	}
	return true
}

// prepare finds what all tests run.
func prepare() error {
	root, err := findRoot()
	if err != nil {
		return err
	}
	if err := findPackage(root); err != nil {
		return err
	}
	PluginPath = cmp.Or(os.Getenv("PLUGIN"), filepath.Join(root, "dist", envoyrun.PluginFile(Adapter)))
	ReplierPath = filepath.Join(root, "dist/replier.wasm")
	for _, path := range []string{PluginPath, ReplierPath} {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("%w; run make build, and make module for ADAPTER=module", err)
		}
	}
	if Template, err = os.ReadFile(filepath.Join(root, "envoy.yaml")); err != nil {
		return err
	}
	EnvoyPath, err = envoyrun.Locate(context.Background(), root, func(line string) { fmt.Fprintln(os.Stderr, line) })
	if err != nil {
		return err
	}
	EnvoyMinor, err = minorOf(EnvoyPath)
	return err
}

// versionLine finds the minor version in what "envoy --version" prints.
var versionLine = regexp.MustCompile(`/1\.(\d+)\.`)

// minorOf asks an Envoy for its minor version.
func minorOf(envoy string) (int, error) {
	out, err := exec.Command(envoy, "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("%s --version: %w", envoy, err)
	}
	found := versionLine.FindSubmatch(out)
	if found == nil {
		return 0, fmt.Errorf("%s --version prints %q, which has no version", envoy, out)
	}
	return strconv.Atoi(string(found[1]))
}

// findRoot returns the folder of envoy.yaml: the one that the tests run in, or one above it. Modules within have a go.mod too.
func findRoot() (string, error) {
	folder, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(folder, "envoy.yaml")); err == nil {
			return folder, nil
		}
		above := filepath.Dir(folder)
		if above == folder {
			return "", errors.New("no folder above the tests has an envoy.yaml")
		}
		folder = above
	}
	return "", err
}

// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"gatewayresponses/internal/envoyrun"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What all tests run.
var (
	// envoyPath is the Envoy under test.
	envoyPath string
	// template is the text of envoy.yaml.
	template []byte
	// pluginPath and replierPath are our filter and the one that tests put behind it.
	pluginPath, replierPath string
)

func TestMain(m *testing.M) {
	flag.Parse()
	if err := prepare(); err != nil {
		fmt.Fprintf(os.Stderr, "e2e: %v\n", err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// prepare finds what all tests run.
func prepare() error {
	root, err := filepath.Abs("..")
	if err != nil {
		return err
	}
	pluginPath = filepath.Join(root, "dist/plugin.wasm")
	replierPath = filepath.Join(root, "dist/replier.wasm")
	for _, path := range []string{pluginPath, replierPath} {
		if _, err := os.Stat(path); err != nil {
			return fmt.Errorf("%w; run make build", err)
		}
	}
	if template, err = os.ReadFile(filepath.Join(root, "envoy.yaml")); err != nil {
		return err
	}
	envoyPath, err = envoyrun.Locate(context.Background(), root, func(line string) { fmt.Fprintln(os.Stderr, line) })
	return err
}

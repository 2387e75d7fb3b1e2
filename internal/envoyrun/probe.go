// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"time"
)

// oldestMinor is the first minor version of Envoy 1 that the tests run on.
const oldestMinor = 36

// probeTimeout ends the questions that are put to an Envoy.
const probeTimeout = 20 * time.Second

//go:embed probe.yaml
var probeConfig string

// versionLine finds the version in what "envoy --version" prints: "envoy  version: COMMIT/1.40.0/Clean/RELEASE/BoringSSL".
var versionLine = regexp.MustCompile(`version: [^/]*/(1\.(\d+)\.[^/]*)/`)

// probe says why the Envoy at path cannot run the plugin, nil when it can.
func probe(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "--version").Output()
	if err != nil {
		return fmt.Errorf("it does not run: %w", err)
	}
	found := versionLine.FindSubmatch(out)
	if found == nil {
		return errors.New("it does not say that it is Envoy 1")
	}
	if minor, err := strconv.Atoi(string(found[2])); err != nil || minor < oldestMinor {
		return fmt.Errorf("it is Envoy %s, and the plugin needs 1.%d or later", found[1], oldestMinor)
	}
	if err := exec.CommandContext(ctx, path, "--mode", "validate", "--config-yaml", probeConfig).Run(); err != nil {
		return fmt.Errorf("this build of Envoy %s has no Wasm runtime", found[1])
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// maxWasm is the size that the filter must stay under, in bytes: 4 MB.
const maxWasm = 4_000_000

// TestWasm builds the filter once more: the bytes are the same, so the build is reproducible and dist is not stale.
func TestWasm(t *testing.T) {
	built, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	if len(built) >= maxWasm {
		t.Errorf("dist/plugin.wasm has %d bytes, want less than %d", len(built), maxWasm)
	}
	dist := t.TempDir()
	if out, err := exec.Command("make", "-C", "../..", "build", "DIST="+dist).CombinedOutput(); err != nil {
		t.Fatalf("make build: %v\n%s", err, out)
	}
	again, err := os.ReadFile(filepath.Join(dist, "plugin.wasm"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(built, again) {
		t.Error("building the filter again gives other bytes than dist/plugin.wasm; run make build")
	}
}

// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"bytes"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-containerregistry/pkg/registry"

	"gatewayresponses/internal/version"
)

// pack packs the chart as make chart does, and gives the path of the archive.
func pack(t *testing.T) string {
	t.Helper()
	to := t.TempDir()
	command := exec.CommandContext(t.Context(), "go", "run", "./internal/chart", "deploy/helm/gateway-responses", to)
	command.Dir = root
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return filepath.Join(to, "gateway-responses-"+version.Number+".tgz")
}

// TestArchive: what make chart packs is for helm the same chart, and comes back from a registry as it was pushed.
func TestArchive(t *testing.T) {
	archive := pack(t)
	want := must(t, template("--values", "testdata/gwrd-postgres.values.yaml")...)
	if diff := cmp.Diff(want, must(t, "template", "gateway-responses", archive, "--namespace", "istio-ingress", "--values", "testdata/gwrd-postgres.values.yaml")); diff != "" {
		t.Errorf("the folder of the chart (-) and the archive (+):\n%s", diff)
	}
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	t.Cleanup(server.Close)
	repository := "oci://" + strings.TrimPrefix(server.URL, "http://") + "/charts"
	if _, messages, err := run(t, "push", archive, repository, "--plain-http"); err != nil {
		t.Fatalf("helm push: %v\n%s", err, messages)
	}
	to := t.TempDir()
	if _, messages, err := run(t, "pull", repository+"/gateway-responses", "--version", version.Number, "--plain-http", "--destination", to); err != nil {
		t.Fatalf("helm pull: %v\n%s", err, messages)
	}
	pushed, err := os.ReadFile(archive)
	if err != nil {
		t.Fatal(err)
	}
	if pulled, err := os.ReadFile(filepath.Join(to, filepath.Base(archive))); err != nil || !bytes.Equal(pushed, pulled) {
		t.Errorf("%d bytes were pushed, and %d other ones pulled, %v", len(pushed), len(pulled), err)
	}
}

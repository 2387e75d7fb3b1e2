// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/golden"
)

// options are the renderings that are kept in testdata, by name, as files of values there.
func options(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.values.yaml")
	if err != nil || len(paths) < 5 {
		t.Fatalf("testdata has %d files of values, %v", len(paths), err)
	}
	var names []string
	for _, path := range paths {
		names = append(names, strings.TrimSuffix(filepath.Base(path), ".values.yaml"))
	}
	return names
}

// option renders one of the options.
func option(t *testing.T, name string) string {
	t.Helper()
	return must(t, template("--values", filepath.Join("testdata", name+".values.yaml"))...)
}

// TestRenderings holds all that the chart makes against what is kept of it, so that a change of it is seen.
func TestRenderings(t *testing.T) {
	for _, name := range options(t) {
		made, path := option(t, name), filepath.Join("testdata", name+".yaml")
		if *golden.Update {
			if err := os.WriteFile(path, []byte(made), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(kept), made); diff != "" {
			t.Errorf("%s (-) is not what the chart makes (+); go test -run TestRenderings -update writes it anew:\n%s", path, diff)
		}
	}
}

// TestStrict decodes all of it into Go types that know every key, and holds that the options leave out no kind of objects. Those of Envoy
// Gateway TestEnvoyGateway holds to what gwr emits, which e2e/envoygateway decodes.
func TestStrict(t *testing.T) {
	var seen []string
	for _, name := range options(t) {
		for _, m := range manifests(t, option(t, name)) {
			if slices.Contains(envoyGatewayKinds, m.kind()) {
				continue
			}
			seen = append(seen, m.kind())
			if err := decode(m); err != nil {
				t.Errorf("%s: %s: %v", name, m.kind(), err)
			}
		}
	}
	for kind := range kinds {
		if !slices.Contains(seen, kind) {
			t.Errorf("no option has a %s", kind)
		}
	}
	if err := decode(manifests(t, "kind: Service\nspec: {typ: ClusterIP}")[0]); err == nil {
		t.Error("a Service with a mistake is decoded")
	}
	if err := decode(manifests(t, "kind: WasmPlugin\nspec: {uri: a}")[0]); err == nil {
		t.Error("a WasmPlugin with a mistake is decoded")
	}
}

// TestLint: Helm's own linter has no warning, of no option. That there is no icon it mentions.
func TestLint(t *testing.T) {
	for _, name := range options(t) {
		out := must(t, "lint", "--strict", chart, "--values", filepath.Join("testdata", name+".values.yaml"))
		out = strings.ReplaceAll(out, "[INFO] Chart.yaml: icon is recommended", "")
		if !strings.Contains(out, "1 chart(s) linted, 0 chart(s) failed") || strings.Contains(out, "[") {
			t.Errorf("%s:\n%s", name, out)
		}
	}
}

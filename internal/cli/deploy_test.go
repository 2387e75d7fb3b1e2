// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/version"
)

// TestDeploy holds the manifests in deploy to what gwr emit makes of the documents there.
func TestDeploy(t *testing.T) {
	const folder = "../../deploy/istio"
	out := filepath.Join(t.TempDir(), "istio")
	image := "oci://registry.example.com/gateway-responses:" + version.Number
	var messages bytes.Buffer
	args := []string{"emit", "istio", folder + "/gwr.yaml", "--image", image, "--out", out}
	if code := Run(t.Context(), args, nil, &bytes.Buffer{}, &messages); code != commandline.ExitFine {
		t.Fatalf("gwr %s: exit code %d\n%s", strings.Join(args, " "), code, &messages)
	}
	for _, name := range []string{"wasmplugin", "envoyfilter", "trafficextension"} {
		made, err := os.ReadFile(filepath.Join(out, name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		golden.File(t, filepath.Join(folder, "base", name, name+".yaml"), string(made))
	}
}

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
	for _, tc := range []struct{ flags, names []string }{
		{[]string{"--image", "oci://registry.example.com/gateway-responses:" + version.Number}, []string{"wasmplugin", "envoyfilter", "trafficextension"}},
		{[]string{
			"--image", "file:///etc/envoy/plugin.wasm", "--server", "gwrd.gwrd.svc.cluster.local:8401", "--server-ca", "/etc/gwrd-client/ca.crt",
			"--client-cert", "/etc/gwrd-client/tls.crt", "--client-key", "/etc/gwrd-client/tls.key",
		}, []string{"envoyfilter-ecds"}},
	} {
		out := filepath.Join(t.TempDir(), "istio")
		var messages bytes.Buffer
		args := append([]string{"emit", "istio", folder + "/gwr.yaml", "--out", out}, tc.flags...)
		if code := Run(t.Context(), args, nil, &bytes.Buffer{}, &messages); code != commandline.ExitFine {
			t.Fatalf("gwr %s: exit code %d\n%s", strings.Join(args, " "), code, &messages)
		}
		for _, name := range tc.names {
			made, err := os.ReadFile(filepath.Join(out, name+".yaml"))
			if err != nil {
				t.Fatal(err)
			}
			golden.File(t, filepath.Join(folder, "base", name, name+".yaml"), string(made))
		}
	}
}

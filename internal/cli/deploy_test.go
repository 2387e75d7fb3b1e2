// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/version"
)

// TestDeploy holds the manifests in deploy to what gwr emit makes of the documents there.
func TestDeploy(t *testing.T) {
	image := "oci://registry.example.com/gateway-responses:" + version.Number
	for _, tc := range []struct {
		platform string
		flags    []string
		// files are the manifests in the folder of the platform.
		files []string
	}{
		{"istio", []string{"--image", image}, []string{
			"base/wasmplugin/wasmplugin.yaml", "base/envoyfilter/envoyfilter.yaml", "base/trafficextension/trafficextension.yaml",
		}},
		{"istio", []string{
			"--image", "file:///etc/envoy/plugin.wasm", "--server", "gwrd.gwrd.svc.cluster.local:8401", "--server-ca", "/etc/gwrd-client/ca.crt",
			"--client-cert", "/etc/gwrd-client/tls.crt", "--client-key", "/etc/gwrd-client/tls.key",
		}, []string{"base/envoyfilter-ecds/envoyfilter-ecds.yaml"}},
		{"envoy-gateway", []string{"--gateway", "shop", "--namespace", "shop", "--image", image}, []string{
			"base/envoyextensionpolicy.yaml", "base/envoyproxy.yaml", "base/envoypatchpolicy.yaml", "overlays/catch-all/httproute.yaml",
		}},
		{"envoy-gateway", []string{"--gateway", "shop", "--namespace", "shop", "--image", image, "--server", "gwrd.gwrd.svc.cluster.local:8401"}, []string{
			"overlays/gwrd/envoypatchpolicy-ecds.yaml", "overlays/gwrd/envoyproxy-ecds.yaml",
		}},
		{"envoy-gateway", []string{"--gateway", "shop", "--namespace", "shop", "--adapter", "module@1.39"}, []string{
			"overlays/module/envoyextensionpolicy.yaml", "overlays/module/envoyproxy.yaml", "overlays/module/envoypatchpolicy.yaml",
		}},
	} {
		folder := filepath.Join("../../deploy", tc.platform)
		out := filepath.Join(t.TempDir(), "out")
		var messages bytes.Buffer
		args := slices.Concat([]string{"emit", tc.platform, filepath.Join(folder, "gwr.yaml"), "--out", out}, tc.flags)
		if code := Run(t.Context(), args, nil, &bytes.Buffer{}, &messages); code != commandline.ExitFine {
			t.Fatalf("gwr %s: exit code %d\n%s", strings.Join(args, " "), code, &messages)
		}
		for _, file := range tc.files {
			made, err := os.ReadFile(filepath.Join(out, filepath.Base(file)))
			if err != nil {
				t.Fatal(err)
			}
			golden.File(t, filepath.Join(folder, file), string(made))
		}
	}
}

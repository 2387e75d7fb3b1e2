// SPDX-License-Identifier: Apache-2.0

package emitted

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

// nowhere is a port that nobody listens on.
var nowhere = envoy.Endpoint{Host: "127.0.0.1", Port: 1}

// options are those of an Envoy that listens on any port.
func options(document string) envoy.Options {
	return envoy.Options{
		Plugin: emit.Plugin{Name: "gateway_responses", RootID: "gateway", Document: []byte(document)},
		Wasm:   envoytest.PluginPath, Upstream: nowhere, Prefix: "/api/",
	}
}

// whole is the whole configuration that is emitted.
func whole(t *testing.T, o envoy.Options) []byte {
	t.Helper()
	files, err := envoy.Files(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name == envoy.WholeFile {
			return f.Text
		}
	}
	t.Fatalf("%s is not among the files", envoy.WholeFile)
	return nil
}

// validate asks Envoy whether it takes a configuration.
func validate(t *testing.T, config []byte) (log string, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "envoy.yaml")
	if err := os.WriteFile(path, config, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), envoytest.EnvoyPath, "--mode", "validate", "-c", path).CombinedOutput()
	return string(out), err
}

// validateSamples holds that Envoy takes what is emitted for each sample with some options.
func validateSamples(t *testing.T, options func(t *testing.T, document string) envoy.Options) {
	t.Helper()
	samples, err := filepath.Glob("../../config/*.json")
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range samples {
		t.Run(filepath.Base(path), func(t *testing.T) {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if log, err := validate(t, whole(t, options(t, string(text)))); err != nil {
				t.Errorf("%v\n%s", err, log)
			}
		})
	}
}

// TestValidate: Envoy takes what is emitted for each sample, and with --refuse-invalid no document that the filter cannot run.
func TestValidate(t *testing.T) {
	validateSamples(t, func(_ *testing.T, document string) envoy.Options {
		o := options(document)
		o.RefuseInvalid = true
		return o
	})
	t.Run("a bad document", func(t *testing.T) {
		o := options(`{"mode": "on"}`)
		o.RefuseInvalid = true
		if log, err := validate(t, whole(t, o)); err == nil || !strings.Contains(log, `mode (line 2, column 11): "on"`) {
			t.Errorf("want a refusal with the finding, got %v\n%s", err, log)
		}
	})
}

// TestReplies: an Envoy with the whole configuration answers as the document says, at once, also while the server that should
// deliver the document is down.
func TestReplies(t *testing.T) {
	const document = `{"stageVariables": {"by": "gwr \u2028 \ud83d\ude00"}, "gatewayResponses": {
		"RESOURCE_NOT_FOUND": {"responseTemplates": {"text/plain": "nothing here, says $stageVariables.by"}},
		"INTEGRATION_FAILURE": {"statusCode": 504}}}`
	discovered := options(document)
	discovered.Server = &envoy.Server{Endpoint: nowhere}
	for name, o := range map[string]envoy.Options{"inline": options(document), "server down": discovered} {
		t.Run(name, func(t *testing.T) {
			p := envoytest.StartConfig(t, whole(t, o))
			for path, want := range map[string]struct {
				status int
				body   string
			}{
				"/":      {404, "nothing here, says gwr \u2028 😀"},
				"/api/x": {504, `{"message":"Network error communicating with endpoint"}`},
			} {
				got := envoytest.Clients[0].Send(t, "http://"+p.Address(t, "gateway"), envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: path})
				if got.Status != want.status || string(got.Body) != want.body {
					t.Errorf("%s: %d %q, want %d %q", path, got.Status, got.Body, want.status, want.body)
				}
			}
		})
	}
}

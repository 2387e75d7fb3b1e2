// SPDX-License-Identifier: Apache-2.0

package checkout

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/source"
)

// said is what settings are in tests.
type said struct {
	Description string `json:"description,omitempty"`
	Plugin      struct {
		Version     string            `json:"version,omitempty"`
		Environment map[string]string `json:"environment,omitempty"`
	} `json:"plugin,omitzero"`
	Rollout *struct {
		AfterSeconds int `json:"afterSeconds"`
	} `json:"rollout,omitempty"`
}

// FuzzRead holds that files are a gateway that works, or have errors that say in which file.
func FuzzRead(f *testing.F) {
	f.Add("edge", "description: x\nplugin: {version: 0.2.0, environment: {A: b}}\nrollout: {first: {nodes: [a]}, afterSeconds: 1}", "mode: observe")
	f.Add("edge", `{"plugin":{"version":"0.1.0"}}`, `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"a/b":{"file":"../x"}}}}}`)
	f.Add("..x", "a: &a [*a]", "{")
	f.Add("edge", "rollout: {afterSeconds: 99999999999999999999}", "\xff")
	f.Fuzz(func(t *testing.T, name, settings, base string) {
		if name == "" || strings.ContainsAny(name, "/\x00") || name == "." || name == ".." || len(name) > 100 {
			return
		}
		folder := filepath.Join(t.TempDir(), name)
		for path, text := range map[string]string{"gateway.yaml": settings, "base.yaml": base} {
			if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, path), []byte(text), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		root, err := os.OpenRoot(filepath.Dir(folder))
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		got := readGateway[said](root, name)
		for _, finding := range got.Found {
			if !strings.HasPrefix(finding.File, folder) || finding.Message == "" {
				t.Errorf("a finding that says nothing: %+v", finding)
			}
		}
		if got.Found.HasErrors() || got.Base == "" {
			return
		}
		document, _ := source.Read("base.json", []byte(got.Base))
		if program, found := check.Load(document); program == nil {
			t.Errorf("%s: %v", got.Base, found)
		}
	})
}

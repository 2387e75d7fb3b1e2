// SPDX-License-Identifier: Apache-2.0

package checkout

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestLinks holds that nothing outside of the folder of all gateways is read, and shown in what is found, and that no pipe is waited for.
func TestLinks(t *testing.T) {
	outside, folder := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "base.json")
	err := os.WriteFile(secret, []byte(`"gwr_SECRET"`), 0o600)
	for _, name := range []string{"inside", "stolen", "settings", "pipe", "data"} {
		err = errors.Join(err, os.Mkdir(filepath.Join(folder, name), 0o700))
	}
	at := func(name string) string { return filepath.Join(folder, name) }
	relative, relErr := filepath.Rel(at("settings"), secret)
	if err := errors.Join(
		err, relErr,
		os.WriteFile(at("data/base.json"), []byte(`{"mode":"observe"}`), 0o600),
		os.Symlink("../data/base.json", at("inside/base.json")),
		os.Symlink(secret, at("stolen/base.json")),
		os.Symlink(relative, at("settings/gateway.json")),
		os.Symlink(outside, at("whole")),
		syscall.Mkfifo(at("pipe/base.json"), 0o600),
	); err != nil {
		t.Fatal(err)
	}
	all, err := Read[said](folder)
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]bool{"data": true, "inside": true}
	for _, g := range all {
		if g.Found.HasErrors() == good[g.Name] || good[g.Name] && g.Base != `{"mode":"observe"}` {
			t.Errorf("%s: base %q, found %v", g.Name, g.Base, g.Found)
		}
		for _, f := range g.Found {
			if strings.Contains(f.Message, "SECRET") {
				t.Errorf("%s shows what is outside: %s", g.Name, f.Message)
			}
		}
	}
	if len(all) != 6 {
		t.Errorf("%d gateways, want 6", len(all))
	}
}

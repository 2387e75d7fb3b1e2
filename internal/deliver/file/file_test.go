// SPDX-License-Identifier: Apache-2.0

package file

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/encoding/protojson"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/waittest"
)

// start runs a writer until the test ends.
func start(t *testing.T, folder string, given ...deliver.Fleet) (*Writer, *delivertest.Source) {
	t.Helper()
	source := delivertest.NewSource(given...)
	w := New(source, folder, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- w.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return w, source
}

// version is that of the resource in a file, "" without one.
func version(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	var response discovery.DiscoveryResponse
	if err := protojson.Unmarshal(text, &response); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var resource core.TypedExtensionConfig
	if err := response.GetResources()[0].UnmarshalTo(&resource); err != nil {
		t.Fatal(err)
	}
	if want := "gateway-responses/" + strings.TrimSuffix(filepath.Base(path), ".json"); resource.GetName() != want {
		t.Errorf("the resource of %s is %q", path, resource.GetName())
	}
	return response.GetVersionInfo()
}

// TestFiles: each gateway has a file, which is replaced when its document changes, and only then.
func TestFiles(t *testing.T) {
	w, source := start(t, t.TempDir(), delivertest.Gateway("default", 1), delivertest.Gateway("shop", 5))
	waittest.Until(t, "the files are written", func() bool { return w.Ready() == nil })
	shop, err := os.Stat(w.Path("shop"))
	if err != nil {
		t.Fatal(err)
	}
	if shop.Mode().Perm() != 0o644 {
		t.Errorf("the file has mode %s", shop.Mode())
	}
	source.Set(delivertest.Gateway("default", 2), delivertest.Gateway("shop", 5))
	waittest.Until(t, "revision 2 is there", func() bool { return strings.HasPrefix(version(t, w.Path("default")), "2-") })
	if now, err := os.Stat(w.Path("shop")); err != nil || !os.SameFile(shop, now) {
		t.Errorf("the file of shop was replaced by the same, or %v", err)
	}
	source.Remove("shop")
	source.Set(delivertest.Gateway("default", 3))
	waittest.Until(t, "revision 3 is there", func() bool { return strings.HasPrefix(version(t, w.Path("default")), "3-") })
	if got := version(t, w.Path("shop")); !strings.HasPrefix(got, "5-") {
		t.Errorf("shop has version %q, want the last one", got)
	}
	left, err := os.ReadDir(filepath.Dir(w.Path("shop")))
	if err != nil || len(left) != 2 {
		t.Errorf("the folder holds %v, %v", left, err)
	}
}

// TestFailure: one file that cannot be written keeps no other from being so, is said, and is written when that works again.
func TestFailure(t *testing.T) {
	folder := t.TempDir()
	blocked := filepath.Join(folder, "default.json")
	if err := os.Mkdir(blocked, 0o700); err != nil {
		t.Fatal(err)
	}
	w, _ := start(t, folder, delivertest.Gateway("default", 1), delivertest.Gateway("shop", 5), delivertest.Gateway("../out", 1))
	waittest.Until(t, "shop is written", func() bool { return version(t, w.Path("shop")) != "" })
	waittest.Until(t, "the failures are said", func() bool {
		err := fmt.Sprint(w.Ready())
		return strings.Contains(err, "gateway default: ") && strings.Contains(err, `"../out" cannot be the name of a file`)
	})
	if err := os.Remove(blocked); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "default is written after all", func() bool { return version(t, w.Path("default")) != "" })
}

// TestNoFolder: a folder that comes later is written to then, and nothing is left beside files that could not be put in place.
func TestNoFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "later")
	w, _ := start(t, folder, delivertest.Gateway("default", 1))
	waittest.Until(t, "the failure is said", func() bool { return w.Ready() != nil && strings.Contains(w.Ready().Error(), "later") })
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the file is written", func() bool { return w.Ready() == nil })
}

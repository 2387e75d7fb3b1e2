// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"istio.io/istio/pkg/wasm"

	"gatewayresponses/e2e/envoytest"
)

// fetcher is what Istio's agent fetches filters with.
func fetcher(t *testing.T) *wasm.LocalFileCache {
	t.Helper()
	cache := wasm.NewLocalFileCache(t.TempDir(), wasm.Options{HTTPRequestTimeout: 5 * time.Second, HTTPRequestMaxRetries: 1})
	t.Cleanup(cache.Cleanup)
	return cache
}

// TestFetch holds that Istio's agent pulls our image, gets the very filter, and holds it to the digest of the manifest.
func TestFetch(t *testing.T) {
	img := publish(t)
	index := publishIndex(t, img)
	tag, _, _ := strings.Cut(img.url, ":1.0.0")
	for _, tc := range []struct{ name, url, digest, wrong string }{
		{"by tag", img.url, "", ""},
		{"by tag, held to the digest", img.url, img.digest, ""},
		{"by digest", tag + "@sha256:" + img.digest, "", ""},
		{"another digest", img.url, strings.Repeat("0", 64), "has checksum " + img.digest + ", which does not match: " + strings.Repeat("0", 64)},
		{"no such tag", tag + ":9.9.9", "", "MANIFEST_UNKNOWN"},
		{"an index, held to the digest of its image", index.url, img.digest, ""},
		{"an index, held to its own digest", index.url, index.digest, "has checksum " + img.digest + ", which does not match: " + index.digest},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path, err := fetcher(t).Get(tc.url, wasm.GetOptions{Checksum: tc.digest, RequestTimeout: 20 * time.Second})
			if tc.wrong != "" {
				if err == nil || !strings.Contains(err.Error(), tc.wrong) {
					t.Errorf("%v, want %q", err, tc.wrong)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sameFile(t, path, envoytest.PluginPath)
		})
	}
}

// sameFile holds that two files are the same.
func sameFile(t *testing.T, got, want string) {
	t.Helper()
	a, err := os.ReadFile(got)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(want)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Errorf("%s has %d bytes that are not those of %s", got, len(a), want)
	}
}

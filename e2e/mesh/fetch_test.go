// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"istio.io/istio/pkg/util/sets"
	"istio.io/istio/pkg/wasm"

	"gatewayresponses/e2e/deploytest"
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
	img := deploytest.Publish(t)
	index := publishIndex(t, img)
	tag, _, _ := strings.Cut(img.URL(), ":1.0.0")
	for _, tc := range []struct{ name, url, digest, wrong string }{
		{"by tag", img.URL(), "", ""},
		{"by tag, held to the digest", img.URL(), img.Digest, ""},
		{"by digest", tag + "@sha256:" + img.Digest, "", ""},
		{"another digest", img.URL(), strings.Repeat("0", 64), "has checksum " + img.Digest + ", which does not match: " + strings.Repeat("0", 64)},
		{"no such tag", tag + ":9.9.9", "", "MANIFEST_UNKNOWN"},
		{"an index, held to the digest of its image", index.URL(), img.Digest, ""},
		{"an index, held to its own digest", index.URL(), index.Digest, "has checksum " + img.Digest + ", which does not match: " + index.Digest},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkFetched(t, fetcher(t), tc.url, wasm.GetOptions{Checksum: tc.digest, RequestTimeout: 20 * time.Second}, tc.wrong)
		})
	}
}

// TestFetchFile holds that the agent fetches plugin.wasm from a web server, holds it to the digest of the file, and takes no
// certificate of an authority that it does not know.
func TestFetchFile(t *testing.T) {
	text, err := os.ReadFile(envoytest.PluginPath)
	if err != nil {
		t.Fatal(err)
	}
	digest := fmt.Sprintf("%x", sha256.Sum256(text))
	files := http.FileServer(http.Dir(deploytest.Dist()))
	plain, secure := httptest.NewServer(files), httptest.NewTLSServer(files)
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	trusting := wasm.NewLocalFileCache(t.TempDir(), wasm.Options{
		HTTPRequestTimeout: 5 * time.Second, HTTPRequestMaxRetries: 1, InsecureRegistries: sets.New(strings.TrimPrefix(secure.URL, "https://")),
	})
	t.Cleanup(trusting.Cleanup)
	for _, tc := range []struct {
		name, server, digest, wrong string
		agent                       *wasm.LocalFileCache
	}{
		{"http", plain.URL, digest, "", fetcher(t)},
		{"http, another digest", plain.URL, strings.Repeat("0", 64), "has checksum " + digest, fetcher(t)},
		{"https of an authority that nobody knows", secure.URL, digest, "certificate signed by unknown authority", fetcher(t)},
		{"https, taken as it is", secure.URL, digest, "", trusting},
	} {
		t.Run(tc.name, func(t *testing.T) {
			checkFetched(t, tc.agent, tc.server+"/plugin.wasm", wasm.GetOptions{Checksum: tc.digest, RequestTimeout: 20 * time.Second}, tc.wrong)
		})
	}
}

// TestFetchSecret pulls the image from a registry that asks who comes, with an imagePullSecret as istiod hands it to the agent. The
// agent goes to no registry whose realm is not the URL of a public host.
func TestFetchSecret(t *testing.T) {
	const public = "https://registry.example.com"
	for _, tc := range []struct{ name, realm, password, wrong string }{
		{"the right secret", public, "secret", ""},
		{"another password", public, "guess", "401 Unauthorized"},
		{"none", public, "", "401 Unauthorized"},
		{"a realm in words", "registry", "secret", `rejected unsafe bearer realm: realm scheme "" not allowed`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			host := guardedRegistry(t, tc.realm)
			img := deploytest.PublishTo(t, host)
			options := wasm.GetOptions{Checksum: img.Digest, RequestTimeout: 20 * time.Second}
			if tc.password != "" {
				auth := base64.StdEncoding.EncodeToString([]byte("mesh:" + tc.password))
				options.PullSecret = fmt.Appendf(nil, `{"auths": {%q: {"auth": %q}}}`, host, auth)
			}
			checkFetched(t, fetcher(t), img.URL(), options, tc.wrong)
		})
	}
}

// guardedRegistry starts a registry that takes images of everybody, and gives them to "mesh" with the password "secret".
func guardedRegistry(t *testing.T, realm string) (host string) {
	t.Helper()
	open := deploytest.Registry()
	var pushed atomic.Bool
	return deploytest.Serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, password, _ := r.BasicAuth()
		if pushed.Load() && (name != "mesh" || password != "secret") {
			w.Header().Set("WWW-Authenticate", `Basic realm="`+realm+`"`)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		open.ServeHTTP(w, r)
		if r.Method == http.MethodPut && strings.Contains(r.URL.Path, "/manifests/") {
			pushed.Store(true)
		}
	}))
}

// checkFetched holds that an agent fetches the very filter, or what it says when it does not.
func checkFetched(t *testing.T, agent *wasm.LocalFileCache, url string, options wasm.GetOptions, wrong string) {
	t.Helper()
	path, err := agent.Get(url, options)
	if wrong != "" {
		if err == nil || !strings.Contains(err.Error(), wrong) {
			t.Errorf("%v, want %q", err, wrong)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	sameFile(t, path, envoytest.PluginPath)
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

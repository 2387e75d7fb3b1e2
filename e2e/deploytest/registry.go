// SPDX-License-Identifier: Apache-2.0

package deploytest

import (
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/remote"
)

// Image is an image in a registry that runs here.
type Image struct {
	// Reference is HOST/NAME:TAG.
	Reference string
	// Digest is that of the manifest, in hexadecimal.
	Digest string
}

// URL is the reference as Istio and Envoy Gateway want it.
func (i Image) URL() string { return "oci://" + i.Reference }

// Flags are those of gwr emit for the image and its digest.
func (i Image) Flags() []string { return []string{"--image", i.URL(), "--sha256", i.Digest} }

// Registry is a registry as an HTTP handler, and empty.
func Registry() http.Handler { return registry.New(registry.Logger(log.New(io.Discard, "", 0))) }

// Serve serves a registry until the test ends, and returns its HOST:PORT.
func Serve(t *testing.T, handler http.Handler) (host string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

// Publish pushes the image of make image to a new registry.
func Publish(t *testing.T) Image {
	t.Helper()
	return PublishTo(t, Serve(t, Registry()))
}

// PublishTo pushes the image of make image to the registry at HOST:PORT.
func PublishTo(t *testing.T, host string) Image {
	t.Helper()
	path, err := layout.FromPath(filepath.Join(Dist(), "image"))
	if err != nil {
		t.Fatalf("%v; run make image", err)
	}
	digest, err := os.ReadFile(filepath.Join(Dist(), "image.digest"))
	if err != nil {
		t.Fatal(err)
	}
	hash, err := v1.NewHash(strings.TrimSpace(string(digest)))
	if err != nil {
		t.Fatal(err)
	}
	img, err := path.Image(hash)
	if err != nil {
		t.Fatal(err)
	}
	to := Image{Reference: host + "/gateway-responses:1.0.0", Digest: hash.Hex}
	if err := remote.Write(to.Parse(t), img); err != nil {
		t.Fatal(err)
	}
	return to
}

// Parse reads the reference.
func (i Image) Parse(t *testing.T) name.Reference {
	t.Helper()
	ref, err := name.ParseReference(i.Reference)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

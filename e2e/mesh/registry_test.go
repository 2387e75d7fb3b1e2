// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-containerregistry/pkg/name"
	"github.com/google/go-containerregistry/pkg/registry"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"gatewayresponses/e2e/envoytest"
)

// image is an image in a registry that runs here.
type image struct {
	// reference is HOST/NAME:TAG, url the same for Istio.
	reference, url string
	// digest is that of the manifest, in hexadecimal.
	digest string
}

// dist is the folder of what make image has made.
func dist() string { return filepath.Dir(envoytest.PluginPath) }

// publish pushes the image of make image to a new registry.
func publish(t *testing.T) image {
	t.Helper()
	return publishTo(t, newRegistry(t))
}

// publishTo pushes the image of make image to the registry at HOST:PORT.
func publishTo(t *testing.T, host string) image {
	t.Helper()
	path, err := layout.FromPath(filepath.Join(dist(), "image"))
	if err != nil {
		t.Fatalf("%v; run make image", err)
	}
	digest, err := os.ReadFile(filepath.Join(dist(), "image.digest"))
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
	to := image{reference: host + "/gateway-responses:1.0.0", digest: hash.Hex}
	to.url = "oci://" + to.reference
	if err := remote.Write(parse(t, to.reference), img); err != nil {
		t.Fatal(err)
	}
	return to
}

// publishIndex pushes the same image as the one of an index.
func publishIndex(t *testing.T, of image) image {
	t.Helper()
	img, err := remote.Image(parse(t, of.reference))
	if err != nil {
		t.Fatal(err)
	}
	index := mutate.AppendManifests(empty.Index, mutate.IndexAddendum{
		Add:        img,
		Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: "amd64"}},
	})
	to := image{reference: of.reference + "-index"}
	to.url = "oci://" + to.reference
	if err := remote.WriteIndex(parse(t, to.reference), index); err != nil {
		t.Fatal(err)
	}
	hash, err := index.Digest()
	if err != nil {
		t.Fatal(err)
	}
	to.digest = hash.Hex
	return to
}

// newRegistry starts a registry and returns its HOST:PORT.
func newRegistry(t *testing.T) string {
	t.Helper()
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://")
}

// parse reads the reference of an image.
func parse(t *testing.T, reference string) name.Reference {
	t.Helper()
	ref, err := name.ParseReference(reference)
	if err != nil {
		t.Fatal(err)
	}
	return ref
}

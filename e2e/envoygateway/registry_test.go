// SPDX-License-Identifier: Apache-2.0

package envoygateway

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
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"gatewayresponses/e2e/envoytest"
)

// image is an image in a registry that runs here.
type image struct {
	url string
	// digest is that of the manifest, in hexadecimal.
	digest string
}

// flags are those of gwr emit envoy-gateway for the image.
func (i image) flags() []string { return []string{"--image", i.url, "--sha256", i.digest} }

// dist is the folder of what make image has made.
func dist() string { return filepath.Dir(envoytest.PluginPath) }

// publish pushes the image of make image to a new registry.
func publish(t *testing.T) image {
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
	server := httptest.NewServer(registry.New(registry.Logger(log.New(io.Discard, "", 0))))
	t.Cleanup(server.Close)
	reference := strings.TrimPrefix(server.URL, "http://") + "/gateway-responses:1.0.0"
	parsed, err := name.ParseReference(reference)
	if err != nil {
		t.Fatal(err)
	}
	if err := remote.Write(parsed, img); err != nil {
		t.Fatal(err)
	}
	return image{url: "oci://" + reference, digest: hash.Hex}
}

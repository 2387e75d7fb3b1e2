// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"time"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/tarball"
	"github.com/google/go-containerregistry/pkg/v1/types"

	"gatewayresponses/internal/version"
)

// annotations are those of the manifest. The variant is that of the specification of Wasm images, spec/spec-compat.md in
// solo-io/wasm.
var annotations = map[string]string{
	"module.wasm.image/variant":            "compat",
	"org.opencontainers.image.title":       "gateway-responses",
	"org.opencontainers.image.description": "gateway responses for Envoy: a filter that rewrites the error replies of a gateway",
	"org.opencontainers.image.version":     version.Number,
	"org.opencontainers.image.licenses":    "Apache-2.0",
}

// pack makes the image of a filter: the compat variant of Wasm images, one manifest with one layer that holds one file. An index
// is not made: the fetchers would choose a manifest of it by platform, and hold that one to the digest.
func pack(wasm []byte) (v1.Image, error) {
	archive, err := archive(wasm)
	if err != nil {
		return nil, err
	}
	open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(archive)), nil }
	layer, err := tarball.LayerFromOpener(open, tarball.WithMediaType(types.OCILayer), tarball.WithCompressionLevel(gzip.BestCompression))
	if err != nil {
		return nil, err
	}
	img := mutate.ConfigMediaType(mutate.MediaType(empty.Image, types.OCIManifestSchema1), types.OCIConfigJSON)
	img, err = mutate.ConfigFile(img, &v1.ConfigFile{
		// OCI asks for a platform; these are Go's words for what the filter is built for.
		OS: "wasip1", Architecture: "wasm",
		RootFS: v1.RootFS{Type: "layers", DiffIDs: []v1.Hash{}},
	})
	if err != nil {
		return nil, err
	}
	if img, err = mutate.AppendLayers(img, layer); err != nil {
		return nil, err
	}
	return mutate.Annotations(img, annotations).(v1.Image), nil
}

// archive is a tar that holds the filter, by the name that both fetchers look for in the last layer.
func archive(wasm []byte) ([]byte, error) {
	var text bytes.Buffer
	w := tar.NewWriter(&text)
	header := &tar.Header{Name: filterFile, Mode: 0o644, Size: int64(len(wasm)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
	if err := w.WriteHeader(header); err != nil {
		return nil, err
	}
	if _, err := w.Write(wasm); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// writeLayout writes an OCI image layout with one image, in the place of the layout that may be there.
func writeLayout(img v1.Image, folder string) (err error) {
	aside, err := os.MkdirTemp(filepath.Dir(folder), filepath.Base(folder)+"-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.RemoveAll(aside)
		}
	}()
	if err := os.Chmod(aside, 0o755); err != nil {
		return err
	}
	path, err := layout.Write(aside, empty.Index)
	if err != nil {
		return err
	}
	tag := layout.WithAnnotations(map[string]string{"org.opencontainers.image.ref.name": version.Number})
	if err := path.AppendImage(img, tag); err != nil {
		return err
	}
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return os.Rename(aside, folder)
}

// SPDX-License-Identifier: Apache-2.0

// Command image packs a filter for those who fetch it from a registry: Istio and Envoy Gateway.
//
//	image dist
//
// reads dist/plugin.wasm and writes beside it, each of them whole or not at all:
//
//	image/           an OCI image layout that holds one image
//	image.digest     the digest of the image's manifest, sha256:..., which is what Istio and Envoy Gateway hold an image to
//	plugin.cdx.json  the modules that the filter is built of, as CycloneDX
//	SHA256SUMS       the checksums of all of it and of the filter, for sha256sum -c
//
// The same filter gives the same bytes: nothing of it knows a time or a machine.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gatewayresponses/internal/version"
	"gatewayresponses/internal/wholefile"
)

// Names of what is read and written.
const (
	filterFile   = "plugin.wasm"
	layoutFolder = "image"
	digestFile   = "image.digest"
	bomFile      = "plugin.cdx.json"
	sumsFile     = "SHA256SUMS"
)

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "image:", err)
		os.Exit(1)
	}
}

// run packs the filter in the folder that the arguments name.
func run(out io.Writer, args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("%d arguments; want the folder with %s", len(args), filterFile)
	}
	folder := args[0]
	filter := filepath.Join(folder, filterFile)
	wasm, err := os.ReadFile(filter)
	if err != nil {
		return err
	}
	bom, err := billOfMaterials(wasm)
	if err != nil {
		return fmt.Errorf("%s: %w", filter, err)
	}
	img, err := pack(wasm)
	if err != nil {
		return err
	}
	digest, err := img.Digest()
	if err != nil {
		return err
	}
	if err := writeLayout(img, filepath.Join(folder, layoutFolder)); err != nil {
		return err
	}
	if err := wholefile.Replace(filepath.Join(folder, bomFile), 0o644, bom); err != nil {
		return err
	}
	if err := wholefile.Replace(filepath.Join(folder, digestFile), 0o644, []byte(digest.String()+"\n")); err != nil {
		return err
	}
	if err := writeSums(folder); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s: gateway-responses %s, %s\n", filepath.Join(folder, layoutFolder), version.Number, digest)
	return err
}

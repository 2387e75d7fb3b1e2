// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/layout"
	"github.com/google/go-containerregistry/pkg/v1/types"
)

// filter is the one that make build has made.
func filter(t *testing.T) []byte {
	t.Helper()
	wasm, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		t.Fatalf("%v; make build makes it", err)
	}
	return wasm
}

// folderWith is a new folder with a filter.
func folderWith(t *testing.T, wasm []byte) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, filterFile), wasm, 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// packed packs the filter in a new folder.
func packed(t *testing.T) string {
	t.Helper()
	folder := folderWith(t, filter(t))
	var out bytes.Buffer
	if err := run(&out, []string{folder}); err != nil {
		t.Fatal(err)
	}
	digest, err := os.ReadFile(filepath.Join(folder, digestFile))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(out.String(), " "+string(digest)) {
		t.Errorf("it says %q, the digest is %q", out.String(), digest)
	}
	return folder
}

// contents are the files of a folder.
func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		files[strings.TrimPrefix(path, folder+"/")] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestSameBytes: packed twice, and over what was packed before, it is the same.
func TestSameBytes(t *testing.T) {
	one, two := packed(t), packed(t)
	if err := os.WriteFile(filepath.Join(two, layoutFolder, "stale"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(io.Discard, []string{two}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(contents(t, one), contents(t, two)); diff != "" {
		t.Error(diff)
	}
}

// TestLayout: one manifest, one layer with one file, of the types that the fetchers ask for.
func TestLayout(t *testing.T) {
	folder := packed(t)
	path, err := layout.FromPath(filepath.Join(folder, layoutFolder))
	if err != nil {
		t.Fatal(err)
	}
	index, err := path.ImageIndex()
	if err != nil {
		t.Fatal(err)
	}
	list, err := index.IndexManifest()
	if err != nil {
		t.Fatal(err)
	}
	if len(list.Manifests) != 1 || list.Manifests[0].MediaType != types.OCIManifestSchema1 {
		t.Fatalf("manifests %v", list.Manifests)
	}
	digest := list.Manifests[0].Digest
	if text, _ := os.ReadFile(filepath.Join(folder, digestFile)); string(text) != digest.String()+"\n" {
		t.Errorf("%s has %q, the manifest is %s", digestFile, text, digest)
	}
	img, err := path.Image(digest)
	if err != nil {
		t.Fatal(err)
	}
	manifest, err := img.Manifest()
	if err != nil {
		t.Fatal(err)
	}
	if manifest.Annotations["module.wasm.image/variant"] != "compat" || manifest.MediaType != types.OCIManifestSchema1 {
		t.Errorf("manifest %+v", manifest)
	}
	layers, err := img.Layers()
	if err != nil || len(layers) != 1 {
		t.Fatalf("%d layers, %v", len(layers), err)
	}
	checkLayer(t, layers[0])
}

// checkLayer checks that a layer holds the filter and nothing else.
func checkLayer(t *testing.T, layer v1.Layer) {
	t.Helper()
	if kind, err := layer.MediaType(); kind != types.OCILayer || err != nil {
		t.Errorf("media type %s, %v", kind, err)
	}
	uncompressed, err := layer.Uncompressed()
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(uncompressed)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasSuffix(text, make([]byte, 1024)) {
		t.Error("the archive has no end: two blocks of zeroes")
	}
	archive := tar.NewReader(bytes.NewReader(text))
	header, err := archive.Next()
	if err != nil || header.Name != "plugin.wasm" {
		t.Fatalf("%+v, %v", header, err)
	}
	want := filter(t)
	if got, err := io.ReadAll(archive); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes of %d are in the layer, %v", len(got), len(want), err)
	}
	if _, err := archive.Next(); err != io.EOF {
		t.Errorf("there is more in the layer: %v", err)
	}
}

// TestSums: every file has its line, by its path from the folder.
func TestSums(t *testing.T) {
	files := contents(t, packed(t))
	lines := strings.Split(strings.TrimSpace(files[sumsFile]), "\n")
	delete(files, sumsFile)
	var want []string
	for name, text := range files {
		want = append(want, fmt.Sprintf("%x  %s", sha256.Sum256([]byte(text)), name))
	}
	slices.Sort(want)
	slices.Sort(lines)
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Error(diff)
	}
}

// TestBillOfMaterials: it has the modules that the go command says the filter is built of, and holds the filter's checksum.
func TestBillOfMaterials(t *testing.T) {
	wasm := filter(t)
	text, err := billOfMaterials(wasm)
	if err != nil {
		t.Fatal(err)
	}
	var b bill
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&b); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range b.Components {
		got = append(got, c.Name)
	}
	if diff := cmp.Diff(append(linkedModules(t), "std"), got); diff != "" {
		t.Errorf("modules (-go list, +bill):\n%s", diff)
	}
	sum := sha256.Sum256(wasm)
	if diff := cmp.Diff([]hash{{"SHA-256", hex.EncodeToString(sum[:])}}, b.Metadata.Component.Hashes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(len(b.Components), len(b.Dependencies[0].DependsOn)); diff != "" {
		t.Error(diff)
	}
}

// linkedModules are the other modules that packages of the filter come from, sorted.
func linkedModules(t *testing.T) []string {
	t.Helper()
	command := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}}{{end}}{{end}}", "../../plugin")
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0")
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := strings.Fields(string(out))
	slices.Sort(modules)
	return slices.Compact(modules)
}

// TestRefused: what is no filter, or is built of what has no known licence, is not packed, and nothing is written.
func TestRefused(t *testing.T) {
	probe := filepath.Join(t.TempDir(), "probe.wasm")
	command := exec.Command("go", "build", "-buildmode=c-shared", "-o", probe, "../wasmhost/internal/probe")
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	unlicensed, err := os.ReadFile(probe)
	if err != nil {
		t.Fatal(err)
	}
	older := bytes.ReplaceAll(filter(t), []byte(runtime.Version()), []byte(strings.Repeat("x", len(runtime.Version()))))
	for want, wasm := range map[string][]byte{
		"it holds no build information of Go; is it a filter that go build made?":                        []byte("\x00asm\x01\x00\x00\x00"),
		"the licence of module github.com/proxy-wasm/proxy-wasm-go-sdk is not known; add it to licenses": unlicensed,
		"it is not built by " + runtime.Version() + ", which runs now; build it anew":                    older,
	} {
		folder := folderWith(t, wasm)
		if err := run(io.Discard, []string{folder}); err == nil || !strings.HasSuffix(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
		if files := contents(t, folder); len(files) != 1 {
			t.Errorf("%q: %d files, want the filter alone", want, len(files))
		}
	}
}

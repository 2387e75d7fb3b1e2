// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/version"
)

// folder is that of the chart.
const folder = "../../deploy/helm/gateway-responses"

// packed packs the chart into a new folder, and gives the archive.
func packed(t *testing.T) []byte {
	t.Helper()
	to := t.TempDir()
	var out bytes.Buffer
	if err := run(&out, []string{folder, to}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(to, "gateway-responses-"+version.Number+".tgz")
	if out.String() != file+"\n" {
		t.Errorf("it says %q, want %s", out.String(), file)
	}
	archive, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return archive
}

// TestPack: the archive has the files of the chart, and the same bytes when it is packed again.
func TestPack(t *testing.T) {
	archive := packed(t)
	if !bytes.Equal(archive, packed(t)) {
		t.Error("packed twice, the bytes differ")
	}
	uncompressed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	reader := tar.NewReader(uncompressed)
	for {
		header, err := reader.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		got[header.Name] = string(text)
	}
	want := map[string]string{}
	err = fs.WalkDir(os.DirFS(folder), ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || file == ".helmignore" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(folder, file))
		want["gateway-responses/"+file] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestRefused: what is no chart, or leads elsewhere, is not packed, and nothing is written.
func TestRefused(t *testing.T) {
	for want, chart := range map[string]fstest.MapFS{
		"it is no chart": {"values.yaml": {}},
		"files/rules.yaml is no file of its own, and whoever unpacks the chart would not have what it leads to": {
			"Chart.yaml": {}, "files/rules.yaml": {Mode: fs.ModeSymlink},
		},
	} {
		if _, err := pack(chart); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
	to := t.TempDir()
	if err := run(io.Discard, []string{to, to}); err == nil {
		t.Error("an empty folder was packed")
	}
	if left, err := os.ReadDir(to); err != nil || len(left) > 0 {
		t.Errorf("%v, %v were written", left, err)
	}
}

// TestVersion holds that the chart has the version of the filter.
func TestVersion(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(folder, "Chart.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	for _, line := range []string{"name: " + name, "version: " + version.Number, "appVersion: " + version.Number} {
		if !slices.Contains(lines, line) {
			t.Errorf("Chart.yaml has no line %q", line)
		}
	}
}

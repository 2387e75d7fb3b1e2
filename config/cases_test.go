// SPDX-License-Identifier: Apache-2.0

package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/golden"
)

// TestBad decodes documents with a defect each, after which the files are named. "want" holds the findings.
func TestBad(t *testing.T) {
	runCases(t, "bad", func(t *testing.T, document []byte) string {
		_, findings := Decode(document)
		if len(findings) == 0 {
			t.Error("no finding")
		}
		for _, f := range findings {
			if f.Code == 0 {
				t.Errorf("no code: %s", f)
			}
		}
		return render(findings)
	})
}

// TestGood decodes documents without errors. "want" holds the document that was decoded, then the warnings.
func TestGood(t *testing.T) {
	runCases(t, "good", func(t *testing.T, document []byte) string {
		decoded, findings := Decode(document)
		if findings.HasErrors() {
			t.Errorf("errors:\n%s", findings)
		}
		return dump(decoded) + render(findings)
	})
}

// runCases gives document.json of every archive in testdata/folder to run, and compares its answer with "want".
func runCases(t *testing.T, folder string, run func(t *testing.T, document []byte) string) {
	for _, path := range caseFiles(t, folder) {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive := parseCase(t, path)
			got := run(t, archive.Files[0].Data)
			if *golden.Update {
				archive.Files[1].Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(string(archive.Files[1].Data), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", path, diff)
			}
		})
	}
}

// caseFiles lists the archives in testdata/folder.
func caseFiles(t testing.TB, folder string) []string {
	paths, err := filepath.Glob(filepath.Join("testdata", folder, "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases in testdata/%s: %v", folder, err)
	}
	return paths
}

// parseCase reads an archive of document.json and want.
func parseCase(t testing.TB, path string) *txtar.Archive {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) != 2 || archive.Files[0].Name != "document.json" || archive.Files[1].Name != "want" {
		t.Fatalf("%s has other files than document.json and want", path)
	}
	return archive
}

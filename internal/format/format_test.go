// SPDX-License-Identifier: Apache-2.0

package format

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/golden"
)

// TestForms formats the first file of each archive of testdata; the second one is its form.
func TestForms(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no testdata: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in, want := archive.Files[0], &archive.Files[1]
			got, found := Source(in.Name, in.Data)
			if got == nil {
				t.Fatal(found)
			}
			if *golden.Update {
				want.Data = got
				if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(want.Data), string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			again, found := Source(in.Name, got)
			if diff := cmp.Diff(string(got), string(again)); diff != "" {
				t.Errorf("formatted again it is different: %v\n%s", found, diff)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"a.yaml", "a: [", "a.yaml:1:5: not YAML: "},
		{"a.json", "{\"mode\": \"off\",}", "a.json:1:15: not JSON: "},
		{"a.yaml", "%YAML 1.2\n---\nmode:  off\n---\n", "a.yaml: this cannot be formatted: it has several documents, and a file of gwr has one; the file stays as it is"},
		{"a.yaml", "mode: off\n... # two\n", `a.yaml: this cannot be formatted: the comment "# two" would get lost; move it to a line of its own; the file stays as it is`},
	} {
		text, found := Source(tc.name, []byte(tc.text))
		if text != nil || len(found) != 1 {
			t.Errorf("%q became %q, found %v", tc.text, text, found)
			continue
		}
		if got := found[0].String() + ": " + found[0].Message; !strings.HasPrefix(got, tc.want) {
			t.Errorf("found %q, want %q", got, tc.want)
		}
	}
}

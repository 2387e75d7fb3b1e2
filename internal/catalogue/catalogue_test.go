// SPDX-License-Identifier: Apache-2.0

package catalogue

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/code"
)

// numbers are the constants of package code, name to number.
func numbers(t *testing.T) map[string]code.Code {
	t.Helper()
	paths, err := filepath.Glob("../code/*.go")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no files in internal/code: %v", err)
	}
	all := map[string]code.Code{}
	for _, path := range paths {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) == 0 { // a variable
				return true
			}
			for i, name := range spec.Names {
				number, err := strconv.Atoi(spec.Values[i].(*ast.BasicLit).Value)
				if err != nil {
					t.Errorf("%s is no number", name.Name)
				}
				all[name.Name] = code.Code(number)
			}
			return false
		})
	}
	return all
}

// TestEveryCodeIsExplained holds that the codes that there are, and those that are explained, are the same, each once.
func TestEveryCodeIsExplained(t *testing.T) {
	names := map[code.Code]string{}
	for name, number := range numbers(t) {
		if other, again := names[number]; again {
			t.Errorf("%s and %s are both %s", name, other, number)
		}
		names[number] = name
		if _, explained := Of(number); !explained {
			t.Errorf("%s (%s) is not explained", number, name)
		}
	}
	last := code.Code(0)
	for _, section := range Sections() {
		for _, e := range section.Entries {
			if names[e.Code] == "" {
				t.Errorf("%s is explained, and is no code", e.Code)
			}
			if e.Code <= last {
				t.Errorf("%s stands behind %s", e.Code, last)
			}
			last = e.Code
		}
	}
}

// TestEveryCodeIsTested holds that each code without an example, which is tested, is in a test or in the data of one, by its number or
// by its name.
func TestEveryCodeIsTested(t *testing.T) {
	var tests strings.Builder
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".cache" || d.Name() == "dist" || d.Name() == ".git" || d.Name() == "catalogue"):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, "_test.go") && !strings.Contains(path, "/testdata/"):
			return nil
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, number := range numbers(t) {
		if e, _ := Of(number); e.Example == "" && !strings.Contains(tests.String(), number.String()) && !strings.Contains(tests.String(), "code."+name) {
			t.Errorf("no test has %s (%s)", number, name)
		}
	}
}

// TestEntriesAreWhole holds that an entry says all that a reader needs, in sentences.
func TestEntriesAreWhole(t *testing.T) {
	for _, section := range Sections() {
		for _, e := range section.Entries {
			if e.Title == "" || strings.HasSuffix(e.Title, ".") {
				t.Errorf("%s has the title %q", e.Code, e.Title)
			}
			for _, text := range []string{e.Means, e.Fix} {
				if !strings.HasSuffix(text, ".") {
					t.Errorf("%s: %q is no sentence", e.Code, text)
				}
			}
		}
	}
}

func TestLink(t *testing.T) {
	if got, want := Link(code.UnknownKey), "docs/findings.md#gwr006"; got != want {
		t.Errorf("Link = %q, want %q", got, want)
	}
}

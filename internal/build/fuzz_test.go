// SPDX-License-Identifier: Apache-2.0

package build

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/growth"
	"gatewayresponses/internal/source"
)

// FuzzParseSetting holds that a setting is read or refused, and that one which has a place in an empty document gives its value
// back at the path that it names.
func FuzzParseSetting(f *testing.F) {
	for _, seed := range []string{
		"stageVariables.docs=https://docs.example.com", `a["b.c"].d=e=f`, "routes[0].mode=off", "routes[shop].inherit=false", "revision=42", `a["\u00e9"]=`, "a[=b", "..=", `a["]=`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, argument string) {
		setting, err := ParseSetting(argument)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "--set ") {
				t.Errorf("%q: %v", argument, err)
			}
			return
		}
		root, err := setting.apply(source.NewGiven("empty", "").Empty(0))
		if err != nil {
			return // it leads into a list
		}
		at := root
		for _, step := range setting.steps {
			if at = at.Find(step.name); at == nil {
				t.Fatalf("%q: there is no %q in it", argument, step.name)
			}
		}
		value := argument[setting.from:]
		if at.Kind == source.String && at.Text != value && !strings.HasPrefix(strings.TrimLeft(value, " \t\r\n"), `"`) {
			t.Errorf("%q gives %q", argument, at.Text)
		}
	})
}

// FuzzReadOwners holds that there are owners or errors, and that every file has an answer.
func FuzzReadOwners(f *testing.F) {
	f.Add("platform: {files: [a]}\nteams: {b: {files: [c], hosts: [d], routes: [e]}}", "routes: [{name: e, match: {hosts: [d]}}]")
	f.Add("teams: {b: {files: ['*'], hosts: ['*.d'], routes: ['*']}}", "routes: [{name: [], match: {hosts: {}}}, 1]\nmode: off")
	f.Add("teams: []", "[]")
	f.Fuzz(func(t *testing.T, text, part string) {
		document, _ := source.Read("owners.yaml", []byte(text))
		file, _ := source.Read("a.yaml", []byte(part))
		if document == nil || file == nil {
			return
		}
		owners, found := ReadOwners(".", document)
		if (owners == nil) != found.HasErrors() {
			t.Fatalf("owners %v, found %v", owners, found)
		}
		if owners != nil && file.Root() != nil {
			owners.Check(file)
		}
	})
}

// FuzzBuild holds that what is built loads and is built to itself, that an empty file changes nothing, and that the order of
// files with objects only does not matter.
func FuzzBuild(f *testing.F) {
	f.Add("mode: off\napi: {id: a}", "api: {stage: b}\nstageVariables: {c: d}")
	f.Add("gatewayResponses: {THROTTLED: {statusCode: 429}}", "gatewayResponses: {THROTTLED: {headers: {a: b}}, DEFAULT_4XX: {}}")
	f.Add("routes: [{name: a}]", `{"routes": [{"name": "b", "match": {"hosts": ["c"]}}]}`)
	f.Add("x-a: &a {b: c}\nstageVariables: *a", "x-a: d")
	f.Fuzz(func(t *testing.T, one, other string) {
		read := func(text string) *source.Document {
			document, _ := source.Read("stdin", []byte(text))
			return document
		}
		a, b := read(one), read(other)
		if a == nil || b == nil {
			return
		}
		built, found := Build([]*source.Document{a, b}, Options{})
		if (built == nil) != found.HasErrors() {
			t.Fatalf("built %v, found %v", built, found)
		}
		if built == nil {
			return
		}
		again, found := Build([]*source.Document{read(string(built.Text)), read("{}")}, Options{})
		if again == nil || again.Hash != built.Hash {
			t.Errorf("%s is built to %v, %v", built.Text, again, found)
		}
		if strings.Contains(one+other, "routes") || strings.Contains(one+other, "classification") {
			return
		}
		if swapped, found := Build([]*source.Document{read(other), read(one)}, Options{}); swapped == nil || swapped.Hash != built.Hash {
			t.Errorf("in the other order %q and %q give %v, %v", one, other, swapped, found)
		}
	})
}

// TestGrowth holds that the work of joining grows as the files do, few large ones or many small ones.
func TestGrowth(t *testing.T) {
	for _, tc := range []struct {
		name  string
		files func(size int) []string
	}{
		{"many routes", func(size int) []string {
			files := make([]string, size/40)
			for i := range files {
				files[i] = fmt.Sprintf(`{"routes": [{"name": "r%d"}]}`, i)
			}
			return files
		}},
		{"many variables", func(size int) []string {
			files := make([]string, size/40)
			for i := range files {
				files[i] = fmt.Sprintf(`{"stageVariables": {"v%d": "x"}}`, i)
			}
			return files
		}},
		{"many conflicts", func(size int) []string {
			var a, b strings.Builder
			for i := range size / 20 {
				fmt.Fprintf(&a, `,"v%d":"x"`, i)
				fmt.Fprintf(&b, `,"v%d":"y"`, i)
			}
			return []string{`{"stageVariables":{"a":"a"` + a.String() + "}}", `{"stageVariables":{"a":"a"` + b.String() + "}}"}
		}},
	} {
		growth.Check(t, tc.name, func(size int) func() {
			var files []*source.Document
			for i, text := range tc.files(size) {
				document, found := source.Read(fmt.Sprintf("f%d.json", i), []byte(text))
				if document == nil {
					t.Fatal(found)
				}
				files = append(files, document)
			}
			return func() { Build(files, Options{}) }
		})
	}
}

// TestLongKey holds that the paths of all that is below a long key do not hold all of the key.
func TestLongKey(t *testing.T) {
	var files []*source.Document
	for i, text := range []string{`{"x-` + strings.Repeat("k", 1<<18) + `":{"a":0` + strings.Repeat(`,"a":0`, 1<<15) + "}}", "{}"} {
		document, found := source.Read(fmt.Sprintf("f%d.json", i), []byte(text))
		if document == nil {
			t.Fatal(found)
		}
		files = append(files, document)
	}
	growth.Within(t, "a long key", 300*time.Millisecond, func() { Build(files, Options{}) })
}

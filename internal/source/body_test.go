// SPDX-License-Identifier: Apache-2.0

package source

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// folder writes files into a new folder, by their names with slashes.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestBodies(t *testing.T) {
	root := folder(t, map[string]string{"api/pages/a.html": "<p>\n\"$x\"</p>\n", "shared/b.json": "{}"})
	api := filepath.Join(root, "api")
	for _, tc := range []struct{ name, text, want string }{
		{
			"YAML", "gatewayResponses:\n  THROTTLED:\n    responseTemplates: {text/html: {file: pages/a.html}, text/plain: a}",
			`{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/html":"<p>\n\"$x\"</p>\n","text/plain":"a"}}}}`,
		},
		{
			"JSON", `{"responseTemplates": {"text/html": {"file": "pages/a.html"}, "b": 1}}`,
			`{"responseTemplates":{"text/html":"<p>\n\"$x\"</p>\n","b":1}}`,
		},
		{"JSON without any", `{"headers": {"a": {"file": "pages/a.html"}}}`, `{"headers": {"a": {"file": "pages/a.html"}}}`},
		{
			"a shared one", "a: &a {responseTemplates: {b: {file: ./pages/../pages/a.html}}}\nc: *a",
			`{"a":{"responseTemplates":{"b":"<p>\n\"$x\"</p>\n"}},"c":{"responseTemplates":{"b":"<p>\n\"$x\"</p>\n"}}}`,
		},
		{"elsewhere it is an object", "stageVariables: {a: {file: b}}", `{"stageVariables":{"a":{"file":"b"}}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			name := "api/a.yaml"
			if tc.text[0] == '{' {
				name = "api/a.json"
			}
			document, found := Files{Folder: api}.Read(name, []byte(tc.text))
			if len(found) > 0 {
				t.Fatal(found)
			}
			if diff := cmp.Diff(tc.want, string(document.Text)); diff != "" {
				t.Error(diff)
			}
		})
	}
	t.Run("below another root", func(t *testing.T) {
		document, found := Files{Folder: api, Root: root}.Read("api/a.yaml", []byte("responseTemplates: {a: {file: ../shared/b.json}}"))
		if document == nil || string(document.Text) != `{"responseTemplates":{"a":"{}"}}` {
			t.Errorf("read %v, found %v", document, found)
		}
	})
}

// TestFileNames names the document, then each file once.
func TestFileNames(t *testing.T) {
	root := folder(t, map[string]string{"a.html": "<p>", "b.html": "<p>"})
	for text, want := range map[string][]string{
		"responseTemplates: {a/b: {file: a.html}, c/d: {file: b.html}, e/f: {file: a.html}}": {"x/a.yaml", "x/a.html", "x/b.html"},
		"responseTemplates: {a/b: text}": {"x/a.yaml"},
	} {
		document, found := Files{Folder: root}.Read("x/a.yaml", []byte(text))
		if len(found) > 0 {
			t.Fatal(found)
		}
		if diff := cmp.Diff(want, document.Files()); diff != "" {
			t.Errorf("files of %s (-want +got):\n%s", text, diff)
		}
	}
}

// TestBodyPlace finds the "@" of a body in its file.
func TestBodyPlace(t *testing.T) {
	root := folder(t, map[string]string{"pages/a.html": "<p>\n\t\u00e9\"@</p>\n"})
	document, found := Files{Folder: root}.Read("x/a.yaml", []byte("responseTemplates: {b: {file: pages/a.html}}"))
	if document == nil {
		t.Fatal(found)
	}
	place := document.Place(1, strings.IndexByte(string(document.Text), '@')+1)
	if got := place.String(); got != "x/pages/a.html:2:5" {
		t.Errorf("place is %s", got)
	}
}

func TestBodyErrors(t *testing.T) {
	root := folder(t, map[string]string{
		"secret": "x", "api/folder/a": "", "api/latin1": "a\n\xff", "api/large": strings.Repeat("x", maxBody+1),
	})
	if err := os.Symlink("../secret", filepath.Join(root, "api", "link")); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, file, want string }{
		{"none", "nothing.html", `api/a.yaml:1:31: there is no file "api/nothing.html"`},
		{"outside", "../secret", `api/a.yaml:1:31: the file "../secret" is outside of the folder of the document; name one in it`},
		{"outside, through a folder", "folder/../../secret", `the file "folder/../../secret" is outside of the folder of the document`},
		{"outside, by a link", "link", `cannot read "api/link": path escapes from parent`},
		{"absolute", "/etc/passwd", `the file "/etc/passwd" has an absolute path`},
		{"a folder", "folder", `cannot read "api/folder": it is no regular file`},
		{"no name", "''", `"file" names a file, e.g. {file: pages/error.html}`},
		{"a list", "[a]", `"file" names a file, e.g. {file: pages/error.html}`},
		{"not UTF-8", "latin1", `api/latin1:2:1: the file is not UTF-8; save it as UTF-8`},
		{"too large", "large", `the file "api/large" has more than 1 MiB`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := Files{Folder: filepath.Join(root, "api")}.Read("api/a.yaml", []byte("responseTemplates: {a: {file: "+tc.file+"}}"))
			if document != nil || len(found) != 1 {
				t.Fatalf("found %v, want one finding and no document", found)
			}
			if got := found[0].String() + ": " + found[0].Message; !strings.Contains(got, tc.want) {
				t.Errorf("found %q, want %q", got, tc.want)
			}
		})
	}
}

// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

const document = `{"gatewayResponses": {
	"THROTTLED": {"statusCode": "429", "headers": {"Retry-After": "5", "x-two": "a"}, "responseTemplates": {
		"application/json": "{\"message\":$context.error.messageString,\"n\":1,\"big\":12345678901234567890}", "text/html": "<p>\nno\n</p>"}},
	"WAF_FILTERED": {}}}`

// memory reads files from a map.
func memory(files map[string]string) *Files {
	text := func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return []byte(text), nil
	}
	return &Files{Text: text, Document: func(path string) (*source.Document, finding.List, error) {
		read, err := text(path)
		if err != nil {
			return nil, nil, err
		}
		document, found := source.Read(path, read)
		return document, found, nil
	}}
}

// load loads a test file with the one test that has these keys.
func load(t *testing.T, test string) *Suite {
	t.Helper()
	suite, found, err := memory(map[string]string{
		"d/gwr.json": document, "d/a.test.yaml": "document: gwr.json\ntests:\n- name: a\n" + test,
	}).Load("d/a.test.yaml", nil)
	if err != nil || len(found) > 0 {
		t.Fatal(found, err)
	}
	return suite
}

func TestFailures(t *testing.T) {
	for _, tc := range []struct{ name, test, want string }{
		{"all is well", `  error: THROTTLED
  want: {status: 429, type: THROTTLED, entry: THROTTLED, headers: {retry-after: 5, x-two: [a], gone: null, content-type: {glob: "*json"},
    vary: {contains: cept}, x-request-id: {present: false}, content-length: {regexp: "[0-9]+"}},
    body: {json: {n: 1.0, big: 12345678901234567890, message: Too Many Requests}, paths: {n: 1, message: Too Many Requests}, lacks: x, contains: ["1", Many]}}`, ""},
		{"status", "  error: THROTTLED\n  want: {status: 430}", "5:18 status: got 429, want 430"},
		{
			"trace", "  error: THROTTLED\n  want: {type: A, entry: B, left: deliberate}",
			"5:16 type: got THROTTLED, want A / 5:26 entry: got THROTTLED, want B / 5:35 left: got none, want deliberate",
		},
		{"untouched", "  error: THROTTLED\n  want: {untouched: true}", "5:10 untouched: the entry THROTTLED replaces the reply"},
		{"left", "  error: ACCESS_DENIED\n  want: {status: 200, left: noEntry, untouched: true, body: \"RBAC: access denied\"}", "5:18 status: got 403, want 200"},
		{
			"headers", "  error: THROTTLED\n  want: {headers: {retry-after: 6, x-two: [a, b], vary: null, x-a: {present: true}, x-b: {contains: c}, x-c: {glob: d}, etag: {regexp: e}}}",
			`5:20 header retry-after: got "5", want "6" / 5:36 header x-two: got "a", want "a" and "b" / 5:51 header vary: got "Accept", want none / ` +
				`5:63 header x-a: got none, want one / 5:85 header x-b: got none, want one with "c" / 5:105 header x-c: got none, want one like "d" / ` +
				`5:121 header etag: got none, want one that matches "e"`,
		},
		{"short body", "  error: ACCESS_DENIED\n  want: {body: no}", `5:16 body: got "RBAC: access denied", want "no"`},
		{"no body", "  request: {method: HEAD}\n  error: ACCESS_DENIED\n  want: {body: no}", `6:16 body: got no body, want "no"`},
		{
			"long body", "  request: {headers: {accept: text/html}}\n  error: THROTTLED\n  want: {body: \"<p>\\nyes\\n</p>\"}",
			"6:16 body: the body is not the one that is wanted: --- want|+++ got|@@ -1,3 +1,3 @@| <p>|-yes|+no| </p>|",
		},
		{
			"JSON", "  error: THROTTLED\n  want: {body: {json: {n: 1, big: 12345678901234567891, message: Too Many Requests}}}",
			`5:23 body: the JSON is not the one that is wanted: --- want|+++ got|@@ -1,5 +1,5 @@| {|-  "big": 12345678901234567891,|+  "big": 12345678901234567890,|   "message": "Too Many Requests",|   "n": 1| }|`,
		},
		{
			"no JSON", "  error: ACCESS_DENIED\n  want: {body: {json: {}, lacks: a}}",
			`5:23 body: got "RBAC: access denied", which is not JSON: jsontext: invalid character 'R' at start of value / 5:34 body: got "RBAC: access denied", which is not JSON`,
		},
		{"paths", "  error: THROTTLED\n  want: {body: {paths: {n: 2, a.b: 1}, lacks: [n]}}", "5:25 body n: got 1, want 2 / 5:31 body a.b: got none, want 1 / 5:48 body n: got 1, want none"},
		{"contains", "  error: ACCESS_DENIED\n  want: {body: {contains: [RBAC, x]}}", `5:34 body: got "RBAC: access denied", want one with "x"`},
		{
			"nobody raises it", "  error: WAF_FILTERED\n  want: {status: 200}",
			"4:3 error: nothing in Envoy raises WAF_FILTERED; let a rule of classification name it, or its producer declare it (declared)",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			results, err := load(t, tc.test).Run(Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tc.want, failuresOf(results)); diff != "" {
				t.Errorf("failures (-want +got):\n%s", diff)
			}
		})
	}
}

// failuresOf are the failures of the results, as a line.
func failuresOf(results []Result) string {
	var all []string
	for _, result := range results {
		for _, f := range result.Failures {
			text := fmt.Sprintf("%d:%d %s: %s", f.Place.Line, f.Place.Column, f.What, f.Message)
			if f.Diff != "" {
				text += ": " + strings.ReplaceAll(f.Diff, "\n", "|")
			}
			all = append(all, text)
		}
	}
	return strings.Join(all, " / ")
}

// TestTook holds that a duration is at least 1 ms, and has a space before its unit.
func TestTook(t *testing.T) {
	for duration, want := range map[time.Duration]string{
		0: "1 ms", time.Millisecond: "1 ms", 2100 * time.Microsecond: "3 ms", 999 * time.Millisecond: "999 ms", 999100 * time.Microsecond: "1.0 s",
		1250 * time.Millisecond: "1.2 s", 90 * time.Second: "90.0 s",
	} {
		if got := took(duration); got != want {
			t.Errorf("took(%s) = %q, want %q", duration, got, want)
		}
	}
}

// TestBodyFiles holds that a file of a body is compared, and gathered when it shall be written.
func TestBodyFiles(t *testing.T) {
	suite := load(t, "  error: ACCESS_DENIED\n  want: {body: {file: golden/a.txt}}")
	suite.Folder = t.TempDir()
	path := filepath.Join(suite.Folder, "golden", "a.txt")
	run := func(update bool) Result {
		results, err := suite.Run(Options{Update: update})
		if err != nil {
			t.Fatal(err)
		}
		return results[0]
	}
	if got := failuresOf([]Result{run(false)}); !strings.Contains(got, "5:23 body: there is no file "+path+"; --update writes it") {
		t.Errorf("without the file: %s", got)
	}
	updated := run(true)
	if diff := cmp.Diff([]BodyFile{{path, []byte("RBAC: access denied\n")}}, updated.Bodies); diff != "" || updated.Failures != nil {
		t.Errorf("bodies to write (-want +got):\n%s%v", diff, updated.Failures)
	}
	if err := errors.Join(os.Mkdir(filepath.Dir(path), 0o700), os.WriteFile(path, updated.Bodies[0].Body, 0o600)); err != nil {
		t.Fatal(err)
	}
	if got := failuresOf([]Result{run(false)}); got != "" {
		t.Errorf("with the file that was written: %s", got)
	}
	if again := run(true); again.Bodies != nil {
		t.Errorf("a file that is right is written again: %v", again.Bodies)
	}
	if err := os.WriteFile(path, []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := failuresOf([]Result{run(false)}); !strings.Contains(got, "--- golden/a.txt|+++ got|@@ -1,1 +1,1 @@|-no|+RBAC: access denied|") {
		t.Errorf("with another file: %s", got)
	}
}

func TestLoad(t *testing.T) {
	const tests = "tests: [{name: a, error: THROTTLED, want: {status: 429}}]"
	files := memory(map[string]string{
		"gwr.json": document, "bad.json": `{"mode": "on"}`, "bad.test": "tests: 1",
		"a/none.test": tests, "a/lost.test": "document: lost\n" + tests, "a/bad.test": "document: ../bad.json\n" + tests,
		"a/two.test": "document: [../gwr.json, ../more.json]\n" + tests, "more.json": `{"gatewayResponses": {"DEFAULT_4XX": {}}}`,
		"other.json": `{"gatewayResponses": {"THROTTLED": {"statusCode": "430"}}}`,
	})
	for _, tc := range []struct{ name, path, document, want string }{
		{"named", "a/none.test", "gwr.json", "good"},
		{"in its place", "a/lost.test", "gwr.json", "good"},
		{"several files", "a/two.test", "", "good"},
		{"several that contradict each other", "a/none.test", "gwr.json other.json", "other.json:1:51: "},
		{"no document", "a/none.test", "", `a/none.test:1:1: the file names no document; add "document", or name one with --document`},
		{"lost document", "a/lost.test", "", "a/lost.test:1:11: open a/lost: file does not exist"},
		{"lost file", "lost.test", "", "open lost.test: file does not exist"},
		{"bad file", "bad.test", "", "bad.test:1:8: found the number 1; want an array"},
		{"bad document", "a/bad.test", "", `bad.json:1:10: "on" is not a mode; use "rewrite", "observe" or "off"`},
		{"bad document, told once", "a/bad.test", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			suite, found, err := files.Load(tc.path, strings.Fields(tc.document))
			got := ""
			switch {
			case suite != nil:
				got = "good"
			case err != nil:
				got = err.Error()
			case len(found) > 0:
				got = found[0].String() + ": " + found[0].Message
			}
			if strings.HasSuffix(tc.want, ": ") {
				got = got[:min(len(got), len(tc.want))]
			}
			if got != tc.want {
				t.Errorf("Load = %s, want %s", got, tc.want)
			}
		})
	}
}

func TestRunByName(t *testing.T) {
	suite := load(t, "  error: THROTTLED\n  want: {status: 429}\n- {name: b, error: THROTTLED, want: {status: 429}}")
	results, err := suite.Run(Options{Run: regexp.MustCompile("^b$")})
	if err != nil || len(results) != 1 || results[0].Test.Name.Value != "b" {
		t.Errorf("Run = %v, %v, want the test b", results, err)
	}
}

// BenchmarkRun is how long a test takes in the engine.
func BenchmarkRun(b *testing.B) {
	var text strings.Builder
	text.WriteString("document: gwr.json\ntests:\n")
	const count = 1000
	for i := range count {
		fmt.Fprintf(&text, "- {name: test %d, request: {path: /%d, headers: {accept: text/html}}, error: THROTTLED, want: {status: 429, headers: {retry-after: 5}, body: {contains: no}}}\n", i, i)
	}
	files := map[string]string{"gwr.json": document, "a.test.yaml": text.String()}
	for b.Loop() {
		suite, found, err := memory(files).Load("a.test.yaml", nil)
		if err != nil || len(found) > 0 {
			b.Fatal(found, err)
		}
		results, err := suite.Run(Options{})
		if err != nil || len(results) != count || failuresOf(results) != "" {
			b.Fatal(failuresOf(results), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/1000-tests")
}

// TestBodyFilesElsewhere holds that no link leads out of the folder of the test file, not even to write, and that nothing is waited for.
func TestBodyFilesElsewhere(t *testing.T) {
	suite := load(t, "  error: ACCESS_DENIED\n  want: {body: {file: golden/a.txt}}")
	elsewhere := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(elsewhere, []byte("no"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		make func(folder string) error
		want string
	}{
		"a link to a file": {func(folder string) error {
			return errors.Join(os.Mkdir(filepath.Join(folder, "golden"), 0o700), os.Symlink(elsewhere, filepath.Join(folder, "golden", "a.txt")))
		}, "path escapes from parent"},
		"a link to a folder": {func(folder string) error {
			return os.Symlink(filepath.Dir(elsewhere), filepath.Join(folder, "golden"))
		}, "path escapes from parent"},
		"a folder": {func(folder string) error { return os.MkdirAll(filepath.Join(folder, "golden", "a.txt"), 0o700) }, "it is no regular file"},
	} {
		suite.Folder = t.TempDir()
		if err := tc.make(suite.Folder); err != nil {
			t.Fatal(err)
		}
		for _, update := range []bool{false, true} {
			results, err := suite.Run(Options{Update: update})
			if err != nil {
				t.Fatal(err)
			}
			if got := failuresOf(results); !strings.Contains(got, "golden/a.txt cannot be read: ") || !strings.Contains(got, tc.want) || results[0].Bodies != nil {
				t.Errorf("%s, update %v: %d bodies are written, failures %s", name, update, len(results[0].Bodies), got)
			}
		}
	}
}

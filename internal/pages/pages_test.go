// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRun runs a page: files, cd, two commands in a block, a command of two lines, exit codes.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "page.md")
	text := "# A page\n\n```yaml a.yaml\nkey: 'value'\n```\n\n```console\n$ mkdir sub && cd sub\n$ cat ../a.yaml; echo why >&2\nold\n```\n\n" +
		"```yaml\nno: file\n```\n\n```yaml >> ../a.yaml\nmore\n```\n\n```console\n$ tail -n 1 ../a.yaml; echo a \\\n  b; (exit 3)\nmore\na b\n$ printf 'no line end'\nno line end\n```\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	page, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	results, err := Shell{Folder: folder}.Run(t.Context(), page.Steps)
	if err != nil {
		t.Fatal(err)
	}
	want := []Result{{}, {}, {Printed: []string{"key: 'value'", "why"}}, {}, {Printed: []string{"more", "a b"}, Code: 3}, {Printed: []string{"no line end"}}}
	if diff := cmp.Diff(want, results); diff != "" {
		t.Error(diff)
	}
	shown := make([][]string, len(page.Steps))
	if got := page.Replace(shown); got != text {
		t.Errorf("a page with nothing replaced is another one:\n%s", got)
	}
	shown[2] = results[2].Printed
	if got, want := page.Replace(shown), strings.Replace(text, "old\n", "key: 'value'\nwhy\n", 1); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestHold holds what is wrong with what a page shows, and what it should show.
func TestHold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "page.md")
	if err := os.WriteFile(path, []byte("```console\n$ date\nMonday\n$ ls\n$ false\n$ skipped\nkept\n```\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	page, err := Read(path)
	if err != nil {
		t.Fatal(err)
	}
	noDays := func(lines []string) []string {
		out := make([]string, len(lines))
		for i, line := range lines {
			out[i] = strings.NewReplacer("Monday", "DAY", "Tuesday", "DAY").Replace(line)
		}
		return out
	}
	wrong, anew := page.Hold(map[int]Result{0: {Printed: []string{"Tuesday"}}, 1: {Printed: []string{"file"}, Code: 1}, 2: {Code: 2}}, 1, noDays)
	if len(wrong) != 2 || !strings.Contains(wrong[0].Error(), "page.md:4: ls prints something else") || !strings.Contains(wrong[1].Error(), "page.md:5: false: exit code 2") {
		t.Errorf("wrong are %v", wrong)
	}
	if want := "```console\n$ date\nMonday\n$ ls\nfile\n$ false\n$ skipped\nkept\n```\n"; anew != want {
		t.Errorf("got\n%s\nwant\n%s", anew, want)
	}
}

// TestReadBad holds that a block which is no terminal is refused.
func TestReadBad(t *testing.T) {
	for _, text := range []string{"```console\nls\n```\n", "```console\n$ ls\n"} {
		path := filepath.Join(t.TempDir(), "page.md")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(path); err == nil {
			t.Errorf("no error for %q", text)
		}
	}
}

// TestRunEnds holds that a step which ends the shell is an error, and not one result less.
func TestRunEnds(t *testing.T) {
	if _, err := (Shell{Folder: t.TempDir()}).Run(t.Context(), []Step{{Command: "exit 0"}, {Command: "true"}}); err == nil {
		t.Error("no error behind exit")
	}
}

func TestCompare(t *testing.T) {
	for name, test := range map[string]struct {
		shown, printed string
		matches        bool
		// reshaped is what the page shows next, where that is something else.
		reshaped string
	}{
		"the same":                       {"a\nb", "a\nb", true, ""},
		"nothing":                        {"", "", true, ""},
		"another line":                   {"a\nb", "a\nc", false, "a\nc"},
		"nothing shown":                  {"", "a", false, "a"},
		"another duration":               {"2 tests in 1ms, fine", "2 tests in 1.5s, fine", true, ""},
		"a beginning":                    {"a\n...", "a\nb\nc", true, ""},
		"an end":                         {"...\nc", "a\nb\nc", true, ""},
		"both ends":                      {"a\n...\nd", "a\nb\nc\nd", true, ""},
		"both ends of too little":        {"a\n...\na", "a", false, "a"},
		"nothing is left out":            {"a\n...\nd", "a\nd", true, ""},
		"a middle":                       {"a\n...\nc\nd\n...", "a\nb\nc\nd\ne", true, ""},
		"a middle out of order":          {"...\nc\n...\nb\n...", "b\nc", false, "...\nc\n..."},
		"a changed beginning":            {"a\n...", "x\nb\nc", false, "x\n..."},
		"a changed middle":               {"a\n...\nc\nd\n...", "a\nb\nc\nx\ne", false, "a\n...\nc\nx\n..."},
		"an end that has moved":          {"a\n...\nd", "a\nb\ne", false, "a\n...\ne"},
		"a middle that has grown":        {"...\nb\nc\n...", "a\nb\nx\nc\nd", false, "...\nb\nx\nc\n..."},
		"a middle that has shrunk":       {"...\nb\nx\nc\n...", "a\nb\nc\nd", false, "...\nb\nc\n..."},
		"a middle that is not there":     {"a\n...\nc\n...\nd", "a\nb\nd", false, "a\n...\nd"},
		"a line more where none may be":  {"a\nb", "a\nb\nc", false, "a\nb\nc"},
		"an end that is the beginning's": {"a\nb\n...\nb\nc", "a\nb\nc", false, "a\nb\nc"},
	} {
		shown, printed := lines(test.shown), lines(test.printed)
		if got := Matches(shown, printed); got != test.matches {
			t.Errorf("%s: Matches is %v", name, got)
		}
		if test.matches {
			continue
		}
		got := Reshape(shown, printed)
		if diff := cmp.Diff(lines(test.reshaped), got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
		if !Matches(got, printed) {
			t.Errorf("%s: what Reshape makes does not match", name)
		}
	}
}

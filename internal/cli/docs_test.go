// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/pages"
)

// elsewhere are the commands of pages that TestPages does not run, by how they begin, and why. Those of gwr among them, and behind
// a pipe, are held against the flags that gwr has.
var elsewhere = []struct{ begins, why string }{
	{"make ", "builds, or starts Envoy; e2e runs what the README and the tutorial start"},
	{"gwr try ", "starts Envoy; e2e runs it"},
	{"aws ", "asks AWS"},
	{"helm ", "needs Helm; e2e/helm runs the page"},
	{"kubectl ", "asks a cluster"},
	{"gwr build platform.yaml teams/", "names files that the page does not show; the scripts of build do"},
	{"gwr build a.yaml --set", "names a file that the page does not show; the scripts of build do"},
	{"gwr compare https://", "asks two gateways; the scripts of compare do"},
	{"gwr doctor http://", "asks an Envoy; e2e/doctor does"},
	{"gwr test --wasm", "needs the filter that only make builds in; test.txtar runs it with --plugin"},
}

// withServer are the pages whose commands need the server and its clients; e2e/clients runs all of them.
var withServer = []string{"operate.md", "server.md"}

// TestPages runs the commands of the README and of the pages in docs, each page in a folder of its own that is like a clone, and
// holds what they print to what the page shows.
func TestPages(t *testing.T) {
	ran := 0
	excused := map[string]bool{}
	for _, path := range pageFiles(t) {
		if slices.Contains(withServer, filepath.Base(path)) {
			continue
		}
		page, err := pages.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		steps := toRun(page, excused)
		if len(steps) == 0 {
			continue
		}
		ran += len(steps)
		t.Run(filepath.Base(path), func(t *testing.T) { runPage(t, page, steps) })
	}
	if ran < 20 {
		t.Errorf("%d commands were run, want at least 20: are the pages still read?", ran)
	}
	for _, e := range elsewhere {
		if !excused[e.begins] {
			t.Errorf("no page has a command that begins with %q; it needs no reason any more", e.begins)
		}
	}
}

// runPage runs the steps of a page with these numbers.
func runPage(t *testing.T, page *pages.Page, steps []int) {
	var chosen []pages.Step
	for _, i := range steps {
		chosen = append(chosen, page.Steps[i])
	}
	folder := clone(t)
	shell := pages.Shell{Folder: folder, Environment: append(os.Environ(), "NO_COLOR=1", "HOME="+t.TempDir(),
		"GIT_AUTHOR_NAME=reader", "GIT_AUTHOR_EMAIL=reader@example.com", "GIT_COMMITTER_NAME=reader", "GIT_COMMITTER_EMAIL=reader@example.com")}
	results, err := shell.Run(t.Context(), chosen)
	if err != nil {
		t.Fatal(err)
	}
	byStep := map[int]pages.Result{}
	for n, i := range steps {
		byStep[i] = results[n]
	}
	wrong, anew := page.Hold(byStep, commandline.ExitFindings, func(lines []string) []string { return lines })
	if *golden.Update {
		if err := os.WriteFile(page.Path, []byte(anew), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	for _, err := range wrong {
		t.Errorf("%v\nmake generate writes what is printed now", err)
	}
}

// toRun are the numbers of the steps that are run here. What excuses the others is noted.
func toRun(page *pages.Page, excused map[string]bool) []int {
	var steps []int
	for i, step := range page.Steps {
		at := slices.IndexFunc(elsewhere, func(e struct{ begins, why string }) bool {
			return strings.HasPrefix(strings.TrimPrefix(step.Command, "dist/")+" ", e.begins)
		})
		if at < 0 {
			steps = append(steps, i)
			continue
		}
		excused[elsewhere[at].begins] = true
	}
	return steps
}

// clone is a folder with what a clone of the repository has after make build, as far as pages name it.
func clone(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"config", "docs/samples"} {
		if err := os.CopyFS(filepath.Join(folder, name), os.DirFS("../../"+name)); err != nil {
			t.Fatal(err)
		}
	}
	gwr, err := exec.LookPath("gwr")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(folder, "dist"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(gwr, filepath.Join(folder, "dist", "gwr")); err != nil {
		t.Fatal(err)
	}
	return folder
}

// pageFiles are the README and the pages in docs.
func pageFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../docs/*.md")
	if err != nil || len(files) < 5 {
		t.Fatalf("docs has %d pages, %v", len(files), err)
	}
	return append([]string{"../../README.md"}, files...)
}

// TestUsageInPages holds that every command of gwr that the pages name, in a block or in a sentence, is one of this gwr, with its
// flags, and every target of make one of the Makefile's.
func TestUsageInPages(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	quoted := regexp.MustCompile("`((?:dist/)?gwr [^`\n]*|make [a-z-]+[^`\n]*)`")
	named := 0
	for _, path := range append(pageFiles(t), "../../CONTRIBUTING.md") {
		page, err := pages.Read(path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, step := range page.Steps {
			all = append(all, step.Command)
		}
		for _, found := range quoted.FindAllSubmatch(text, -1) {
			all = append(all, string(found[1]))
		}
		for _, command := range all {
			for _, part := range regexp.MustCompile(`\||&&|;`).Split(command, -1) {
				words := strings.Fields(part)
				switch {
				case len(words) < 2:
				case strings.TrimPrefix(words[0], "dist/") == "gwr":
					named++
					if err := hasUsage(words[1:]); err != nil {
						t.Errorf("%s names %s: %v", path, command, err)
					}
				case words[0] == "make" && !bytes.Contains(makefile, []byte("\n"+words[1]+":")):
					t.Errorf("%s names %s, which the Makefile does not have", path, command)
				}
			}
		}
	}
	if named < 30 {
		t.Errorf("the pages name %d commands, want at least 30: are they still read?", named)
	}
}

// hasUsage says what gwr does not know of a command and its flags.
func hasUsage(words []string) error {
	root := newRoot(newApp(nil, nil, nil))
	root.InitDefaultCompletionCmd()
	root.InitDefaultVersionFlag()
	cmd, rest, err := root.Find(words)
	if err != nil {
		return err
	}
	cmd.InitDefaultHelpFlag()
	for _, word := range rest {
		name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
		switch {
		case strings.HasPrefix(word, "--") && cmd.Flags().Lookup(name) == nil,
			len(word) == 2 && word[0] == '-' && cmd.Flags().ShorthandLookup(name) == nil:
			return fmt.Errorf("%s has no flag %s", cmd.CommandPath(), word)
		}
	}
	return nil
}

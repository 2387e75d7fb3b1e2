// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/pages"
)

// reader is somebody who does what a page says, with ports of his own: those of the page may be taken here.
type reader struct {
	home string
	// ports are those of the page, and the reader's in their place.
	ports map[string]string
	// texts are others of the page, and what stands in their place.
	texts       map[string]string
	environment []string
}

// named are the ports that pages name.
var named = []string{"8400", "8401", "8402", "8410", "8411", "8412", "10000", "9901", "8080"}

// newReader has gwr, gwrd, Envoy and the clients on his PATH. What he starts ends with the test.
func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{home: t.TempDir(), ports: map[string]string{}, texts: map[string]string{}}
	for _, port := range named {
		r.ports[port] = envoytest.FreePort(t)
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	envoy, err := envoyrun.Locate(t.Context(), root, func(line string) { t.Log(line) })
	if err != nil {
		t.Fatal(err)
	}
	commands := tools(t)
	started := filepath.Join(commands, "started")
	for name, script := range map[string]string{
		"gwr": fmt.Sprintf(`case "$1 $2" in "emit envoy") shift 2; set -- emit envoy --server 127.0.0.1:%s --port %s --admin-port %s --upstream 127.0.0.1:%s "$@";; esac
exec %s/dist/gwr "$@"`, r.ports["8401"], r.ports["10000"], r.ports["9901"], r.ports["8080"], root),
		"gwrd": fmt.Sprintf(`case "$1" in backup|keys|migrate|restore|version) ;; *) echo $$ >> %s; set -- --listen 127.0.0.1:%s --xds-listen 127.0.0.1:%s --ops-listen 127.0.0.1:%s "$@";; esac
exec %s/dist/gwrd "$@"`, started, r.ports["8400"], r.ports["8401"], r.ports["8402"], root),
		// A moment is longer where many tests run.
		"sleep": `exec /bin/sleep $(($1 * 3))`,
		"envoy": fmt.Sprintf("echo $$ >> %s\nexec %s --base-id-path %s/base-id --use-dynamic-base-id \"$@\"", started, envoy, commands),
	} {
		if err := os.WriteFile(filepath.Join(commands, name), []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { endAll(t, started) })
	r.environment = []string{
		"PATH=" + commands + ":" + os.Getenv("PATH"), "HOME=" + r.home, "PYTHONPATH=" + library(t), "TF_CLI_CONFIG_FILE=" + mirror(t),
		"AWS_EC2_METADATA_DISABLED=true", "AWS_PAGER=", "LANG=C.UTF-8", "NO_COLOR=1", "CHECKPOINT_DISABLE=1",
	}
	return r
}

// endAll ends the processes that a page has started and not ended.
func endAll(t *testing.T, file string) {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Errorf("the page has started nothing: %v", err)
	}
	for id := range strings.FieldsSeq(string(text)) {
		pid, err := strconv.Atoi(id)
		if err != nil {
			t.Error(err)
			continue
		}
		_ = syscall.Kill(pid, syscall.SIGTERM) // most are gone
	}
}

// follow does all that a page says, and holds what is printed to what the page shows.
func (r *reader) follow(t *testing.T, path string) {
	t.Helper()
	page, err := pages.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	steps := make([]pages.Step, len(page.Steps))
	for i, step := range page.Steps {
		for port, own := range r.ports {
			step.Command = replacePort(step.Command, port, own)
			step.Text = replacePort(step.Text, port, own)
		}
		for text, own := range r.texts {
			step.Command = strings.ReplaceAll(step.Command, text, own)
		}
		if strings.HasPrefix(step.Command, "make ") || strings.HasPrefix(step.Command, "export PATH=") {
			step.Command = "true" // what is built, make has built for these tests
		}
		steps[i] = step
	}
	results, err := pages.Shell{Folder: "../..", Environment: r.environment}.Run(t.Context(), steps)
	if err != nil {
		t.Fatal(err)
	}
	byStep := map[int]pages.Result{}
	for i, result := range results {
		byStep[i] = pages.Result{Printed: r.asShown(result.Printed), Code: result.Code}
	}
	wrong, anew := page.Hold(byStep, 0, alike)
	for _, err := range wrong {
		t.Error(err)
	}
	if *golden.Update {
		if err := os.WriteFile(path, []byte(anew), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func replacePort(text, port, other string) string {
	return regexp.MustCompile(`\b`+port+`\b`).ReplaceAllString(text, other)
}

// asShown is an output with the ports and the home of the page, and the ends of lines that pages have.
func (r *reader) asShown(printed []string) []string {
	var out []string
	for _, line := range printed {
		for port, own := range r.ports {
			line = replacePort(line, own, port)
		}
		out = append(out, strings.NewReplacer(r.home, "/home/you", "\r", "").Replace(line))
	}
	return out
}

// differing is what is another text in each run, and what is compared in its place: times, hashes, ids of keys and of requests.
var differing = []struct {
	text  *regexp.Regexp
	alike string
}{
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\b)`), "TIME"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d\b`), "DATE"},
	{regexp.MustCompile(`\bGWRA[A-Z0-9]{16}\b`), "KEY"},
	{regexp.MustCompile(`\b[0-9a-f]{64}\b`), "HASH"},
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`), "REQUEST"},
}

// alike are lines without what differs.
func alike(lines []string) []string {
	out := make([]string, len(lines))
	for i, line := range lines {
		for _, d := range differing {
			line = d.text.ReplaceAllString(line, d.alike)
		}
		out[i] = line
	}
	return out
}

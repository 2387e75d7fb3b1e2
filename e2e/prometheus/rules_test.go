// SPDX-License-Identifier: Apache-2.0

package prometheus

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/rulefmt"
	"github.com/prometheus/prometheus/promql/parser"
)

// The files that people use.
const (
	folder        = "../../deploy/prometheus"
	dashboardFile = folder + "/dashboard.json"
	runbookPage   = "docs/alerts.md"
)

// names are those of the files of rules, each of which has its tests beside it.
var names = []string{"filter", "gwrd"}

// promtool builds Prometheus' own command, without what finds targets in clouds. It is a module of its own, as it needs other versions of what
// gwrd is built of.
func promtool(t *testing.T) (run func(args ...string) (string, error)) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "promtool")
	out, err := exec.CommandContext(t.Context(), "go", "build", "-C", "promtool", "-tags", "remove_all_sd", "-o", path, "github.com/prometheus/prometheus/cmd/promtool").CombinedOutput()
	if err != nil {
		t.Fatalf("promtool cannot be built: %v\n%s", err, out)
	}
	return func(args ...string) (string, error) {
		out, err := exec.CommandContext(t.Context(), path, args...).CombinedOutput()
		return string(out), err
	}
}

// TestRules has promtool check the rules and run their tests, and sees that these tests find each rule that does nothing.
func TestRules(t *testing.T) {
	run := promtool(t)
	for _, name := range names {
		rules := filepath.Join(folder, name+".yaml")
		if out, err := run("check", "rules", "--lint=all", "--lint-fatal", rules); err != nil {
			t.Errorf("promtool check rules: %v\n%s", err, out)
		}
		if out, err := run("test", "rules", filepath.Join(folder, name+"_test.yaml")); err != nil {
			t.Errorf("promtool test rules: %v\n%s", err, out)
		}
		for _, rule := range alertsIn(t, rules) {
			silenced := silence(t, name, rule.Alert)
			if out, err := run("test", "rules", silenced); err == nil || !strings.Contains(out, rule.Alert) {
				t.Errorf("no test sees that %s never fires: %v\n%s", rule.Alert, err, out)
			}
		}
	}
}

// silence copies the rules of a name and their tests, with one alert that never fires, and returns the path of the tests.
func silence(t *testing.T, name, alert string) string {
	t.Helper()
	to := t.TempDir()
	for _, file := range []string{name + ".yaml", name + "_test.yaml"} {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		text = bytes.Replace(text, []byte("alert: "+alert+"\n    expr: "), []byte("alert: "+alert+"\n    expr: vector(1) > 1\n    # expr: "), 1)
		text = regexp.MustCompile(`(# expr: >-)\n      .*\n      .*`).ReplaceAll(text, []byte("$1"))
		if err := os.WriteFile(filepath.Join(to, file), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(to, name+"_test.yaml")
}

// alerts are the rules of all files.
func alerts(t *testing.T) []rulefmt.Rule {
	t.Helper()
	var all []rulefmt.Rule
	for _, name := range names {
		all = append(all, alertsIn(t, filepath.Join(folder, name+".yaml"))...)
	}
	return all
}

// alertsIn reads the rules of a file as Prometheus does.
func alertsIn(t *testing.T, path string) []rulefmt.Rule {
	t.Helper()
	groups, errs := rulefmt.ParseFile(path, false, model.UTF8Validation, parser.NewParser(parser.Options{}))
	for _, err := range errs {
		t.Error(err)
	}
	var rules []rulefmt.Rule
	for _, group := range groups.Groups {
		rules = append(rules, group.Rules...)
	}
	if len(rules) == 0 {
		t.Fatalf("%s has no rules", path)
	}
	return rules
}

// TestRunbook: each alert leads to its heading in the runbook, and each heading there is of an alert.
func TestRunbook(t *testing.T) {
	page, err := os.ReadFile("../../" + runbookPage)
	if err != nil {
		t.Fatal(err)
	}
	headings := map[string]bool{}
	for line := range strings.Lines(string(page)) {
		if name, is := strings.CutPrefix(strings.TrimSpace(line), "### "); is {
			headings[name] = true
		}
	}
	for _, rule := range alerts(t) {
		if !headings[rule.Alert] {
			t.Errorf("%s has no heading in %s", rule.Alert, runbookPage)
		}
		delete(headings, rule.Alert)
		if got, want := rule.Annotations["runbook"], runbookPage+"#"+strings.ToLower(rule.Alert); got != want {
			t.Errorf("the runbook of %s is %q, want %q", rule.Alert, got, want)
		}
	}
	for name := range headings {
		t.Errorf("%s has the heading %s, and there is no such alert", runbookPage, name)
	}
}

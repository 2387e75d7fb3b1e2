// SPDX-License-Identifier: Apache-2.0

package report

import (
	"os"
	"testing"

	"gatewayresponses/bench/result"
	"gatewayresponses/internal/golden"
)

// TestPage holds that the page and the chart show the figures of the committed run.
func TestPage(t *testing.T) {
	const folder = "../../docs/"
	r, err := result.Read(folder + "performance.json")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(folder + "performance.md")
	if err != nil {
		t.Fatal(err)
	}
	filled, err := Fill(string(page), Blocks(r))
	if err != nil {
		t.Fatal(err)
	}
	for name, made := range map[string]string{"performance.md": filled, "performance.svg": Chart(r)} {
		golden.File(t, folder+name, made)
	}
}

// TestPageHasAll holds that the committed run has every part of a full one.
func TestPageHasAll(t *testing.T) {
	r, err := result.Read("../../docs/performance.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Targets()) < 10 {
		t.Errorf("the run has figures for %d targets only", len(r.Targets()))
	}
	for _, v := range r.Variants {
		for _, s := range r.Scenarios {
			if r.Cell(v.Name, s.Name) == nil {
				t.Errorf("the run does not say what %s does in %s", v.Name, s.Name)
			}
		}
		if v.LoadedMB == 0 {
			t.Errorf("the run does not say how much memory %s needs", v.Name)
		}
	}
	if len(r.Starts) != 4*len(r.Variants) || len(r.Reloads) < 8 {
		t.Errorf("the run has %d starts and %d arrivals of documents", len(r.Starts), len(r.Reloads))
	}
}

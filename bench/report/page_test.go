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
	server, err := result.Read(folder + "performance-gwrd.json")
	if err != nil {
		t.Fatal(err)
	}
	filled, err := Fill(string(page), Blocks(r))
	if err == nil {
		filled, err = Fill(filled, ServerBlocks(server))
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, made := range map[string]string{"performance.md": filled, "performance.svg": Chart(r)} {
		golden.File(t, folder+name, made)
	}
}

// TestPageHasServer holds that the committed run of gwrd is a full one: on both stores, alone and among other nodes.
func TestPageHasServer(t *testing.T) {
	r, err := result.Read("../../docs/performance-gwrd.json")
	if err != nil {
		t.Fatal(err)
	}
	s := r.Server
	if s == nil || s.Missing != "" || len(s.Calls) != 16 || len(s.Fills) != 2 || len(s.Updates) != 2 || len(s.Deliveries) != 2 {
		t.Fatalf("the run has %+v", s)
	}
	for _, f := range s.Fills {
		if f.APIs < 10_000 {
			t.Errorf("memory on %s is that with %d APIs", f.Store, f.APIs)
		}
	}
	for _, u := range s.Updates {
		if u.Stages < 1000 {
			t.Errorf("the gateway on %s has %d stages", u.Store, u.Stages)
		}
	}
	if alone, among := s.Deliveries[0], s.Deliveries[1]; len(alone.Sent) < 100 || len(among.Sent) < 100 || alone.Streams != 0 || among.Streams < 1000 {
		t.Errorf("there are %d deployments with %d other streams, and %d with %d", len(alone.Sent), alone.Streams, len(among.Sent), among.Streams)
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

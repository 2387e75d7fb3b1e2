// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"gatewayresponses/bench/result"
)

// TestServer makes a short run of what gwrd takes and reads its file.
func TestServer(t *testing.T) {
	ctx := onEnvoy(t)
	path := filepath.Join(t.TempDir(), "run.json")
	s, err := readSettings([]string{"-parts", "control", "-rounds", "1", "-seconds", "0.05", "-out", path}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	s.server = serverSizes{apis: 20, stages: 5, streams: 10, updates: 1, deployments: 2}
	if err := run(ctx, s, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	r, err := result.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	stores := 2
	if r.Server.Missing != "" {
		stores = 1 // the machine has no PostgreSQL
	}
	if calls := r.Server.Calls; len(calls) != 8*stores {
		t.Errorf("%d calls are measured, want 8 on each of %d stores", len(calls), stores)
	}
	for _, c := range r.Server.Calls {
		// A request that is verified and answered takes more than 20 µs, and less than a second.
		if len(c.CPU) != 1 || c.CPU[0] < 20 || c.CPU[0] > 1e6 || c.Rate[0] <= 0 || c.P99[0] < c.P50[0] {
			t.Errorf("%s on %s was measured as %+v", c.Operation, c.Store, c)
		}
	}
	for _, f := range r.Server.Fills {
		if f.APIs != 20 || f.EmptyMB < 10 || f.FilledMB < 10 || f.ListedMB < 10 || f.RestartedMB < 10 {
			t.Errorf("memory was measured as %+v", f)
		}
	}
	for _, u := range r.Server.Updates {
		if u.Stages != 5 || u.Bytes < 1000 || len(u.Answered) != 1 || u.Listed[0] < u.Answered[0] || len(u.Compiled) != compilations {
			t.Errorf("an update was measured as %+v", u)
		}
	}
	if d := r.Server.Deliveries; len(d) != 2 || d[0].Streams != 0 || d[1].Streams != 10 || len(d[1].Sent) != 2 || d[1].Sent[0] < d[1].Answered[0] || d[1].Sent[0] <= 0 {
		t.Errorf("deliveries were measured as %+v", d)
	}
}

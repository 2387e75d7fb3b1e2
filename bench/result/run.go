// SPDX-License-Identifier: Apache-2.0

// Package result is what a run of the measurements found: as JSON, and what follows from it. The JSON has each round as it was
// measured; everything else is computed when it is shown, so that a table cannot disagree with its numbers.
package result

import (
	"encoding/json"
	"fmt"
	"os"
)

// Run is one run.
type Run struct {
	Machine Machine `json:"machine"`
	// Rounds and Seconds are how often, and for how long each time, every cell was measured. The rounds were spread over so many
	// Processes of each variant.
	Rounds    int     `json:"rounds"`
	Processes int     `json:"processes"`
	Seconds   float64 `json:"seconds"`
	// Variants and Scenarios are the lines and the groups of the tables, in their order.
	Variants  []Variant  `json:"variants"`
	Scenarios []Scenario `json:"scenarios"`
	Cells     []Cell     `json:"cells"`
	Starts    []Start    `json:"starts,omitempty"`
	Reloads   []Reload   `json:"reloads,omitempty"`
	Tools     []Tool     `json:"tools,omitempty"`
	// Server is nil where it was not measured.
	Server *Server `json:"server,omitempty"`
}

// Machine says where a run was made.
type Machine struct {
	Processor string `json:"processor"`
	Cores     int    `json:"cores"`
	Kernel    string `json:"kernel"`
	// MemoryMB is the size of the RAM.
	MemoryMB int `json:"memoryMB"`
	// Pinning says which cores Envoy had, and which the generator and the upstream.
	Pinning string `json:"pinning"`
	Envoy   string `json:"envoy"`
	Go      string `json:"go"`
	// Commit is that of the repository, with "+" behind it if files were changed.
	Commit string `json:"commit"`
	Date   string `json:"date"`
	// LoadBefore and LoadAfter are how many processes wanted a core in the minute before the run began, and at its end.
	LoadBefore float64 `json:"loadBefore"`
	LoadAfter  float64 `json:"loadAfter"`
}

// Variant is a line of the tables.
type Variant struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	// Does is the job, see package variant.
	Does string `json:"does"`
	// ModuleBytes is the size of the variant's wasm module, 0 for none.
	ModuleBytes int `json:"moduleBytes,omitempty"`
	// LoadedMB is the memory of its Envoy, with one worker, after all rounds.
	LoadedMB float64 `json:"loadedMB"`
}

// Scenario is a kind of traffic.
type Scenario struct {
	Name  string `json:"name"`
	Title string `json:"title"`
	Good  bool   `json:"good"`
}

// Cell is one variant in one scenario: a value for each round, in the order of rounds.
type Cell struct {
	Variant  string `json:"variant"`
	Scenario string `json:"scenario"`
	// Skipped says why there are no values.
	Skipped string `json:"skipped,omitempty"`
	// CPU is the CPU time of the Envoy process for each request, in microseconds.
	CPU []float64 `json:"cpu,omitempty"`
	// Rate is the number of requests answered in a second.
	Rate []float64 `json:"rate,omitempty"`
	// P50 and P99 are latencies in microseconds, under full load.
	P50 []float64 `json:"p50,omitempty"`
	P99 []float64 `json:"p99,omitempty"`
}

// Start is a start of Envoy with a variant.
type Start struct {
	Variant string `json:"variant"`
	Workers int    `json:"workers"`
	// OneCore says that the process had a single core.
	OneCore bool `json:"oneCore,omitempty"`
	// Ready and CPU are seconds until /ready says so, and the CPU time that it took.
	Ready float64 `json:"ready"`
	CPU   float64 `json:"cpu"`
	// MemoryMB is the memory once ready.
	MemoryMB float64 `json:"memoryMB"`
}

// Reload is the arrival of a new document while good requests are served.
type Reload struct {
	Variant string `json:"variant"`
	// KiB is the size of the document, Equal says that all its APIs have equal entries.
	KiB   int  `json:"kiB"`
	Equal bool `json:"equal"`
	APIs  int  `json:"apis"`
	// Before and During are the worst latencies of a good request in milliseconds, for each document that came: before it did, and until
	// it was in force.
	Before []float64 `json:"before"`
	During []float64 `json:"during"`
}

// Tool is something that gwr did with many of something, on all cores.
type Tool struct {
	// Name says what it did, Of what it had Many of.
	Name string `json:"name"`
	Of   string `json:"of"`
	Many int    `json:"many"`
	// Seconds is how long it took, each time.
	Seconds []float64 `json:"seconds"`
	// MemoryMB is the most memory that it had, of all times.
	MemoryMB float64 `json:"memoryMB"`
}

// Cell returns a cell, nil if it was not measured.
func (r *Run) Cell(variant, scenario string) *Cell {
	for i := range r.Cells {
		if c := &r.Cells[i]; c.Variant == variant && c.Scenario == scenario {
			return c
		}
	}
	return nil
}

// Read reads a run.
func Read(path string) (*Run, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r := &Run{}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for _, c := range r.Cells {
		if n := len(c.CPU); n != len(c.Rate) || n != len(c.P50) || n != len(c.P99) || (n == 0) != (c.Skipped != "") {
			return nil, fmt.Errorf("%s: %s in %s has %d, %d, %d and %d values; want as many of each, or the reason for none",
				path, c.Variant, c.Scenario, n, len(c.Rate), len(c.P50), len(c.P99))
		}
	}
	return r, nil
}

// Write writes a run.
func (r *Run) Write(path string) error {
	text, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(text, '\n'), 0o644)
}

// SPDX-License-Identifier: Apache-2.0

package result

import (
	"fmt"
	"strings"
)

// Target is what the filter should cost at most, and what it does.
type Target struct {
	// What says which figure is meant, in words.
	What string
	// Limit and Value are in Unit, which is "x" for a ratio. Low and High are the spread of the value.
	Limit, Value, Low, High float64
	Unit                    string
	// Open says that there is no value: what it is compared with adds nothing that can be told from noise, or was not
	// measured.
	Open bool
}

// Met reports whether the value is within the limit.
func (t Target) Met() bool { return !t.Open && t.Value <= t.Limit }

// limits are the targets for ratios of added CPU time: of the variant in its scenario, to another variant in another scenario.
var limits = []struct {
	what              string
	variant, scenario string
	to, toScenario    string
	limit             float64
}{
	{"an error changed in place, to the same rewrite in Lua", "plugin-capture", "error", "lua-rewrite", "error", 1},
	{"the same over HTTP/2", "plugin-capture", "h2-error", "lua-rewrite", "h2-error", 1},
	{"a flood of errors, likewise", "plugin-capture", "flood", "lua-rewrite", "flood", 1},
	{"a good reply where the document needs nothing of the request, to Lua that reads :status", "plugin-smallest", "good", "lua-status", "good", 1},
	{"a good reply where it captures, to Lua that reads :status", "plugin-capture", "good", "lua-status", "good", 1.4},
	{"a good reply, to a minimal Go plugin with the same callbacks", "plugin-smallest", "good", "go-minimal", "good", 1.2},
	{"an error without a body, to one changed in place", "plugin-smallest", "header-only", "plugin-smallest", "error", 1.2},
	{"the upstream's own error, to a minimal Go plugin that reads one attribute", "plugin-smallest", "upstream-error", "go-minimal", "upstream-error", 1.2},
	{"the dynamic module: an error changed in place, to the same rewrite in Lua", "module-capture", "error", "lua-rewrite", "error", 0.7},
	{"the dynamic module: a good reply, to that Lua", "module-capture", "good", "lua-rewrite", "good", 0.4},
}

// memoryLimit is the target for memory, to that of the minimal Go plugin.
const memoryLimit = 1.2

// What the dynamic module may take beyond an Envoy without a filter, with four workers.
const (
	moduleVariant   = "module-capture"
	moduleWorkers   = 4
	moduleMemory    = 15.0  // MB
	moduleReadiness = 100.0 // ms until Envoy is ready
	moduleStall     = 1.0   // ms that the worst latency grows
)

// stalls are the targets for documents that arrive, in milliseconds.
var stalls = []struct {
	kib   int
	equal bool
	limit float64
}{{18, true, 3}, {18, false, 3}, {500, true, 60}, {500, false, 150}}

// Targets are all for CPU time, and those for memory and documents if the run has figures for them.
func (r *Run) Targets() []Target {
	var targets []Target
	for _, l := range limits {
		of, ok := r.Added(l.variant, Baseline, l.scenario)
		to, too := r.Added(l.to, Baseline, l.toScenario)
		ratio, positive := divide(of, to)
		targets = append(targets, Target{l.what, l.limit, ratio.Value, ratio.Low, ratio.High, "x", !ok || !too || !positive})
	}
	if ours, least := r.memory("plugin-smallest"), r.memory("go-minimal"); ours > 0 && least > 0 {
		targets = append(targets, Target{"memory with one worker, to a minimal Go plugin", memoryLimit, ours / least, ours / least, ours / least, "x", false})
	}
	if ours, without := r.start(moduleVariant, moduleWorkers), r.start(Baseline, moduleWorkers); ours != nil && without != nil {
		memory, later := ours.MemoryMB-without.MemoryMB, 1000*(ours.Ready-without.Ready)
		targets = append(targets,
			Target{"the dynamic module: memory with four workers, beyond no filter", moduleMemory, memory, memory, memory, "MB", false},
			Target{"the dynamic module: ready later than without a filter", moduleReadiness, later, later, later, "ms", false})
	}
	for _, reload := range r.Reloads {
		if limit, ok := reload.limit(); ok && len(reload.During) > 0 {
			targets = append(targets, reload.target(limit))
		}
	}
	return targets
}

// target is that for a document. One for the module, which no worker compiles, must not show beside what is there without a document.
func (r Reload) target(limit float64) Target {
	what := fmt.Sprintf("the worst latency while a document of %d APIs arrives, %s", r.APIs, r.Entries())
	s := Summarize(r.During)
	if !strings.HasPrefix(r.Variant, "module-") {
		return Target{what, limit, s.Median, s.Min, s.Max, "ms", false}
	}
	before := Summarize(r.Before)
	return Target{"the dynamic module: " + what + ", beyond the worst without one", moduleStall, s.Median - before.Median, s.Q1 - before.Q3, s.Q3 - before.Q1, "ms", false}
}

// limit is the target for the document, in milliseconds, if there is one.
func (r Reload) limit() (ms float64, ok bool) {
	for _, s := range stalls {
		if s.kib == r.KiB && s.equal == r.Equal {
			return s.limit, true
		}
	}
	return 0, false
}

// Entries says in words what the document's APIs have in common.
func (r Reload) Entries() string {
	if r.Equal {
		return "equal entries"
	}
	return "all entries different"
}

// memory is that of a variant with one worker once ready, in MB; 0 if it was not measured.
func (r *Run) memory(variant string) float64 {
	if s := r.start(variant, 1); s != nil {
		return s.MemoryMB
	}
	return 0
}

// start is how a variant started with some workers on all cores, nil if that was not measured.
func (r *Run) start(variant string, workers int) *Start {
	for i, s := range r.Starts {
		if s.Variant == variant && s.Workers == workers && !s.OneCore {
			return &r.Starts[i]
		}
	}
	return nil
}

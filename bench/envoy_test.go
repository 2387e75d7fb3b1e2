// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gatewayresponses/bench/result"
	"gatewayresponses/bench/variant"
)

// TestMain is also the processes that a run starts: they are this command.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && slices.Contains([]string{generatorCommand, upstreamCommand, callersCommand, nodesCommand}, os.Args[1]) {
		main()
		return
	}
	os.Exit(m.Run())
}

// onEnvoy bounds a test on a real Envoy, on a machine that is busy with others.
func onEnvoy(t *testing.T) context.Context {
	t.Helper()
	t.Chdir("..")
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// TestVariantsOnEnvoy holds that every variant but those of the dynamic module does what its file promises.
func TestVariantsOnEnvoy(t *testing.T) {
	holdVariants(t, func(v variant.Variant) bool { return !slices.Contains(v.Modules, moduleNative) })
}

// holdVariants starts the variants that are wanted, and holds that each does its job in every scenario, without an error in its log.
func holdVariants(t *testing.T, wanted func(variant.Variant) bool) {
	t.Helper()
	ctx := onEnvoy(t)
	s, err := readSettings(nil, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	s.variants = slices.DeleteFunc(s.variants, func(v variant.Variant) bool { return v.Name != variant.Baseline && !wanted(v) })
	if len(s.variants) < 2 {
		t.Fatal("there is no such variant")
	}
	b, closeBench, err := openBench(ctx, s, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	proxies, err := b.startAll(ctx)
	if err == nil {
		err = b.prepare(ctx, proxies, map[key]*result.Cell{})
	}
	if err != nil {
		t.Error(err)
	}
	for _, p := range proxies {
		if err := p.stop(); err != nil {
			t.Error(err)
		}
	}
	if err := closeBench(); err != nil {
		t.Error(err)
	}
}

// TestRun makes a short run of all parts but that of gwrd and reads its files.
func TestRun(t *testing.T) {
	ctx := onEnvoy(t)
	path := filepath.Join(t.TempDir(), "run.json")
	s, err := readSettings([]string{"-parts", "load,start,reload,tools", "-rounds", "2", "-processes", "2", "-seconds", "0.05", "-variants", "wat-noop", "-scenarios", "good,h2-error", "-out", path}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(ctx, s, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	r, err := result.Read(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range []string{"good", "h2-error"} {
		// What Envoy needs for a request at all: more than a few microseconds, less than a millisecond.
		c := r.Cell("wat-noop", scenario)
		if len(c.CPU) != 2 || c.CPU[0] < 2 || c.CPU[0] > 1000 || c.Rate[1] <= 0 {
			t.Errorf("%s was measured as %+v", scenario, c)
		}
	}
	if len(r.Starts) != 8 || r.Starts[7].CPU <= 0 || r.Starts[7].MemoryMB < 20 || r.Variants[1].LoadedMB < 20 || r.Variants[1].ModuleBytes == 0 {
		t.Errorf("the run has the starts %+v and the variants %+v", r.Starts, r.Variants)
	}
	if !strings.Contains(out.String(), "good: good reply, small") {
		t.Errorf("the text is %s", &out)
	}
	if chart, err := os.ReadFile(strings.TrimSuffix(path, "json") + "svg"); err != nil || !strings.HasPrefix(string(chart), "<svg") {
		t.Errorf("the chart is %.100s, %v", chart, err)
	}
}

// TestRunErrors holds that what cannot be measured is said, and nothing stays behind.
func TestRunErrors(t *testing.T) {
	ctx := onEnvoy(t)
	t.Setenv("TMPDIR", t.TempDir())
	s, err := readSettings([]string{"-plugin", "absent.wasm", "-variants", "go-minimal", "-parts", "load"}, os.Stderr)
	if err != nil {
		t.Fatal(err)
	}
	if err := run(ctx, s, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "open absent.wasm") {
		t.Errorf("a run of a module that is not there: %v", err)
	}
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "bench-*"))
	if err != nil || left != nil {
		t.Errorf("the run left %q behind, %v", left, err)
	}
}

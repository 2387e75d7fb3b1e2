// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gatewayresponses/bench/process"
	"gatewayresponses/bench/report"
	"gatewayresponses/bench/result"
	"gatewayresponses/internal/envoyrun"
)

// run measures and writes the result: text to out, JSON and chart to files. What goes on, progress hears.
func run(ctx context.Context, s settings, out, progress io.Writer) (err error) {
	b, closeBench, err := openBench(ctx, s, progress)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeBench()) }()
	r, err := b.describe(ctx)
	if err != nil {
		return err
	}
	for _, part := range []struct {
		name    string
		measure func(context.Context, *result.Run) error
	}{
		{partStart, b.measureStarts},
		{partReload, b.measureReloads},
		{partLoad, b.measureLoad},
		{partTools, b.measureTools},
		{partServer, b.measureServer},
	} {
		if !slices.Contains(b.parts, part.name) {
			continue
		}
		if err := part.measure(ctx, r); err != nil {
			return err
		}
	}
	r.Machine.LoadAfter = loadAverage()
	return write(r, s.out, out)
}

// openBench makes what all parts of a run share: the modules, the upstream, a folder. The function that it returns takes that
// away again.
func openBench(ctx context.Context, s settings, progress io.Writer) (b *bench, closeBench func() error, err error) {
	folder, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(folder))
		}
	}()
	b = &bench{settings: s, folder: folder, say: func(format string, args ...any) {
		// Should that fail, there is nobody to tell.
		_, _ = fmt.Fprintf(progress, format+"\n", args...)
	}}
	if b.envoyPath, err = envoyrun.Locate(ctx, ".", func(line string) { b.say("%s", line) }); err != nil {
		return nil, nil, err
	}
	if b.modules, err = buildModules(folder, s.variants); err != nil {
		return nil, nil, err
	}
	if err := b.checkCallbacks(ctx); err != nil {
		return nil, nil, err
	}
	cores, err := process.Cores()
	if err != nil {
		return nil, nil, err
	}
	if len(cores) > 1 {
		b.ours, b.theirs = cores[:1], cores[1:2]
	}
	up, port, err := startUpstream(b.theirs)
	if err != nil {
		return nil, nil, err
	}
	b.upstreamPort = port
	return b, func() error { return errors.Join(up.end(), os.RemoveAll(folder)) }, nil
}

// write shows a result: as JSON and as a chart in files, and as text.
func write(r *result.Run, path string, out io.Writer) error {
	if err := r.Write(path); err != nil {
		return err
	}
	chart := strings.TrimSuffix(path, filepath.Ext(path)) + ".svg"
	if err := os.WriteFile(chart, []byte(report.Chart(r)), 0o644); err != nil {
		return err
	}
	_, err := io.WriteString(out, report.Text(r))
	return err
}

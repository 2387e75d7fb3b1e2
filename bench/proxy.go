// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"gatewayresponses/bench/process"
	"gatewayresponses/bench/variant"
	"gatewayresponses/internal/envoyrun"
)

// startTimeout is how long an Envoy may take to be ready. V8 compiles the module first, which takes seconds on one core.
const startTimeout = time.Minute

// proxy is a running Envoy with one variant.
type proxy struct {
	variant variant.Variant
	envoy   *envoyrun.Envoy
	address string
}

// bench is what all parts of a run share.
type bench struct {
	settings
	envoyPath string
	// upstreamPort is where the upstream listens.
	upstreamPort int
	modules      map[string]string
	// ours are the cores of the Envoys that are measured, theirs those of generator and upstream; empty for any.
	ours, theirs []int
	// folder is for files of the run.
	folder string
	// say tells people what goes on.
	say func(format string, args ...any)
}

// values are what the words of a variant's file stand for.
func (b *bench) values(v variant.Variant) variant.Values {
	return variant.Values{Upstream: b.upstreamPort, Modules: b.modulesOf(v, b.modules), Document: v.Document}
}

// start runs an Envoy with a variant on some cores.
func (b *bench) start(ctx context.Context, v variant.Variant, workers int, cores []int) (*proxy, error) {
	config, err := v.Render(b.values(v))
	if err != nil {
		return nil, err
	}
	return b.startConfig(ctx, v, config, workers, cores)
}

// startConfig is start for a configuration that is rendered.
func (b *bench) startConfig(ctx context.Context, v variant.Variant, config []byte, workers int, cores []int) (*proxy, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	p := &proxy{variant: v}
	err := process.Pinned(cores, func() (err error) {
		p.envoy, err = envoyrun.Start(ctx, envoyrun.Command{
			Path: b.envoyPath, Config: config, Args: []string{"--concurrency", strconv.Itoa(workers)},
		})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("variant %s: %w", v.Name, err)
	}
	if p.address, err = p.envoy.Address(variant.Listener); err != nil {
		return nil, fmt.Errorf("variant %s: %w", v.Name, err)
	}
	return p, nil
}

// cpu is the CPU time of the Envoy so far.
func (p *proxy) cpu() (time.Duration, error) { return process.CPU(p.envoy.PID()) }

// megabytes is the memory of the Envoy.
func (p *proxy) megabytes() (float64, error) {
	n, err := process.RSS(p.envoy.PID())
	return float64(n) / (1 << 20), err
}

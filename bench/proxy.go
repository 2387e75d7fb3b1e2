// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"sync"
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
	log     *complaints
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
	p := &proxy{variant: v, log: &complaints{}}
	err := process.Pinned(cores, func() (err error) {
		p.envoy, err = envoyrun.Start(ctx, envoyrun.Command{
			Path: b.envoyPath, Config: config, Args: []string{"--concurrency", strconv.Itoa(workers)},
			Stderr: p.log,
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

// stop ends the Envoy. It is an error if that had something to complain about: a variant that fails in every exchange can still
// give the right replies, and would be blamed for what its log costs.
func (p *proxy) stop() error {
	err := p.envoy.Stop()
	if said := p.log.first(); said != "" {
		err = errors.Join(err, fmt.Errorf("variant %s: envoy logs %s", p.variant.Name, said))
	}
	return err
}

// complaints keeps the first line of a log that is an error.
type complaints struct {
	mu   sync.Mutex
	line []byte
}

// errorLine is a line of Envoy's log with the level error or critical.
var errorLine = regexp.MustCompile(`(?m)^(?:\[[^]]*\]){2}\[(?:error|critical)\].*$`)

// Write implements io.Writer. Envoy writes whole lines.
func (c *complaints) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.line == nil {
		c.line = bytes.Clone(errorLine.Find(p))
	}
	return len(p), nil
}

// first is that line, "" for none.
func (c *complaints) first() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(c.line)
}

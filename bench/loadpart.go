// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/result"
	"gatewayresponses/bench/scenario"
)

// warmUp goes before each measurement: what other Envoys pushed out of the caches comes back.
const warmUp = 100 * time.Millisecond

// measureLoad measures every variant in every scenario, round by round, and adds cells to r.
func (b *bench) measureLoad(ctx context.Context, r *result.Run) (err error) {
	proxies, err := b.startAll(ctx)
	defer func() {
		for _, p := range proxies {
			err = errors.Join(err, p.stop())
		}
	}()
	if err != nil {
		return err
	}
	cells, err := b.prepare(ctx, proxies)
	if err != nil {
		return err
	}
	for round := range b.rounds {
		b.say("round %d of %d", round+1, b.rounds)
		for _, s := range b.scenarios {
			for i := range proxies {
				p := proxies[(i+round)%len(proxies)]
				c := cells[key{p.variant.Name, s.Name}]
				if c.Skipped != "" {
					continue
				}
				if err := b.measure(ctx, p, s, c); err != nil {
					return fmt.Errorf("variant %s, scenario %s: %w", p.variant.Name, s.Name, err)
				}
			}
		}
	}
	for i, p := range proxies {
		if r.Variants[i].LoadedMB, err = p.megabytes(); err != nil {
			return err
		}
		for _, s := range b.scenarios {
			r.Cells = append(r.Cells, *cells[key{p.variant.Name, s.Name}])
		}
	}
	return nil
}

// key names a cell.
type key struct{ variant, scenario string }

// startAll starts an Envoy for each variant; with an error those that it could start.
func (b *bench) startAll(ctx context.Context) ([]*proxy, error) {
	var proxies []*proxy
	for _, v := range b.variants {
		b.say("starting %s", v.Name)
		p, err := b.start(ctx, v, 1, b.ours)
		if err != nil {
			return proxies, err
		}
		proxies = append(proxies, p)
	}
	return proxies, nil
}

// prepare verifies each cell.
func (b *bench) prepare(ctx context.Context, proxies []*proxy) (map[key]*result.Cell, error) {
	cells := map[key]*result.Cell{}
	var problems []error
	for _, p := range proxies {
		for _, s := range b.scenarios {
			c := &result.Cell{Variant: p.variant.Name, Scenario: s.Name, Skipped: p.variant.Skip[s.Name]}
			cells[key{c.Variant, c.Scenario}] = c
			if c.Skipped != "" {
				continue
			}
			if s.Name == scenario.Flood {
				// The one request that is not too many.
				_ = p.verify(ctx, s)
			}
			problems = append(problems, p.verify(ctx, s))
		}
	}
	return cells, errors.Join(problems...)
}

// measure adds one round to a cell.
func (b *bench) measure(ctx context.Context, p *proxy, s scenario.Scenario, c *result.Cell) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	spec, want := s.Spec, s.Want(p.variant.Does)
	spec.Address, spec.Status, spec.Length = p.address, want.Status, len(want.Body)
	spec.WarmUp, spec.Duration = warmUp, b.duration
	g, err := startGenerator(b.theirs, spec)
	if err != nil {
		return err
	}
	before, err := p.cpu()
	if err != nil {
		return err
	}
	if err := g.begin(); err != nil {
		return err
	}
	o, err := g.outcome()
	if err != nil {
		return err
	}
	after, err := p.cpu()
	if err != nil {
		return err
	}
	add(c, o, after-before)
	return nil
}

// add adds what was measured.
func add(c *result.Cell, o load.Outcome, cpu time.Duration) {
	c.CPU = append(c.CPU, microseconds(cpu)/float64(o.Requests))
	c.Rate = append(c.Rate, float64(o.Requests)/o.Elapsed.Seconds())
	c.P50 = append(c.P50, microseconds(o.P50))
	c.P99 = append(c.P99, microseconds(o.P99))
}

func microseconds(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

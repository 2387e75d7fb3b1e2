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

// measureLoad measures every variant in every scenario, round by round, and adds cells to r. The rounds are spread over several
// processes of each variant, since no two are alike: where their code and their memory lie makes a difference that lasts.
func (b *bench) measureLoad(ctx context.Context, r *result.Run) error {
	cells := map[key]*result.Cell{}
	for first := 0; first < b.rounds; first += b.roundsEach() {
		last := min(first+b.roundsEach(), b.rounds)
		if err := b.measureRounds(ctx, r, cells, first, last); err != nil {
			return err
		}
	}
	for _, v := range b.variants {
		for _, s := range b.scenarios {
			r.Cells = append(r.Cells, *cells[key{v.Name, s.Name}])
		}
	}
	return nil
}

// roundsEach is how many rounds a process lives for.
func (s settings) roundsEach() int { return (s.rounds + s.processes - 1) / s.processes }

// measureRounds measures some rounds with processes of their own.
func (b *bench) measureRounds(ctx context.Context, r *result.Run, cells map[key]*result.Cell, first, last int) (err error) {
	proxies, err := b.startAll(ctx)
	defer func() {
		for _, p := range proxies {
			err = errors.Join(err, p.stop())
		}
	}()
	if err != nil {
		return err
	}
	if err := b.prepare(ctx, proxies, cells); err != nil {
		return err
	}
	for round := first; round < last; round++ {
		b.say("round %d of %d", round+1, b.rounds)
		if err := b.measureRound(ctx, proxies, cells, round); err != nil {
			return err
		}
	}
	for i, p := range proxies {
		if r.Variants[i].LoadedMB, err = p.megabytes(); err != nil {
			return err
		}
	}
	return nil
}

// measureRound measures each cell once. Each round begins with another variant.
func (b *bench) measureRound(ctx context.Context, proxies []*proxy, cells map[key]*result.Cell, round int) error {
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

// prepare verifies what each proxy replies, and makes the cells that are not there.
func (b *bench) prepare(ctx context.Context, proxies []*proxy, cells map[key]*result.Cell) error {
	var problems []error
	for _, p := range proxies {
		for _, s := range b.scenarios {
			at := key{p.variant.Name, s.Name}
			if cells[at] == nil {
				cells[at] = &result.Cell{Variant: at.variant, Scenario: at.scenario, Skipped: p.variant.Skip[s.Name]}
			}
			if cells[at].Skipped != "" {
				continue
			}
			if s.Name == scenario.Flood {
				// The one request that is not too many.
				_ = p.verify(ctx, s)
			}
			problems = append(problems, p.verify(ctx, s))
		}
	}
	return errors.Join(problems...)
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

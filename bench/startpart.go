// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"time"

	"gatewayresponses/bench/result"
	"gatewayresponses/bench/variant"
)

// starts are the ways that each variant is started: workers, and whether all threads share one core.
var starts = []struct {
	workers int
	oneCore bool
}{{1, false}, {2, false}, {4, false}, {1, true}}

// measureStarts starts every variant in each way and adds what that costs to r.
func (b *bench) measureStarts(ctx context.Context, r *result.Run) error {
	for _, v := range b.variants {
		b.say("starting %s in %d ways", v.Name, len(starts))
		for _, way := range starts {
			start, err := b.measureStart(ctx, v, way.workers, way.oneCore)
			if err != nil {
				return err
			}
			r.Starts = append(r.Starts, start)
		}
	}
	return nil
}

// measureStart starts one Envoy and stops it.
func (b *bench) measureStart(ctx context.Context, v variant.Variant, workers int, oneCore bool) (s result.Start, err error) {
	s = result.Start{Variant: v.Name, Workers: workers, OneCore: oneCore}
	var cores []int
	if oneCore {
		cores = b.ours
	}
	began := time.Now()
	p, err := b.start(ctx, v, workers, cores)
	if err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, p.stop()) }()
	s.Ready = time.Since(began).Seconds()
	cpu, err := p.cpu()
	if err != nil {
		return s, err
	}
	s.CPU = cpu.Seconds()
	s.MemoryMB, err = p.megabytes()
	return s, err
}

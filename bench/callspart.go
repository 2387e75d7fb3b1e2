// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/bench/gwrd"
	"gatewayresponses/bench/load"
	"gatewayresponses/bench/process"
	"gatewayresponses/bench/result"
)

// callersAtOnce are how many callers there are at a time: one, which says how long an answer takes, and as many as keep the server busy. Each has
// an API of its own, and the gateway serves all of these.
var callersAtOnce = []int{1, 16}

// measureCalls measures every operation on every store, round by round, and adds what it takes to r.
func (b *bench) measureCalls(ctx context.Context, stores []serverStore, r *result.Server) (err error) {
	var cells []*callCell
	for _, on := range stores {
		b.say("calls: starting gwrd on %s", on.name)
		s, err := b.startServer(ctx, on, b.ours)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, s.end()) }()
		apis, err := s.Import(ctx, callersAtOnce[len(callersAtOnce)-1])
		if err != nil {
			return err
		}
		if _, err := s.Bind(ctx, apis); err != nil {
			return err
		}
		for _, operation := range gwrd.Operations {
			for _, callers := range callersAtOnce {
				cells = append(cells, &callCell{s, apis[:callers], result.Call{Store: on.name, Operation: operation.Name, Callers: callers}})
			}
		}
	}
	for round := range b.rounds {
		b.say("calls: round %d of %d", round+1, b.rounds)
		for i := range cells {
			c := cells[(i+round)%len(cells)]
			if err := b.measureCall(ctx, c, round); err != nil {
				return fmt.Errorf("%s on %s: %w", c.Operation, c.Store, err)
			}
		}
	}
	for _, c := range cells {
		r.Calls = append(r.Calls, c.Call)
	}
	return nil
}

// callCell is an operation on a store.
type callCell struct {
	server *runningServer
	apis   []string
	result.Call
}

// manyNumbers is more requests than a caller sends in a round.
const manyNumbers = 1_000_000

// measureCall adds one round.
func (b *bench) measureCall(ctx context.Context, c *callCell, round int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, err := startCallers(b.theirs, gwrd.Spec{
		Client: c.server.Client, Operation: c.Operation, APIs: c.apis, First: round*manyNumbers + 2*len(c.apis), WarmUp: warmUp, Duration: b.duration,
	})
	if err != nil {
		return err
	}
	before, err := process.CPU(c.server.PID())
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
	after, err := process.CPU(c.server.PID())
	if err != nil {
		return err
	}
	c.add(o, after-before)
	return nil
}

// add adds what was measured.
func (c *callCell) add(o load.Outcome, cpu time.Duration) {
	c.CPU = append(c.CPU, microseconds(cpu)/float64(o.Requests))
	c.Rate = append(c.Rate, float64(o.Requests)/o.Elapsed.Seconds())
	c.P50 = append(c.P50, microseconds(o.P50))
	c.P99 = append(c.P99, microseconds(o.P99))
}

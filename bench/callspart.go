// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"

	"gatewayresponses/bench/gwrd"
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
				cells = append(cells, &callCell{server: s, operation: operation.Name, apis: apis[:callers]})
			}
		}
	}
	for round := range b.rounds {
		b.say("calls: round %d of %d", round+1, b.rounds)
		for i := range cells {
			c := cells[(i+round)%len(cells)]
			if err := b.measureCall(ctx, c, round); err != nil {
				return fmt.Errorf("%s on %s: %w", c.operation, c.server.store, err)
			}
		}
	}
	for _, c := range cells {
		r.Calls = append(r.Calls, result.Call{
			Store: c.server.store, Operation: c.operation, Callers: len(c.apis), CPU: c.measured.CPU, Rate: c.measured.Rate, P50: c.measured.P50, P99: c.measured.P99,
		})
	}
	return nil
}

// callCell is an operation on a store, sent by a caller for each API.
type callCell struct {
	server    *runningServer
	operation string
	apis      []string
	measured  result.Cell
}

// manyNumbers is more requests than a caller sends in a round.
const manyNumbers = 1_000_000

// measureCall adds one round.
func (b *bench) measureCall(ctx context.Context, c *callCell, round int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	g, err := startCallers(b.theirs, gwrd.Spec{
		Client: c.server.Client, Operation: c.operation, APIs: c.apis, First: round * manyNumbers, WarmUp: warmUp, Duration: b.duration,
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
	add(&c.measured, o, after-before)
	return nil
}

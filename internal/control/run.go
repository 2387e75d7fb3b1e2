// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

const (
	// lookEvery is how often Run looks at what a rollout's nodes say, and idleFor how long it waits with nothing to wait for.
	lookEvery = time.Second
	idleFor   = 10 * time.Second
	// tryAgain is how long what failed waits.
	tryAgain = 5 * time.Second
)

// server is who changes what nobody asked for.
var server = Caller{Name: "gwrd", Rights: auth.Rights{Role: auth.Admin}}

// Run does what comes with time, until the context ends: it makes the revisions that are due, ends switches and goes on with rollouts.
// Several servers may run it on one store: whoever comes first does it, the others find it done.
func (c *Control) Run(ctx context.Context) error {
	changed := c.store.Changed(ctx)
	for {
		next, err := c.step(ctx)
		if err != nil && ctx.Err() == nil {
			c.options.Log.Error("what comes with time could not be done; it is tried again", "error", err)
			next = tryAgain
		}
		timer := time.NewTimer(max(next, time.Millisecond))
		select {
		case <-ctx.Done():
			timer.Stop()
			return nil
		case <-timer.C:
		case _, open := <-changed:
			timer.Stop()
			if !open {
				changed = nil // the context has ended, or is about to
			}
		}
	}
}

// step does what is due, and says when to look again.
func (c *Control) step(ctx context.Context) (next time.Duration, err error) {
	var standings map[string]standing
	var switches []Switch
	err = c.store.View(ctx, func(r store.Reader) (err error) {
		if standings, err = allStandings(r); err != nil {
			return err
		}
		switches, err = readSwitches(r)
		return err
	})
	if err != nil {
		return 0, err
	}
	next = idleFor
	var failed []error
	now := c.options.Now()
	for _, s := range switches {
		if wait := s.Until.Sub(now); wait > 0 {
			next = min(next, wait)
		} else {
			failed = append(failed, c.expire(ctx, s))
		}
	}
	for gateway, s := range standings {
		if s.Due != nil {
			if wait := s.Due.At.Sub(now); wait > 0 {
				next = min(next, wait)
			} else {
				failed = append(failed, c.makeDue(ctx, gateway))
			}
		}
		if s.Rollout != nil && s.Rollout.Stopped == "" {
			next = min(next, lookEvery)
			failed = append(failed, c.goOn(ctx, gateway, *s.Rollout))
		}
	}
	return next, errors.Join(failed...)
}

// makeDue makes the revision that is due on a gateway, unless it was made meanwhile.
func (c *Control) makeDue(ctx context.Context, gateway string) error {
	err := c.change(ctx, server, "MakeRevision", func(t *change) error {
		s, err := readStanding(t, gateway)
		if err != nil || s.Due == nil || s.Due.At.After(c.options.Now()) {
			return err
		}
		waited := *s.Due
		document, err := c.assembled(t, gateway)
		if err != nil {
			return err
		}
		s.Due = nil
		if document.Hash != s.Content {
			if err := c.newRevision(t, gateway, &s, document, waited); err != nil {
				return err
			}
		}
		return t.putStanding(gateway, s)
	})
	if err != nil {
		return fmt.Errorf("revision of the gateway %q: %w", gateway, err)
	}
	return nil
}

// expire ends a switch whose time has come, unless it was ended or made longer meanwhile.
func (c *Control) expire(ctx context.Context, over Switch) error {
	err := c.change(ctx, server, "EndSwitch", func(t *change) error {
		var s Switch
		_, err := get(t, over.key(), &s)
		if errors.Is(err, store.ErrNotFound) || err == nil && s.Until.After(c.options.Now()) {
			return nil
		}
		if err != nil {
			return err
		}
		return c.endSwitch(t, server, s)
	})
	if err != nil {
		return fmt.Errorf("switch on the %s: %w", over.on(), err)
	}
	return nil
}

// goOn goes on with a rollout, by what its nodes say.
func (c *Control) goOn(ctx context.Context, gateway string, rollout Rollout) error {
	nodes, err := c.nodes.Of(ctx, gateway)
	if err != nil {
		return err
	}
	stopped, done := rollout.check(nodes, c.options.Now())
	if stopped == "" && !done {
		return nil
	}
	err = c.change(ctx, server, "Rollout", func(t *change) error {
		s, err := readStanding(t, gateway)
		if err != nil || s.Rollout == nil || s.Rollout.To != rollout.To || !s.Rollout.Started.Equal(rollout.Started) || s.Rollout.Stopped != "" {
			return err
		}
		if stopped != "" {
			s.Rollout.Stopped = stopped
			c.options.Log.Error("a rollout has stopped", "gateway", gateway, "revision", rollout.To.Revision, "why", stopped)
		} else {
			s.Stable, s.Rollout = s.Rollout.To, nil
		}
		return t.put(standingKey(gateway), "", s)
	})
	if err != nil {
		return fmt.Errorf("rollout on the gateway %q: %w", gateway, err)
	}
	return nil
}

var _ interface {
	deliver.Source
	deliver.Watcher
} = (*Control)(nil)

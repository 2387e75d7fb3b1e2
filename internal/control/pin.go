// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Pin holds a gateway on a revision. Deployments succeed meanwhile; they are not released.
type Pin struct {
	Revision int64 `json:"revision"`
	// By is who did it, Why what for.
	By  string    `json:"by"`
	Why string    `json:"why,omitempty"`
	At  time.Time `json:"at"`
}

// Pin takes a gateway to a revision and holds it there, 0 for the one that most nodes run. It reaches all nodes at once, and ends a
// rollout.
func (c *Control) Pin(ctx context.Context, by Caller, gateway string, revision int64, why string) (Standing, error) {
	if len(why) > maxWhy {
		return Standing{}, apigateway.BadRequest("the reason has %d bytes, and %d is the most", len(why), maxWhy)
	}
	return c.steer(ctx, by, "Pin", gateway, func(t *change, s *standing, _ Gateway) error {
		to := revision
		if to == 0 {
			to = s.Stable.Revision
		}
		return t.pin(gateway, s, Pin{Revision: to, By: by.Name, Why: why, At: c.options.Now().UTC()})
	})
}

// pin takes a gateway to a revision and holds it there.
func (t *change) pin(gateway string, s *standing, p Pin) error {
	if p.Revision != 0 {
		revision, err := readRevision(t, gateway, p.Revision)
		if errors.Is(err, store.ErrNotFound) {
			return noRevision(gateway, p.Revision)
		}
		if err != nil {
			return err
		}
		if revision.Of != 0 {
			p.Revision = revision.Of // switches come and go by themselves
		}
	}
	if s.isHeld(p.Revision) {
		return apigateway.Conflict("nobody has consented to revision %d of the gateway %q; those that were in force can be taken back to", p.Revision, gateway)
	}
	s.Pin, s.Rollout, s.Stable = &p, nil, slot{p.Revision, p.Revision}
	return nil
}

// ReleasePin lets a gateway go on to the newest revision, or the newest that somebody consented to, in the way that its rollout plan says.
func (c *Control) ReleasePin(ctx context.Context, by Caller, gateway string) (Standing, error) {
	return c.steer(ctx, by, "ReleasePin", gateway, func(_ *change, s *standing, g Gateway) error {
		if s.Pin == nil {
			return apigateway.Conflict("the gateway %q is not pinned", gateway)
		}
		s.Pin = nil
		c.bring(s, g)
		return nil
	})
}

// bring begins to bring the revision to the nodes that they are to go to.
func (c *Control) bring(s *standing, g Gateway) {
	goal := slot{s.goal(), s.goal()}
	switch {
	case s.Pin != nil:
	case g.Rollout == nil || s.Stable.Revision == goal.Revision:
		s.Stable, s.Rollout = goal, nil
	default:
		s.Rollout = &Rollout{To: goal, Plan: *g.Rollout, Started: c.options.Now().UTC()}
	}
}

// steer changes what is in force on a gateway, and shows it in the audit log.
func (c *Control) steer(ctx context.Context, by Caller, action, gateway string, f func(*change, *standing, Gateway) error) (shown Standing, err error) {
	if err := onGateways(by, auth.Deploy); err != nil {
		return shown, err
	}
	err = c.change(ctx, by, action, func(t *change) error {
		g, err := lookupGateway(t, gateway)
		if err != nil {
			return err
		}
		s, err := readStanding(t, gateway)
		if err != nil {
			return err
		}
		if err := f(t, &s, g); err != nil {
			return err
		}
		if err := c.settle(t, gateway, &s, Cause{By: by.Name, What: action + " " + gateway, At: c.options.Now().UTC()}); err != nil {
			return err
		}
		if err := t.put(standingKey(gateway), "", s); err != nil {
			return err
		}
		shown, err = s.shown(t, by, gateway)
		return err
	})
	return shown, err
}

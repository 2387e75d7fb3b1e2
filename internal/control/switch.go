// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/store"
)

// Switch turns the filter off, or makes it only observe, for an API or a whole gateway. It ends by itself.
type Switch struct {
	// Gateway or API is what it is for, wherever the API is bound.
	Gateway string `json:"gateway,omitempty"`
	API     string `json:"api,omitempty"`
	// Mode is config.ModeOff or config.ModeObserve.
	Mode config.Mode `json:"mode"`
	// Until is when it ends.
	Until time.Time `json:"until"`
	Why   string    `json:"why,omitempty"`
	// By is who did it, At when.
	By string    `json:"by"`
	At time.Time `json:"at"`
}

// The scopes of switches.
const (
	onGateway = "gateway"
	onAnAPI   = "api"
)

// key names the record of a switch.
func (s Switch) key() store.Key {
	if s.API != "" {
		return switchKey(onAnAPI, s.API)
	}
	return switchKey(onGateway, s.Gateway)
}

// on is what a switch is for, in words.
func (s Switch) on() string {
	if s.API != "" {
		return "API " + s.API
	}
	return "gateway " + s.Gateway
}

// maxSwitch is for how long a switch may be on.
const maxSwitch = 30 * 24 * time.Hour

// maxWhy is the length of the longest reason, in bytes.
const maxWhy = 1 << 10

// PutSwitch turns the filter off, or makes it only observe. It reaches all nodes at once, whatever is pinned or on its way. Until must
// be given; By and At are set here.
func (c *Control) PutSwitch(ctx context.Context, by Caller, s Switch) (Switch, error) {
	if err := mayCut(by, s); err != nil {
		return s, err
	}
	now := c.options.Now().UTC()
	s.By, s.At, s.Until = by.Name, now, s.Until.UTC()
	switch {
	case s.Mode != config.ModeOff && s.Mode != config.ModeObserve:
		return s, apigateway.BadRequest("a switch is %q or %q, not %q", config.ModeOff, config.ModeObserve, s.Mode)
	case !s.Until.After(now):
		return s, apigateway.BadRequest("the switch would have ended at %s; it is %s", s.Until.Format(time.RFC3339), now.Format(time.RFC3339))
	case s.Until.Sub(now) > maxSwitch:
		return s, apigateway.BadRequest("a switch ends after %d days at most; what is for longer belongs into the base document", maxSwitch/(24*time.Hour))
	case len(s.Why) > maxWhy:
		return s, apigateway.BadRequest("the reason has %d bytes, and %d is the most", len(s.Why), maxWhy)
	}
	return s, c.change(ctx, by, "PutSwitch", func(t *change) error {
		if s.API != "" {
			if _, err := c.lookupAPI(t, s.API); err != nil {
				return err
			}
		} else if _, err := lookupGateway(t, s.Gateway); err != nil {
			return err
		}
		if err := t.put(s.key(), "", s); err != nil {
			return err
		}
		return c.applySwitches(t, by, fmt.Sprintf("PutSwitch %s on %s until %s", s.Mode, s.on(), s.Until.Format(time.RFC3339)))
	})
}

// EndSwitch ends a switch before its time. Only Gateway and API of s matter.
func (c *Control) EndSwitch(ctx context.Context, by Caller, s Switch) error {
	if err := mayCut(by, s); err != nil {
		return err
	}
	return c.change(ctx, by, "EndSwitch", func(t *change) error { return c.endSwitch(t, by, s) })
}

// endSwitch ends a switch.
func (c *Control) endSwitch(t *change, by Caller, s Switch) error {
	err := t.remove(s.key())
	if errors.Is(err, store.ErrNotFound) {
		return apigateway.NotFound("there is no switch on the %s", s.on())
	}
	if err != nil {
		return err
	}
	return c.applySwitches(t, by, "EndSwitch on "+s.on())
}

// mayCut refuses callers that may not switch what a switch is for.
func mayCut(by Caller, s Switch) error {
	switch {
	case (s.Gateway == "") == (s.API == ""):
		return apigateway.BadRequest("a switch is for a gateway or for an API; give one of them")
	case s.API != "":
		return onAPI(by, auth.Deploy, s.API, nil)
	default:
		return onGateways(by, auth.Deploy)
	}
}

// Switches gives the switches that are on: those of gateways by name, then those of APIs by id.
func (c *Control) Switches(ctx context.Context, by Caller) (switches []Switch, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		found, err := readSwitches(r)
		for _, s := range found {
			if s.API == "" || by.Rights.MayAPI(auth.Read, s.API) {
				switches = append(switches, s)
			}
		}
		return err
	})
	return switches, err
}

// readSwitches reads the switches that are on.
func readSwitches(r store.Reader) ([]Switch, error) {
	gateways, err := all[Switch](r, "switch", onGateway)
	if err != nil {
		return nil, err
	}
	apis, err := all[Switch](r, "switch", onAnAPI)
	return append(gateways, apis...), err
}

// modesOf is what switches mean for a gateway.
func modesOf(switches []Switch, gateway string) assemble.Modes {
	var modes assemble.Modes
	for _, s := range switches {
		switch {
		case s.API != "":
			if modes.APIs == nil {
				modes.APIs = map[string]config.Mode{}
			}
			modes.APIs[s.API] = s.Mode
		case s.Gateway == gateway:
			modes.Gateway = s.Mode
		}
	}
	return modes
}

// applySwitches puts the switches of the moment over what all gateways deliver.
func (c *Control) applySwitches(t *change, by Caller, cause string) error {
	gateways, err := allGateways(t)
	if err != nil {
		return err
	}
	for _, g := range gateways {
		s, err := readStanding(t, g.Name)
		if err != nil {
			return err
		}
		before := s.Stable
		var beforeFirst slot
		if s.Rollout != nil {
			beforeFirst = s.Rollout.To
		}
		if err := c.settle(t, g.Name, &s, Cause{By: by.Name, What: cause, At: c.options.Now().UTC()}); err != nil {
			return err
		}
		if s.Stable == before && (s.Rollout == nil || s.Rollout.To == beforeFirst) {
			continue
		}
		if err := t.putStanding(g.Name, s); err != nil {
			return err
		}
	}
	return nil
}

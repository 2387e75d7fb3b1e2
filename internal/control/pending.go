// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"fmt"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/store"
)

// Pending is what was changed and is not in force everywhere.
type Pending struct {
	// Gateways are those whose nodes do not all run the newest that is deployed, by name.
	Gateways []PendingGateway `json:"gateways"`
	// Stages are those that serve something else than the working copy of their API, by API and name.
	Stages []PendingStage `json:"stages"`
	// Next is the API to go on after, "" when these were all.
	Next string `json:"next,omitempty"`
}

// PendingGateway is a gateway on which something waits.
type PendingGateway struct {
	Gateway string `json:"gateway"`
	Newest  int64  `json:"newest"`
	InForce int64  `json:"inForce"`
	// Why is what it waits for, in words.
	Why string `json:"why"`
}

// PendingStage is a stage whose API was changed since it was deployed there.
type PendingStage struct {
	API   string `json:"api"`
	Stage string `json:"stage"`
	// Deployment is what the stage serves.
	Deployment string `json:"deployment"`
	// Types are the gateway responses that differ, in order, and Changes what would become of each; Other reports that something else
	// differs, such as resources.
	Types   []string                   `json:"types,omitempty"`
	Changes map[string]assemble.Change `json:"changes,omitempty"`
	Other   bool                       `json:"other,omitempty"`
}

// Pending gives what is not in force everywhere: for all gateways, and for the stages of the APIs after an id, at most limit APIs; all if
// limit is 0. What the caller may not read is left out.
func (c *Control) Pending(ctx context.Context, by Caller, after string, limit int) (pending Pending, err error) {
	if err := anywhere(by, nil); err != nil {
		return pending, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		pending = Pending{Gateways: []PendingGateway{}, Stages: []PendingStage{}}
		if err := pending.addGateways(r); err != nil {
			return err
		}
		apis, err := r.List("api", "", after, limit)
		if err != nil {
			return err
		}
		for _, api := range apis {
			if !by.Rights.MayAPI(auth.Read, api.Name) {
				continue
			}
			stages, err := c.pendingStages(r, api.Name)
			if err != nil {
				return err
			}
			pending.Stages = append(pending.Stages, stages...)
		}
		if limit > 0 && len(apis) == limit {
			pending.Next = apis[limit-1].Name
		}
		return nil
	})
	return pending, err
}

// PendingOf gives the stages of an API that serve something else than its working copy, by name.
func (c *Control) PendingOf(ctx context.Context, by Caller, api string) (stages []PendingStage, err error) {
	if err := onAPI(by, auth.Read, api, nil); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		stages, err = c.pendingStages(r, api)
		return err
	})
	return stages, err
}

// addGateways adds the gateways on which something waits.
func (p *Pending) addGateways(r store.Reader) error {
	gateways, err := allGateways(r)
	if err != nil {
		return err
	}
	for _, g := range gateways {
		s, err := readStanding(r, g.Name)
		if err != nil {
			return err
		}
		if why := s.waitsFor(); why != "" {
			p.Gateways = append(p.Gateways, PendingGateway{Gateway: g.Name, Newest: s.Newest, InForce: s.Stable.Revision, Why: why})
		}
	}
	return nil
}

// waitsFor is why nodes do not run what is deployed, "" if they should.
func (s standing) waitsFor() string {
	switch {
	case s.Pin != nil:
		return fmt.Sprintf("%s pinned it to revision %d at %s", s.Pin.By, s.Pin.Revision, s.Pin.At.Format(time.RFC3339))
	case s.Consent != nil && s.Consent.Waits != nil:
		return fmt.Sprintf("revision %d waits for the consent of somebody else than those who caused it", s.Newest)
	case s.Consent != nil && s.Due != nil:
		return "changes of the last second become one revision, which waits for the consent of somebody else than those who caused it"
	case s.Rollout != nil && s.Rollout.Stopped != "":
		return fmt.Sprintf("the rollout of revision %d has stopped: %s", s.Rollout.To.Revision, s.Rollout.Stopped)
	case s.Rollout != nil:
		return fmt.Sprintf("revision %d is for its first nodes only, until one of them has run it for %s", s.Rollout.To.Revision, s.Rollout.Plan.after())
	case s.Due != nil:
		return "changes of the last second become one revision"
	default:
		return ""
	}
}

// heldBackOf is heldBack of the gateways of a stage, "" for no stage.
func heldBackOf(r store.Reader, api, stage string) (string, error) {
	if stage == "" {
		return "", nil
	}
	gateways, err := gatewaysOf(r, api, stage)
	if err != nil {
		return "", err
	}
	return heldBack(r, gateways...)
}

// heldBack says which of some gateways are pinned, have a rollout that is not over, or wait for consent, in a line of ASCII for a header.
func heldBack(r store.Reader, gateways ...string) (string, error) {
	var said []string
	for _, gateway := range gateways {
		s, err := readStanding(r, gateway)
		if err != nil {
			return "", err
		}
		if why := s.waitsFor(); why != "" && (s.Pin != nil || s.Rollout != nil || s.Consent != nil) {
			said = append(said, gateway+": "+why)
		}
	}
	line := strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' {
			return '?'
		}
		return c
	}, strings.Join(said, "; "))
	return line[:min(len(line), maxHeader)], nil
}

// pendingStages are the stages of an API that serve something else than its working copy.
func (c *Control) pendingStages(r store.Reader, api string) (pending []PendingStage, err error) {
	stages, err := all[apigateway.Stage](r, "stage", api)
	if err != nil || len(stages) == 0 {
		return nil, err
	}
	working, err := c.takeSnapshot(r, api)
	if err != nil {
		return nil, err
	}
	_, hash, err := working.Encode()
	if err != nil {
		return nil, err
	}
	for _, stage := range stages {
		var d deployment
		if _, err := get(r, deploymentKey(api, stage.DeploymentID), &d); err != nil {
			return nil, fmt.Errorf("stage %s/%s: %w", api, stage.StageName, err)
		}
		if d.Hash == hash {
			continue
		}
		served, err := readSnapshot(r, api, stage.DeploymentID)
		if err != nil {
			return nil, fmt.Errorf("stage %s/%s: %w", api, stage.StageName, err)
		}
		changes, other, err := served.Differing(working)
		if err != nil {
			return nil, err
		}
		if len(changes) > 0 || other {
			pending = append(pending, PendingStage{
				API: api, Stage: stage.StageName, Deployment: stage.DeploymentID, Types: sortedKeys(changes), Changes: changes, Other: other,
			})
		}
	}
	return pending, nil
}

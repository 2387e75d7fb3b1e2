// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// Fleets gives what the nodes of each gateway should run, by its name.
func (c *Control) Fleets(ctx context.Context) (fleets []deliver.Fleet, err error) {
	err = c.store.View(ctx, func(r store.Reader) error {
		gateways, err := allGateways(r)
		if err != nil {
			return err
		}
		standings, err := allStandings(r)
		if err != nil {
			return err
		}
		fleets = make([]deliver.Fleet, len(gateways))
		for i, g := range gateways {
			if fleets[i], err = c.fleet(r, g, standings[g.Name]); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		c.documents.keep(fleets)
	}
	return fleets, err
}

// Changed gets a value when Fleets may give something else.
func (c *Control) Changed(ctx context.Context) <-chan struct{} { return c.store.Changed(ctx) }

// fleet is what the nodes of a gateway should run.
func (c *Control) fleet(r store.Reader, g Gateway, s standing) (f deliver.Fleet, err error) {
	f = deliver.Fleet{Gateway: g.Name, Plugin: c.plugin(g)}
	if f.Stable, err = c.delivered(r, g.Name, s.Stable.Delivered); err != nil || s.Rollout == nil {
		return f, err
	}
	first, err := c.delivered(r, g.Name, s.Rollout.To.Delivered)
	f.First, f.Selector = &first, s.Rollout.Plan.First
	return f, err
}

// delivered is a revision as it is delivered; number 0 is what a gateway has on which nothing was ever put.
func (c *Control) delivered(r store.Reader, gateway string, number int64) (deliver.Document, error) {
	if number == 0 {
		return deliver.Document{Text: []byte(nothing), Hash: hashOf([]byte(nothing))}, nil
	}
	var known Revision
	_, err := get(r, revisionKey(gateway, number), &known)
	if errors.Is(err, store.ErrNotFound) {
		return deliver.Document{}, noRevision(gateway, number)
	}
	if err != nil {
		return deliver.Document{}, err
	}
	if document, ok := c.documents.find(known.Hash); ok && document.Revision == number {
		return document, nil
	}
	revision, err := readRevision(r, gateway, number)
	return deliver.Document{Revision: number, Text: revision.Text, Hash: revision.Hash}, err
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Revisions gives the revisions of a gateway that are still there, newest first: those before a number, limit at most. before 0 begins
// with the newest, limit 0 gives all. Who may not read all APIs is not told of the causes, which name others, and their hosts.
func (c *Control) Revisions(ctx context.Context, by Caller, gateway string, before int64, limit int) (revisions []Revision, err error) {
	if err := anywhere(by, nil); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupGateway(r, gateway); err != nil {
			return err
		}
		revisions, err = all[Revision](r, "revision", gateway)
		return err
	})
	slices.Reverse(revisions)
	if before != 0 {
		revisions = slices.DeleteFunc(revisions, func(r Revision) bool { return r.Number >= before })
	}
	if limit > 0 && len(revisions) > limit {
		revisions = revisions[:limit]
	}
	if onGateways(by, auth.Read) != nil {
		for i := range revisions {
			revisions[i].Causes, revisions[i].Unlisted = nil, 0
		}
	}
	return revisions, err
}

// Revision gives a revision with its document.
func (c *Control) Revision(ctx context.Context, by Caller, gateway string, number int64) (revision Revision, err error) {
	if err := onGateways(by, auth.Read); err != nil {
		return revision, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := lookupGateway(r, gateway); err != nil {
			return err
		}
		revision, err = readRevision(r, gateway, number)
		if errors.Is(err, store.ErrNotFound) {
			return noRevision(gateway, number)
		}
		return err
	})
	return revision, err
}

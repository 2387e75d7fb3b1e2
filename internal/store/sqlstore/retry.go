// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"time"
)

// retryTime is how long a transaction that fails is run again.
const retryTime = 5 * time.Second

// retrying runs a transaction until it succeeds, or fails for a reason that will not pass.
func (s *Store) retrying(ctx context.Context, transact func() error) error {
	deadline := time.Now().Add(retryTime)
	pause := 10 * time.Millisecond
	for {
		err := transact()
		if err == nil || !s.db.Retry(err) || time.Now().Add(pause).After(deadline) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Second)
	}
}

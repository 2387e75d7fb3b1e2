// SPDX-License-Identifier: Apache-2.0

package deliver

import (
	"context"
	"time"
)

// How long Follow waits before it tries again what has failed: longer each time.
const (
	firstRetry = 200 * time.Millisecond
	lastRetry  = 10 * time.Second
)

// Follow gives take what should be delivered, and again whenever that may be something else, until ctx ends. told gets what became of
// each try: nil, or why the source or take failed, and in which time it is tried again.
func Follow(ctx context.Context, source Source, take func([]Fleet) error, told func(err error, retry time.Duration)) {
	changed := source.Changed(ctx)
	wait := time.Duration(0)
	for {
		fleets, err := source.Fleets(ctx)
		if err == nil {
			err = take(fleets)
		}
		if ctx.Err() != nil {
			return
		}
		var retry <-chan time.Time
		if err == nil {
			wait = 0
		} else {
			wait = min(max(2*wait, firstRetry), lastRetry)
			retry = time.After(wait)
		}
		told(err, wait)
		select {
		case <-ctx.Done():
			return
		case _, open := <-changed:
			if !open {
				changed = nil // the context has ended, or is about to
			}
		case <-retry:
		}
	}
}

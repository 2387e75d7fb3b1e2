// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"context"
	"os"
	"time"
)

// watchInterval is how often a file is looked at. Between two looks an editor may have written half of it, so a change counts
// when it was there twice.
const watchInterval = 150 * time.Millisecond

// Watcher looks at a file for changes.
type Watcher struct {
	path string
	// handled is the state of the file that is known, seen the one at the last look.
	handled, seen stamp
}

// stamp is what tells one state of a file from another; zero for no file.
type stamp struct {
	size     int64
	modified time.Time
}

// NewWatcher watches a file from now on. To miss nothing, read the file after that.
func NewWatcher(path string) *Watcher {
	now := stampOf(path)
	return &Watcher{path, now, now}
}

// Run calls changed each time the file has changed, until ctx ends or changed fails. A file that is gone for a moment, as while
// an editor replaces it, has not changed.
func (w *Watcher) Run(ctx context.Context, changed func() error) error {
	for sleep(ctx, watchInterval) == nil {
		now := stampOf(w.path)
		steady := now == w.seen
		w.seen = now
		if !steady || now == w.handled || now == (stamp{}) {
			continue
		}
		w.handled = now
		if err := changed(); err != nil {
			return err
		}
	}
	return nil
}

// stampOf returns the state of a file.
func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

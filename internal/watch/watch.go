// SPDX-License-Identifier: Apache-2.0

// Package watch says when files have changed. It looks at them again and again, which works on every file system and whatever
// editors do: write in place, or put a new file in the place of the old one.
package watch

import (
	"context"
	"os"
	"time"
)

// interval is how often files are looked at. Between two looks an editor may have written half of one, so a change counts when
// it was there twice.
const interval = 150 * time.Millisecond

// patience is for how many looks a file that is gone is waited for: an editor may be about to put another one in its place.
const patience = 6

// Watcher looks at files for changes.
type Watcher struct{ files map[string]*file }

// file is what is known of a file.
type file struct {
	// handled is the state that is known, seen the one at the last look.
	handled, seen stamp
	// looks is for how many looks it has been in the state seen.
	looks int
}

// stamp is what tells one state of a file from another; zero for no file.
type stamp struct {
	size     int64
	modified time.Time
}

// New watches files from now on. To miss nothing, read the files after that. A path without a file is watched for one to come.
func New(paths ...string) *Watcher {
	w := &Watcher{files: map[string]*file{}}
	w.Add(paths...)
	return w
}

// Add watches more files from now on. What is watched already stays as it is known.
func (w *Watcher) Add(paths ...string) {
	for _, path := range paths {
		if w.files[path] == nil {
			now := stampOf(path)
			w.files[path] = &file{handled: now, seen: now}
		}
	}
}

// Run calls changed each time one of the files has changed, until ctx ends or changed fails. A file that is gone for less than
// a second, as while an editor replaces it, has not changed.
func (w *Watcher) Run(ctx context.Context, changed func() error) error {
	ticks := time.NewTicker(interval)
	defer ticks.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticks.C:
		}
		if !w.look() {
			continue
		}
		if err := changed(); err != nil {
			return err
		}
	}
}

// look looks at all files, and reports whether they have changed and are whole.
func (w *Watcher) look() bool {
	steady, changed := true, false
	for path, f := range w.files {
		f.look(path)
		steady, changed = steady && f.isSteady(), changed || f.seen != f.handled
	}
	if !steady || !changed {
		return false
	}
	for _, f := range w.files {
		f.handled = f.seen
	}
	return true
}

// look looks at the file.
func (f *file) look(path string) {
	now := stampOf(path)
	f.looks++
	if now != f.seen {
		f.seen, f.looks = now, 0
	}
}

// isSteady reports whether nobody seems to be writing the file.
func (f *file) isSteady() bool {
	isGone := f.seen == stamp{} && f.handled != stamp{}
	return f.looks >= 1 && (!isGone || f.looks >= patience)
}

// stampOf returns the state of a file.
func stampOf(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	return stamp{info.Size(), info.ModTime()}
}

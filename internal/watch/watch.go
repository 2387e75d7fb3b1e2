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

// coarse is longer than the steps in which any file system counts time: what came into a folder in the same step as another thing
// may have left its time as it was.
const coarse = 3 * time.Second

// Watcher looks at files for changes.
type Watcher struct{ files map[string]*file }

// file is what is known of a file, or of a folder.
type file struct {
	// matters says which files and folders in the folder matter, nil for a file.
	matters func(os.DirEntry) bool
	// listed is the state of the folder when its names were read.
	listed time.Time
	// handled is the state that is known, seen the one at the last look.
	handled, seen stamp
	// looks is for how many looks it has been in the state seen.
	looks int
}

// stamp is what tells one state of a file from another; zero for no file. That of a folder is what it holds.
type stamp struct {
	size     int64
	modified time.Time
	names    string
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
			w.add(path, &file{})
		}
	}
}

// AddFolder watches a folder from now on, for files and folders that come into it or go, if they matter. What they hold, and what is
// in folders of it, it does not watch.
func (w *Watcher) AddFolder(path string, matters func(os.DirEntry) bool) {
	if w.files[path] == nil {
		w.add(path, &file{matters: matters})
	}
}

// add watches a file or folder.
func (w *Watcher) add(path string, f *file) {
	f.handled = f.stamp(path)
	f.seen = f.handled
	w.files[path] = f
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
	now := f.stamp(path)
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

// stamp returns the state of the file.
func (f *file) stamp(path string) stamp {
	info, err := os.Stat(path)
	if err != nil {
		return stamp{}
	}
	if f.matters == nil {
		return stamp{size: info.Size(), modified: info.ModTime()}
	}
	if f.listed.Equal(info.ModTime()) && time.Since(f.listed) > coarse {
		return f.seen
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return stamp{}
	}
	f.listed = info.ModTime()
	names := "/" // not zero when there are none
	for _, entry := range entries {
		if f.matters(entry) {
			names += entry.Name() + "/"
		}
	}
	return stamp{names: names}
}

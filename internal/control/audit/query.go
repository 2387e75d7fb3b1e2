// SPDX-License-Identifier: Apache-2.0

package audit

import (
	"slices"

	"gatewayresponses/internal/store"
)

// Query says which entries are wanted.
type Query struct {
	// After lists the entries after a number, the oldest first.
	After int64
	// Newest lists the newest first instead: those before Before, or all if it is 0.
	Newest bool
	Before int64
	// Limit is how many entries there are at most. There are fewer where they are large.
	Limit int
}

const (
	// maxScan is how many entries a page looks at, so that one whose filter fits nothing ends soon.
	maxScan = 2_000
	// maxPage is the size of the changes on a page from which on it ends, in bytes.
	maxPage = 4 << 20
	// chunk is how many entries are read at once.
	chunk = 100
)

// Page reads entries with those of their changes that shown takes, without entries of which it takes none, and moves the query behind what
// was read. It reports whether there is more.
func (q *Query) Page(r store.Reader, shown func(Change) bool) (entries []Entry, more bool, err error) {
	if err := q.start(r); err != nil {
		return nil, false, err
	}
	entries = []Entry{}
	for scanned, size := 0, 0; ; {
		found, last, err := q.chunk(r)
		if err != nil {
			return nil, false, err
		}
		for _, entry := range found {
			if len(entries) == q.Limit || scanned == maxScan || size > maxPage {
				return entries, true, nil
			}
			scanned++
			q.move(entry.Number)
			entry.Changes = slices.DeleteFunc(entry.Changes, func(c Change) bool { return !shown(c) })
			if len(entry.Changes) > 0 {
				entries = append(entries, entry)
				size += entry.size()
			}
		}
		if last {
			return entries, false, nil
		}
	}
}

// size is that of the changes, in bytes.
func (e Entry) size() (size int) {
	for _, change := range e.Changes {
		size += len(change.Before) + len(change.After)
	}
	return size
}

// start finds the newest entry where the query begins with it, or behind it.
func (q *Query) start(r store.Reader) error {
	if !q.Newest {
		return nil
	}
	newest, err := r.Last(log)
	if behind := newest.Number + 1; q.Before == 0 || q.Before > behind {
		q.Before = behind
	}
	return err
}

// chunk reads the next entries in the order of the query, and reports whether they are the last ones.
func (q *Query) chunk(r store.Reader) (entries []Entry, last bool, err error) {
	after, limit := q.After, chunk
	if q.Newest {
		after = max(0, q.Before-1-chunk)
		limit = int(q.Before - 1 - after)
	}
	if limit == 0 {
		return nil, true, nil
	}
	read, err := r.Log(log, after, limit)
	if err != nil {
		return nil, false, err
	}
	for _, entry := range read {
		parsed, err := parse(entry)
		if err != nil {
			return nil, false, err
		}
		entries = append(entries, parsed)
	}
	if q.Newest {
		slices.Reverse(entries)
		return entries, after == 0, nil
	}
	return entries, len(read) < chunk, nil
}

// move goes on behind an entry.
func (q *Query) move(number int64) {
	if q.Newest {
		q.Before = number
	} else {
		q.After = number
	}
}

// Position is where the query goes on: its After, or its Before.
func (q *Query) Position() int64 {
	if q.Newest {
		return q.Before
	}
	return q.After
}

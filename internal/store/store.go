// SPDX-License-Identifier: Apache-2.0

// Package store says what the server keeps things in: records, logs and notes.
//
// Records are named, versioned values, and logs only grow. Both change in
// transactions of which only one runs at a time, over all replicas: the audit
// log orders all changes anyway, and nothing that is read in a change can be
// out of date when it is committed. Notes are what replicas tell each other of
// the moment, such as which nodes are connected: they expire, take part in no
// transaction, and are in no backup.
//
// The store knows nothing of what a value means. internal/store/sqlite and
// internal/store/postgres keep it; both pass the tests of
// internal/store/storetest.
package store

import (
	"context"
	"errors"
	"time"
)

// What a store answers. Other errors say that it cannot be reached or is broken.
var (
	// ErrNotFound says that there is no such record.
	ErrNotFound = errors.New("not found")
	// ErrExists says that a record of this name is there already.
	ErrExists = errors.New("already exists")
	// ErrChanged says that a record has another version than the one given.
	ErrChanged = errors.New("changed meanwhile")
	// ErrUnavailable says that the store cannot be reached, or not be written, at the moment: nothing was changed.
	ErrUnavailable = errors.New("the store is not available")
	// ErrUnknown says that the store was lost while it committed: the change may have been made, or not.
	ErrUnknown = errors.New("it is not known whether the change was made")
)

// Key names a record or a note. Kind and name are not empty, and all three are UTF-8 of at most MaxKey bytes together.
type Key struct {
	// Kind is what it is, such as "stage".
	Kind string
	// Scope is what it belongs to, such as the id of an API; often empty.
	Scope string
	// Name tells it from others of its kind and scope.
	Name string
}

// MaxKey is how long kind, scope and name of a key may be together, and the link of a record, in bytes.
const MaxKey = 1000

// Record is a named value.
type Record struct {
	Key
	// Version is 1 when the record is made, and one more with each change.
	Version int64
	// Link names what the record refers to, for Linked; often empty.
	Link string
	// Body is the value, JSON.
	Body []byte
}

// Entry is one entry of a log.
type Entry struct {
	// Number is 1 for the first entry of a log, and one more for each that follows.
	Number int64
	// Body is the value, JSON.
	Body []byte
}

// Note is what replicas tell each other of the moment.
type Note struct {
	Key
	// Body is the value, JSON.
	Body []byte
	// Expires is when the note is gone unless it was written again.
	Expires time.Time
}

// Reader reads records and logs as they were at one moment.
type Reader interface {
	// Get gives a record, or ErrNotFound.
	Get(Key) (Record, error)
	// List gives the records of a kind and scope in the order of the bytes of their names, those after a name, at most limit; all if limit is 0.
	List(kind, scope, after string, limit int) ([]Record, error)
	// Count says how many records of a kind and scope there are.
	Count(kind, scope string) (int, error)
	// All gives the records of a kind in all scopes, by scope and name.
	All(kind string) ([]Record, error)
	// Linked gives the records of a kind, in all scopes, that refer to something, by scope and name.
	Linked(kind, link string) ([]Record, error)
	// Log gives the entries of a log after a number, at most limit; all if limit is 0.
	Log(name string, after int64, limit int) ([]Entry, error)
	// Last gives the last entry of a log; the zero Entry if it has none.
	Last(log string) (Entry, error)
	// Records gives the records of all kinds, by kind, scope and name: those after a key, at most limit; all if limit is 0.
	Records(after Key, limit int) ([]Record, error)
	// Logs gives the names of the logs that have entries.
	Logs() ([]string, error)
}

// Writer changes records and logs. Nothing of it is seen before the change is committed.
type Writer interface {
	Reader
	// Insert adds a record with version 1, or says ErrExists. It ignores the version given.
	Insert(Record) error
	// Update changes body and link of a record that has the version given, or says ErrNotFound or ErrChanged.
	Update(Record) error
	// Delete removes a record, or says ErrNotFound.
	Delete(Key) error
	// Append adds an entry to a log, and gives its number.
	Append(log string, body []byte) (int64, error)
	// Restore adds a record with the version given, as a backup has it, or says ErrExists.
	Restore(Record) error
}

// Store keeps records, logs and notes.
type Store interface {
	// View reads at one moment. An error of f comes back as it is; f runs once at most.
	View(ctx context.Context, f func(Reader) error) error
	// Change reads and writes, or does nothing if f returns an error, which comes back as it is. One change runs at a time over all replicas; f may run more than once.
	Change(ctx context.Context, f func(Writer) error) error
	// Changed gets a value soon after a change was committed by anyone, several changes may share one. It is closed with the context.
	Changed(ctx context.Context) <-chan struct{}
	// PutNote writes a note.
	PutNote(ctx context.Context, note Note) error
	// Note gives a note that has not expired, or ErrNotFound.
	Note(ctx context.Context, key Key) (Note, error)
	// Notes gives the notes of a kind and scope that have not expired, by name; of all scopes if scope is "*".
	Notes(ctx context.Context, kind, scope string) ([]Note, error)
	// DeleteNote removes a note; it need not be there.
	DeleteNote(ctx context.Context, key Key) error
	// Ping says whether the store can be reached and written.
	Ping(ctx context.Context) error
	// Close lets go of it.
	Close() error
}

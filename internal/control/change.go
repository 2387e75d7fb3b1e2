// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store"
)

// change is a transaction that remembers what it changed, for the audit log.
type change struct {
	store.Writer
	changes []audit.Change
	// shown is the size of the values that changes hold, in bytes.
	shown int
	// dry reports that all of it is undone at the end, and trial notes what would become of it; nil if nobody asks.
	dry   bool
	trial *trial
}

// change runs f in a transaction, and writes what it changed to the audit log. A change of nothing leaves no entry. That of a dry run is
// undone.
func (c *Control) change(ctx context.Context, by Caller, action string, f func(*change) error) error {
	err := c.store.Change(ctx, func(w store.Writer) error {
		by.trial.begin()
		t := &change{Writer: w, dry: by.DryRun, trial: by.trial}
		if err := f(t); err != nil {
			return err
		}
		if t.dry {
			return errDryRun
		}
		if len(t.changes) == 0 {
			return nil
		}
		return audit.Append(t, audit.Entry{
			At: c.options.Now().UTC(), By: by.Name, Key: by.Key, Person: by.Person, RequestID: by.RequestID, Action: action, Changes: t.changes,
		})
	})
	if errors.Is(err, errDryRun) {
		return nil
	}
	return err
}

// insert adds a record, and says store.ErrExists if it is there already.
func (t *change) insert(key store.Key, link string, value any) error {
	body, err := encode(key, value)
	if err != nil {
		return err
	}
	if err := t.Insert(store.Record{Key: key, Link: link, Body: body}); err != nil {
		return err
	}
	t.note(key, nil, body)
	return nil
}

// update changes a record whatever its version is: one change runs at a time.
func (t *change) update(key store.Key, link string, value any) error {
	body, err := encode(key, value)
	if err != nil {
		return err
	}
	old, err := t.Get(key)
	if err != nil {
		return err
	}
	if err := t.Update(store.Record{Key: key, Version: old.Version, Link: link, Body: body}); err != nil {
		return err
	}
	t.note(key, old.Body, body)
	return nil
}

// encode writes a value as the store keeps it, or says that it is too large.
func encode(key store.Key, value any) ([]byte, error) {
	body, err := json.Marshal(value)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", key.Kind, key.Name, err)
	}
	if most := recordSize(key.Kind); len(body) > most {
		return nil, apigateway.OverLimit("The %s %s would have %d bytes, and %d is the most", key.Kind, key.Name, len(body), most)
	}
	return body, nil
}

// put updates a record, or adds it.
func (t *change) put(key store.Key, link string, value any) error {
	err := t.update(key, link, value)
	if errors.Is(err, store.ErrNotFound) {
		return t.insert(key, link, value)
	}
	return err
}

// remove deletes a record, or says store.ErrNotFound.
func (t *change) remove(key store.Key) error {
	old, err := t.Get(key)
	if err != nil {
		return err
	}
	if err := t.Delete(key); err != nil {
		return err
	}
	t.note(key, old.Body, nil)
	return nil
}

func (t *change) note(key store.Key, before, after []byte) {
	t.noteTried(key, before, after)
	t.changes = append(t.changes, audit.Change{Kind: key.Kind, Scope: key.Scope, Name: key.Name, Before: t.show(before), After: t.show(after)})
}

// maxShown is the size of values that the audit log holds whole, in bytes, and maxShownTogether that of all values of an entry: an API that
// is removed has thousands.
const (
	maxShown         = 32 << 10
	maxShownTogether = 256 << 10
)

// show is what the audit log holds of a value: the value, or its hash and size.
func (t *change) show(body []byte) json.RawMessage {
	if len(body) <= maxShown && t.shown+len(body) <= maxShownTogether {
		t.shown += len(body)
		return body
	}
	return fmt.Appendf(nil, `{"sha256":%q,"bytes":%d}`, hashOf(body), len(body))
}

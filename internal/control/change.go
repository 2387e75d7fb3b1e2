// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// auditLog is the log of the store that holds who changed what.
const auditLog = "audit"

// AuditEntry says who changed what.
type AuditEntry struct {
	Number int64 `json:"number"`
	// At is when, UTC.
	At time.Time `json:"at"`
	// By is the name of the caller, Key the access key used.
	By  string `json:"by"`
	Key string `json:"key,omitempty"`
	// RequestID is that of the answer that the caller got.
	RequestID string `json:"requestId,omitempty"`
	// Action is the operation, such as PutGatewayResponse.
	Action string `json:"action"`
	// Changes are the records that it changed, in order.
	Changes []AuditChange `json:"changes"`
	// Previous is the hash of the entry before, empty for the first.
	Previous string `json:"previous"`
	// Hash is the SHA-256 of this entry without it, in hex.
	Hash string `json:"hash"`
}

// AuditChange is one record before and after. Secrets are not among what it shows.
type AuditChange struct {
	Kind   string          `json:"kind"`
	Scope  string          `json:"scope,omitempty"`
	Name   string          `json:"name"`
	Before json.RawMessage `json:"before,omitempty"`
	After  json.RawMessage `json:"after,omitempty"`
}

// change is a transaction that remembers what it changed, for the audit log.
type change struct {
	store.Writer
	changes []AuditChange
	// shown is the size of the values that changes hold, in bytes.
	shown int
}

// change runs f in a transaction, and writes what it changed to the audit log. A change of nothing leaves no entry.
func (c *Control) change(ctx context.Context, by Caller, action string, f func(*change) error) error {
	return c.store.Change(ctx, func(w store.Writer) error {
		t := &change{Writer: w}
		if err := f(t); err != nil {
			return err
		}
		if len(t.changes) == 0 {
			return nil
		}
		return t.audit(AuditEntry{At: c.options.Now().UTC(), By: by.Name, Key: by.Key, RequestID: by.RequestID, Action: action, Changes: t.changes})
	})
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
	t.changes = append(t.changes, AuditChange{Kind: key.Kind, Scope: key.Scope, Name: key.Name, Before: t.show(before), After: t.show(after)})
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
	sum := sha256.Sum256(body)
	return fmt.Appendf(nil, `{"sha256":%q,"bytes":%d}`, hex.EncodeToString(sum[:]), len(body))
}

// audit appends an entry that is chained to the one before.
func (t *change) audit(entry AuditEntry) error {
	last, err := t.Last(auditLog)
	if err != nil {
		return err
	}
	if last.Number > 0 {
		var before AuditEntry
		if err := json.Unmarshal(last.Body, &before); err != nil {
			return fmt.Errorf("audit entry %d: %w", last.Number, err)
		}
		entry.Previous = before.Hash
	}
	entry.Number = last.Number + 1
	if entry.Hash, err = entry.hash(); err != nil {
		return err
	}
	body, err := json.Marshal(entry)
	if err != nil {
		return err
	}
	_, err = t.Append(auditLog, body)
	return err
}

// hash is the SHA-256 of the entry as JSON, its own hash being empty.
func (e AuditEntry) hash() (string, error) {
	e.Hash = ""
	text, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// get reads a record into value, and gives its version.
func get(r store.Reader, key store.Key, value any) (int64, error) {
	record, err := r.Get(key)
	if err != nil {
		return 0, err
	}
	if err := json.Unmarshal(record.Body, value); err != nil {
		return 0, fmt.Errorf("%s %s: %w", key.Kind, key.Name, err)
	}
	return record.Version, nil
}

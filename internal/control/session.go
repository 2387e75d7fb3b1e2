// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// ErrNoSession says that a session is over, or that there never was one.
var ErrNoSession = errors.New("no such session")

const (
	// SessionTime is how long a session lasts at most.
	SessionTime = 12 * time.Hour
	// SessionIdle is how long a session lasts that nobody uses, to a minute.
	SessionIdle = time.Hour
	// maxSessions is how many sessions an access key has at most. Another one ends the oldest.
	maxSessions = 20
	// sessionUse is the kind of the notes that keep sessions alive. A session without one is over: so no backup brings one back.
	sessionUse = "sessionuse"
)

// session is the record of somebody who is signed in. Its name is the hash of its word, its link the access key.
type session struct {
	// Key is the access key that it was begun with. The session may do what the key may do at each moment.
	Key     string    `json:"key"`
	Started time.Time `json:"started"`
	// Ends is when it ends at the latest.
	Ends time.Time `json:"ends"`
}

// sessionKey names a session by the hash of its word.
func sessionKey(hash string) store.Key { return store.Key{Kind: "session", Name: hash} }

// SignIn begins a session of a caller who has an access key, and gives its word, which is kept nowhere.
func (c *Control) SignIn(ctx context.Context, by Caller) (word string, err error) {
	word = auth.NewSession()
	hash, _ := auth.SessionHash(word)
	now := c.options.Now().UTC()
	if err := c.keepSession(ctx, hash, now); err != nil {
		return "", err
	}
	err = c.change(ctx, by, "SignIn", func(t *change) error {
		if err := t.endOldSessions(by.Key, now); err != nil {
			return err
		}
		return t.insert(sessionKey(hash), by.Key, session{by.Key, now, now.Add(SessionTime)})
	})
	return word, err
}

// endOldSessions makes room for a session of a key, and removes all that are over.
func (t *change) endOldSessions(key string, now time.Time) error {
	records, err := t.All(sessionKey("").Kind)
	if err != nil {
		return err
	}
	var old, own []store.Record
	started := map[string]time.Time{}
	for _, record := range records {
		var s session
		if err := decode(record, &s); err != nil {
			return err
		}
		started[record.Name] = s.Started
		switch {
		case !s.Ends.After(now):
			old = append(old, record)
		case s.Key == key:
			own = append(own, record)
		}
	}
	slices.SortFunc(own, func(a, b store.Record) int {
		return cmp.Or(started[a.Name].Compare(started[b.Name]), cmp.Compare(a.Name, b.Name))
	})
	if spare := len(own) - (maxSessions - 1); spare > 0 {
		old = append(old, own[:spare]...)
	}
	return t.deleteAll(old)
}

// endSessions ends all sessions of an access key.
func (t *change) endSessions(key string) error {
	records, err := t.Linked(sessionKey("").Kind, key)
	if err != nil {
		return err
	}
	return t.deleteAll(records)
}

// deleteAll deletes records that the audit log need not show.
func (t *change) deleteAll(records []store.Record) error {
	for _, record := range records {
		if err := t.Delete(record.Key); err != nil {
			return err
		}
	}
	return nil
}

// keepSession notes that a session is used.
func (c *Control) keepSession(ctx context.Context, hash string, now time.Time) error {
	return c.store.PutNote(ctx, store.Note{Key: store.Key{Kind: sessionUse, Scope: hash, Name: "use"}, Body: []byte("{}"), Expires: now.Add(SessionIdle)})
}

// Session gives whose a session is, by its word, or ErrNoSession. It has the rights of its access key, and is over when the key does not
// work any more. To ask keeps it alive.
func (c *Control) Session(ctx context.Context, word string) (Caller, error) {
	hash, ok := auth.SessionHash(word)
	if !ok {
		return Caller{}, ErrNoSession
	}
	var s session
	err := c.store.View(ctx, func(r store.Reader) error {
		_, err := get(r, sessionKey(hash), &s)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return Caller{}, ErrNoSession
	}
	if err != nil {
		return Caller{}, err
	}
	uses, err := c.store.Notes(ctx, sessionUse, hash)
	if err != nil {
		return Caller{}, err
	}
	now := c.options.Now().UTC()
	if !s.Ends.After(now) || len(uses) == 0 || !uses[0].Expires.After(now) {
		return Caller{}, ErrNoSession
	}
	key, _, err := c.FindKey(ctx, s.Key)
	if errors.Is(err, ErrNoKey) || errors.Is(err, ErrKeyExpired) {
		return Caller{}, ErrNoSession
	}
	if err != nil {
		return Caller{}, err
	}
	if uses[0].Expires.Sub(now) < SessionIdle-useEvery {
		err = c.keepSession(ctx, hash, now)
	}
	return Caller{Name: key.Name, Key: key.ID, Rights: key.Rights}, err
}

// SignOut ends a session, by its word. One that is over stays so.
func (c *Control) SignOut(ctx context.Context, by Caller, word string) error {
	hash, ok := auth.SessionHash(word)
	if !ok {
		return nil
	}
	err := c.change(ctx, by, "SignOut", func(t *change) error { return t.remove(sessionKey(hash)) })
	if errors.Is(err, store.ErrNotFound) {
		return nil
	}
	return err
}

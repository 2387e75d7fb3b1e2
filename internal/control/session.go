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
	// maxSessions is how many sessions an access key or a person has at most. Another one ends the oldest.
	maxSessions = 20
	// sessionUse is the kind of the notes that keep sessions alive. A session without one is over: so no backup brings one back.
	sessionUse = "sessionuse"
)

// session is the record of somebody who is signed in. Its name is the hash of its word, its link the identity of the caller.
type session struct {
	// Key is the access key that it was begun with. The session may do what the key may do at each moment.
	Key string `json:"key,omitempty"`
	// Person is who began it without a key; nil is nobody.
	Person  *person   `json:"person,omitempty"`
	Started time.Time `json:"started"`
	// Ends is when it ends at the latest.
	Ends time.Time `json:"ends"`
}

// identity is that of the caller.
func (s session) identity() string {
	if s.Person != nil {
		return s.Person.identity()
	}
	return s.Key
}

// sessionKey names a session by the hash of its word.
func sessionKey(hash string) store.Key { return store.Key{Kind: "session", Name: hash} }

// SignIn begins a session of a caller who has an access key, and gives its word, which is kept nowhere.
func (c *Control) SignIn(ctx context.Context, by Caller) (word string, err error) {
	return c.beginSession(ctx, by, session{Key: by.Key}, func(*change, string) error { return nil })
}

// beginSession begins a session, with what else is kept of it.
func (c *Control) beginSession(ctx context.Context, by Caller, begun session, keep func(t *change, hash string) error) (word string, err error) {
	word = auth.NewSession()
	hash, _ := auth.SessionHash(word)
	now := c.options.Now().UTC()
	begun.Started, begun.Ends = now, now.Add(SessionTime)
	if err := c.keepSession(ctx, hash, now); err != nil {
		return "", err
	}
	err = c.change(ctx, by, "SignIn", func(t *change) error {
		if err := t.endOldSessions(begun.identity(), now); err != nil {
			return err
		}
		if err := keep(t, hash); err != nil {
			return err
		}
		return t.insert(sessionKey(hash), begun.identity(), begun)
	})
	return word, err
}

// endOldSessions makes room for a session of a caller, and removes all that are over.
func (t *change) endOldSessions(identity string, now time.Time) error {
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
		case s.identity() == identity:
			own = append(own, record)
		}
	}
	slices.SortFunc(own, func(a, b store.Record) int {
		return cmp.Or(started[a.Name].Compare(started[b.Name]), cmp.Compare(a.Name, b.Name))
	})
	if spare := len(own) - (maxSessions - 1); spare > 0 {
		old = append(old, own[:spare]...)
	}
	return t.dropSessions(old)
}

// endKeySessions ends all sessions of an access key.
func (t *change) endKeySessions(key string) error {
	records, err := t.Linked(sessionKey("").Kind, key)
	if err != nil {
		return err
	}
	return t.dropSessions(records)
}

// dropSessions deletes sessions of which the audit log need not show that they ended.
func (t *change) dropSessions(records []store.Record) error {
	for _, record := range records {
		if err := t.Delete(record.Key); err != nil {
			return err
		}
		if err := t.dropClaims(record.Name); err != nil {
			return err
		}
	}
	return nil
}

// keepSession notes that a session is used.
func (c *Control) keepSession(ctx context.Context, hash string, now time.Time) error {
	return c.store.PutNote(ctx, store.Note{Key: store.Key{Kind: sessionUse, Scope: hash, Name: "use"}, Body: []byte("{}"), Expires: now.Add(SessionIdle)})
}

// Session gives whose a session is, by its word, or ErrNoSession. It has the rights of its access key or its person at this moment, and is
// over when the key does not work any more, or nothing is granted to the person. To ask keeps it alive.
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
	by, err := c.sessionCaller(ctx, hash, s)
	if err != nil {
		return Caller{}, err
	}
	if uses[0].Expires.Sub(now) < SessionIdle-useEvery {
		err = c.keepSession(ctx, hash, now)
	}
	return by, err
}

// sessionCaller is whose a session is, with the rights of this moment.
func (c *Control) sessionCaller(ctx context.Context, hash string, s session) (Caller, error) {
	if s.Person != nil {
		return c.personCaller(ctx, hash, *s.Person)
	}
	key, _, err := c.FindKey(ctx, s.Key)
	if errors.Is(err, ErrNoKey) || errors.Is(err, ErrKeyExpired) {
		return Caller{}, ErrNoSession
	}
	return Caller{Name: key.Name, Key: key.ID, Rights: key.Rights}, err
}

// SignOut ends a session, by its word, and gives the ID token that a person began it with, "" for none. One that is over stays so.
func (c *Control) SignOut(ctx context.Context, by Caller, word string) (idToken string, err error) {
	hash, ok := auth.SessionHash(word)
	if !ok {
		return "", nil
	}
	err = c.change(ctx, by, "SignOut", func(t *change) error {
		if idToken, err = c.idToken(t, hash); err != nil {
			return err
		}
		return t.endSession(hash)
	})
	if errors.Is(err, store.ErrNotFound) {
		return "", nil
	}
	return idToken, err
}

// endSession ends a session, or says store.ErrNotFound.
func (t *change) endSession(hash string) error {
	if err := t.remove(sessionKey(hash)); err != nil {
		return err
	}
	return t.dropClaims(hash)
}

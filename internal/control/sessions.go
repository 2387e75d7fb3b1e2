// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Session is somebody who is signed in to the console.
type Session struct {
	// ID names the session. It is not the word that the browser has.
	ID string `json:"id"`
	// Name is that of the access key or of the person.
	Name string `json:"name"`
	// Key is the access key; empty for a person who has none.
	Key string `json:"key,omitempty"`
	// Person is ISSUER|SUBJECT; empty for who has a key.
	Person string      `json:"person,omitempty"`
	Rights auth.Rights `json:"rights"`
	// Started is when it was begun, LastUsed when it was used last, to a minute, and Ends when it ends at the latest.
	Started  time.Time `json:"started"`
	LastUsed time.Time `json:"lastUsed"`
	Ends     time.Time `json:"ends"`
}

// Sessions gives who is signed in, the newest first: those of whom the caller has all rights.
func (c *Control) Sessions(ctx context.Context, by Caller) ([]Session, error) {
	if !by.Rights.May(auth.Admin) {
		return nil, apigateway.Denied("listing who is signed in takes the role admin")
	}
	uses, err := c.store.Notes(ctx, sessionUse, "*")
	if err != nil {
		return nil, err
	}
	now := c.options.Now().UTC()
	used := make(map[string]time.Time, len(uses))
	for _, use := range uses {
		if use.Expires.After(now) {
			used[use.Scope] = use.Expires.Add(-SessionIdle).UTC()
		}
	}
	var found []Session
	err = c.store.View(ctx, func(r store.Reader) error {
		found = nil
		records, err := r.All(sessionKey("").Kind)
		if err != nil {
			return err
		}
		for _, record := range records {
			shown, err := c.shownSession(r, record)
			if err != nil {
				return err
			}
			at, ok := used[record.Name]
			if shown.LastUsed = at; ok && shown.Ends.After(now) && lacksOf(by, shown) == "" {
				found = append(found, shown)
			}
		}
		return nil
	})
	slices.SortStableFunc(found, func(a, b Session) int { return b.Started.Compare(a.Started) })
	return found, err
}

// shownSession is what is shown of a session. It has no rights if its key is gone, or nothing is granted to its person any more.
func (c *Control) shownSession(r store.Reader, record store.Record) (Session, error) {
	var s session
	if err := decode(record, &s); err != nil {
		return Session{}, err
	}
	shown := Session{ID: record.Name, Started: s.Started, Ends: s.Ends}
	if s.Person == nil {
		var key Key
		_, err := get(r, accessKey(s.Key), &key)
		if errors.Is(err, store.ErrNotFound) {
			err = nil
		}
		shown.Key, shown.Name, shown.Rights = s.Key, key.Name, key.Rights
		return shown, err
	}
	var said claims
	_, err := get(r, claimsKey(record.Name), &said)
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	shown.Person, shown.Name = s.Person.identity(), s.Person.Name
	shown.Rights, _ = c.options.People.Rights(s.Person.Issuer, said.Values)
	return shown, err
}

// lacksOf says which rights of whoever is signed in a caller lacks.
func lacksOf(by Caller, s Session) string {
	if s.Rights.Role == "" {
		return ""
	}
	return by.Rights.Lacks(s.Rights)
}

// EndSession ends a session: whoever has it has to sign in again.
func (c *Control) EndSession(ctx context.Context, by Caller, id string) (apigateway.Empty, error) {
	return apigateway.Empty{}, c.endSessions(ctx, by, "EndSession", func(t *change) ([]store.Record, error) {
		record, err := t.Get(sessionKey(id))
		if errors.Is(err, store.ErrNotFound) {
			return nil, apigateway.NotFound("there is no session %q", id)
		}
		return []store.Record{record}, err
	})
}

// EndSessions ends all sessions of an access key or a person.
func (c *Control) EndSessions(ctx context.Context, by Caller, identity string) (apigateway.Empty, error) {
	return apigateway.Empty{}, c.endSessions(ctx, by, "EndSessions", func(t *change) ([]store.Record, error) {
		records, err := t.Linked(sessionKey("").Kind, identity)
		if err == nil && len(records) == 0 {
			err = apigateway.NotFound("there is no session of %q", identity)
		}
		return records, err
	})
}

// endSessions ends sessions of whose owners the caller has all rights.
func (c *Control) endSessions(ctx context.Context, by Caller, action string, which func(*change) ([]store.Record, error)) error {
	if !by.Rights.May(auth.Admin) {
		return apigateway.Denied("ending sessions of others takes the role admin")
	}
	return c.change(ctx, by, action, func(t *change) error {
		records, err := which(t)
		if err != nil {
			return err
		}
		for _, record := range records {
			shown, err := c.shownSession(t, record)
			if err != nil {
				return err
			}
			if lacks := lacksOf(by, shown); lacks != "" {
				return apigateway.Denied("whoever is signed in has rights that you have not: %s", lacks)
			}
			if err := t.endSession(record.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

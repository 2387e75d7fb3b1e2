// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Why a key does not work.
var (
	// ErrNoKey says that there is no such key, or that it is disabled.
	ErrNoKey = errors.New("no such access key")
	// ErrKeyExpired says that the key was good until some time ago.
	ErrKeyExpired = errors.New("the access key has expired")
)

// KeyDelay is how long a key may go on to work after it was deleted or disabled on another replica.
const KeyDelay = 2 * time.Second

// FindKey gives a key that works, and its secret, to whoever finds out who is asking. It says ErrNoKey or ErrKeyExpired of others.
func (c *Control) FindKey(ctx context.Context, id string) (Key, string, error) {
	if !auth.IsKeyID(id) {
		return Key{}, "", ErrNoKey
	}
	now := c.options.Now()
	found, ok := c.keys.get(id, now)
	if !ok {
		var err error
		if found, err = c.readKey(ctx, id); err != nil {
			return Key{}, "", err
		}
		c.keys.put(id, found, now)
	}
	switch key := found.key; {
	case key.ID == "" || key.Disabled:
		return Key{}, "", ErrNoKey
	case key.Expires != nil && !key.Expires.After(now):
		return Key{}, "", ErrKeyExpired
	default:
		return key, found.secret, nil
	}
}

// readKey reads a key and its secret; neither if there is no such key.
func (c *Control) readKey(ctx context.Context, id string) (foundKey, error) {
	var found foundKey
	err := c.store.View(ctx, func(r store.Reader) error {
		var sealed sealedSecret
		found = foundKey{}
		if _, err := get(r, accessKey(id), &found.key); err != nil {
			return err
		}
		if _, err := get(r, secretKey(id), &sealed); err != nil {
			return err
		}
		secret, err := c.options.Sealer.Open(sealed.Sealed, id)
		if err != nil {
			return fmt.Errorf("access key %s: %w", id, err)
		}
		found.secret = string(secret)
		return nil
	})
	if errors.Is(err, store.ErrNotFound) {
		return foundKey{}, nil
	}
	return found, err
}

// FirstKey makes a key with all rights if there is no key at all. Keep has to put it where the owner of the server finds it; if it
// fails, there is no key. It may be called more than once, and what it got last counts.
func (c *Control) FirstKey(ctx context.Context, keep func(auth.Credentials) error) error {
	return c.change(ctx, server, "CreateKey", func(t *change) error {
		keys, err := allKeys(t)
		if err != nil || len(keys) > 0 {
			return err
		}
		made := auth.NewCredentials()
		key := Key{ID: made.ID, Name: "first key", Rights: auth.Everything(), Created: c.options.Now().UTC(), CreatedBy: server.Name}
		if err := c.insertKey(t, key, made.Secret); err != nil {
			return err
		}
		return keep(made)
	})
}

const (
	// useKind is the kind of the notes that say when keys were used.
	useKind = "keyuse"
	// useEvery is how exactly that is known.
	useEvery = time.Minute
	// useKept is how long it is known.
	useKept = 366 * 24 * time.Hour
)

// keyUse is the note of the last use of a key.
type keyUse struct {
	At time.Time `json:"at"`
}

// UsedKey notes that a key was used just now, once a minute at most.
func (c *Control) UsedKey(ctx context.Context, id string) error {
	now := c.options.Now().UTC()
	if !c.keys.stamp(id, now) {
		return nil
	}
	body, err := json.Marshal(keyUse{At: now})
	if err != nil {
		return err
	}
	return c.store.PutNote(ctx, store.Note{Key: store.Key{Kind: useKind, Name: id}, Body: body, Expires: now.Add(useKept)})
}

// lastUsed gives when keys were used last, by id.
func (c *Control) lastUsed(ctx context.Context) (map[string]*time.Time, error) {
	notes, err := c.store.Notes(ctx, useKind, "")
	if err != nil {
		return nil, err
	}
	used := make(map[string]*time.Time, len(notes))
	for _, note := range notes {
		var use keyUse
		if err := json.Unmarshal(note.Body, &use); err != nil {
			return nil, fmt.Errorf("last use of access key %s: %w", note.Name, err)
		}
		used[note.Name] = &use.At
	}
	return used, nil
}

// foundKey is a key and its secret; the zero value is a key that is not there.
type foundKey struct {
	key    Key
	secret string
	until  time.Time
}

// keyCache keeps keys for a moment, those that are not there, too. It is safe for concurrent use.
type keyCache struct {
	mu    sync.Mutex
	found map[string]foundKey
	used  map[string]time.Time
}

// maxCached is how many keys a keyCache holds. Callers can name as many keys as they like that are not there.
const maxCached = 1000

func newKeyCache() *keyCache {
	return &keyCache{found: map[string]foundKey{}, used: map[string]time.Time{}}
}

func (k *keyCache) get(id string, now time.Time) (foundKey, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, ok := k.found[id]
	return found, ok && found.until.After(now)
}

func (k *keyCache) put(id string, found foundKey, now time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.found) >= maxCached {
		clear(k.found)
	}
	found.until = now.Add(KeyDelay)
	k.found[id] = found
}

func (k *keyCache) forget(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.found, id)
}

// stamp reports whether a use is worth a note.
func (k *keyCache) stamp(id string, now time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now.Sub(k.used[id]) < useEvery {
		return false
	}
	if len(k.used) >= maxCached {
		clear(k.used)
	}
	k.used[id] = now
	return true
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Key is an access key without its secret.
type Key struct {
	ID string `json:"id"`
	// Name says to people what the key is for, or whose it is.
	Name   string      `json:"name"`
	Rights auth.Rights `json:"rights"`
	// Created is when the key was made, and CreatedBy the name of the caller who made it.
	Created   time.Time `json:"created"`
	CreatedBy string    `json:"createdBy,omitempty"`
	// Expires is when the key stops working; nil is never.
	Expires *time.Time `json:"expires,omitempty"`
	// Disabled keys do not work until they are enabled again.
	Disabled bool `json:"disabled,omitempty"`
	// LastUsed is when the key was last seen, to a minute; nil is not in the last year. It is no part of the record.
	LastUsed *time.Time `json:"lastUsed,omitempty"`
	// ETag is the version of the record.
	ETag string `json:"-" etag:""`
}

// NewKey is an access key that was just made: the only time that its secret is shown.
type NewKey struct {
	Key
	// Secret is what AWS calls the secret access key, and Bearer the word for HTTP's scheme Bearer.
	Secret string `json:"secret"`
	Bearer string `json:"bearer"`
}

// KeyInput is what CreateKey takes, and UpdateKey for what is to change.
type KeyInput struct {
	Name   *string      `json:"name,omitempty"`
	Rights *auth.Rights `json:"rights,omitempty"`
	// Expires is when the key is to stop working; the zero time is never.
	Expires  *time.Time `json:"expires,omitempty"`
	Disabled *bool      `json:"disabled,omitempty"`
}

// maxKeyName is how long the name of a key may be, in bytes.
const maxKeyName = 256

// secretKey names the sealed secret of an access key. It is a record of its own: what the audit log shows of a key has no secret.
func secretKey(id string) store.Key { return store.Key{Kind: "secret", Name: id} }

// sealedSecret is the record of a secret.
type sealedSecret struct {
	Sealed []byte `json:"sealed"`
}

// CreateKey makes an access key. Its rights are at most those of its maker.
func (c *Control) CreateKey(ctx context.Context, by Caller, in KeyInput) (NewKey, error) {
	if !by.Rights.May(auth.Admin) {
		return NewKey{}, apigateway.Denied("making access keys takes the role admin")
	}
	if in.Name == nil {
		return NewKey{}, apigateway.BadRequest("a key needs a name")
	}
	if in.Rights == nil {
		return NewKey{}, apigateway.BadRequest("a key needs rights: a role, and what it is for")
	}
	key := Key{Created: c.options.Now().UTC(), CreatedBy: by.Name}
	if err := c.applyKey(by, &key, in); err != nil {
		return NewKey{}, err
	}
	made := auth.NewCredentials()
	key.ID = made.ID
	err := c.change(ctx, by, "CreateKey", func(t *change) error { return c.insertKey(t, key, made.Secret) })
	if err != nil {
		return NewKey{}, err
	}
	key.ETag = etagOf(1)
	return NewKey{Key: key, Secret: made.Secret, Bearer: made.Bearer()}, nil
}

// insertKey adds a key, and its secret, which the audit log does not get.
func (c *Control) insertKey(t *change, key Key, secret string) error {
	body, err := json.Marshal(sealedSecret{Sealed: c.options.Sealer.Seal([]byte(secret), key.ID)})
	if err != nil {
		return err
	}
	if err := t.Insert(store.Record{Key: secretKey(key.ID), Body: body}); err != nil {
		return err
	}
	return t.insert(accessKey(key.ID), "", key)
}

// applyKey changes what is given of a key, and refuses what may not be.
func (c *Control) applyKey(by Caller, key *Key, in KeyInput) error {
	if in.Name != nil {
		if *in.Name == "" || len(*in.Name) > maxKeyName {
			return apigateway.BadRequest("the name of a key has 1 to %d bytes, not %d", maxKeyName, len(*in.Name))
		}
		key.Name = *in.Name
	}
	if in.Rights != nil {
		if err := in.Rights.Check(); err != nil {
			return apigateway.BadRequest("%v", err)
		}
		if lacks := by.Rights.Lacks(*in.Rights); lacks != "" {
			return apigateway.Denied("a key cannot give what its maker has not: %s", lacks)
		}
		key.Rights = *in.Rights
	}
	if in.Expires != nil {
		key.Expires = nil
		if !in.Expires.IsZero() {
			at := in.Expires.UTC()
			if !at.After(c.options.Now()) {
				return apigateway.BadRequest("the key would expire at %s, which is past", at.Format(time.RFC3339))
			}
			key.Expires = &at
		}
	}
	if in.Disabled != nil {
		key.Disabled = *in.Disabled
	}
	return nil
}

// Keys gives the access keys by name, the older of like ones first, without their secrets: those of which the caller has all rights.
func (c *Control) Keys(ctx context.Context, by Caller) ([]Key, error) {
	if !by.Rights.May(auth.Admin) {
		return nil, apigateway.Denied("listing access keys takes the role admin")
	}
	var keys []Key
	err := c.store.View(ctx, func(r store.Reader) error {
		var err error
		keys, err = allKeys(r)
		return err
	})
	if err != nil {
		return nil, err
	}
	keys = slices.DeleteFunc(keys, func(key Key) bool { return by.Rights.Lacks(key.Rights) != "" })
	slices.SortStableFunc(keys, func(a, b Key) int { return cmp.Or(strings.Compare(a.Name, b.Name), a.Created.Compare(b.Created)) })
	used, err := c.lastUsed(ctx)
	for i, key := range keys {
		keys[i].LastUsed = used[key.ID]
	}
	return keys, err
}

// GetKey gives an access key without its secret.
func (c *Control) GetKey(ctx context.Context, by Caller, id string) (Key, error) {
	if !by.Rights.May(auth.Admin) {
		return Key{}, apigateway.Denied("reading access keys takes the role admin")
	}
	var key Key
	err := c.store.View(ctx, func(r store.Reader) error {
		var err error
		key, err = getKey(r, id)
		return err
	})
	if err != nil {
		return Key{}, err
	}
	if lacks := by.Rights.Lacks(key.Rights); lacks != "" {
		return Key{}, apigateway.Denied("the key has rights that its reader has not: %s", lacks)
	}
	used, err := c.lastUsed(ctx)
	key.LastUsed = used[id]
	return key, err
}

// UpdateKey changes what is given of an access key: not its secret, for which there is another key.
func (c *Control) UpdateKey(ctx context.Context, by Caller, id string, in KeyInput) (Key, error) {
	var key Key
	err := c.changeKey(ctx, by, "UpdateKey", id, func(t *change, old Key) error {
		key = old
		if err := c.applyKey(by, &key, in); err != nil {
			return err
		}
		var err error
		key.ETag, err = t.replace(accessKey(id), "", key)
		return err
	})
	return key, err
}

// DeleteKey removes an access key, and ends its sessions. It stops working within KeyDelay, on all replicas.
func (c *Control) DeleteKey(ctx context.Context, by Caller, id string) (apigateway.Empty, error) {
	return apigateway.Empty{}, c.changeKey(ctx, by, "DeleteKey", id, func(t *change, _ Key) error {
		if err := t.Delete(secretKey(id)); err != nil && !errors.Is(err, store.ErrNotFound) {
			return err
		}
		if err := t.endKeySessions(id); err != nil {
			return err
		}
		return t.remove(accessKey(id))
	})
}

// changeKey changes a key of which the caller has all rights, unless that leaves nobody who may do everything.
func (c *Control) changeKey(ctx context.Context, by Caller, action, id string, f func(*change, Key) error) error {
	if !by.Rights.May(auth.Admin) {
		return apigateway.Denied("changing access keys takes the role admin")
	}
	err := c.change(ctx, by, action, func(t *change) error {
		old, err := getKey(t, id)
		if err != nil {
			return err
		}
		if lacks := by.Rights.Lacks(old.Rights); lacks != "" {
			return apigateway.Denied("the key has rights that its changer has not: %s", lacks)
		}
		if err := c.match(t, by, accessKey(id)); err != nil {
			return err
		}
		if err := f(t, old); err != nil {
			return err
		}
		return c.ownerLeft(t)
	})
	c.keys.forget(id)
	return err
}

// ownerLeft refuses a change that leaves no key with all rights that works for good: nobody could make one any more.
func (c *Control) ownerLeft(t *change) error {
	keys, err := allKeys(t)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if key.Rights.Lacks(auth.Everything()) == "" && !key.Disabled && key.Expires == nil {
			return nil
		}
	}
	return apigateway.Conflict("this is the last key with all rights that does not expire: make another one first")
}

func allKeys(r store.Reader) ([]Key, error) {
	records, err := r.All(accessKey("").Kind)
	if err != nil {
		return nil, err
	}
	keys := make([]Key, len(records))
	for i, record := range records {
		if err := decode(record, &keys[i]); err != nil {
			return nil, err
		}
		keys[i].ETag = etagOf(record.Version)
	}
	return keys, nil
}

func getKey(r store.Reader, id string) (key Key, err error) {
	key.ETag, err = lookup(r, accessKey(id), &key, apigateway.NotFound("there is no access key %q", id))
	return key, err
}

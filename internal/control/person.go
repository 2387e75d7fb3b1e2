// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// Person is somebody whom a provider of OpenID Connect has signed in.
type Person struct {
	// Issuer and Subject tell the person from all others. Name is shown to people: its owner may choose it.
	Issuer, Subject, Name string
	// Values are those of the claim that gives rights.
	Values []string
	// IDToken ends the session at the provider, too, if somebody wants that.
	IDToken string
}

// ErrNotGranted says that nothing is granted to a person.
var ErrNotGranted = errors.New("nothing is granted to this person")

// person is what the record of a session has of somebody.
type person struct {
	Issuer  string `json:"issuer"`
	Subject string `json:"subject"`
	Name    string `json:"name"`
}

// identity is the person in one word. No issuer has a bar in it.
func (p person) identity() string { return p.Issuer + "|" + p.Subject }

// claims is the record of what else a provider said of a person, by the session. It is a record of its own: the audit log, which others
// read, has nothing of it.
type claims struct {
	// Values are those of the claim that gives rights. They are kept, and not the rights: what a value gives may change.
	Values []string `json:"values,omitempty"`
	// IDToken is sealed.
	IDToken []byte `json:"idToken,omitempty"`
}

// claimsKey names the claims of a session.
func claimsKey(hash string) store.Key { return store.Key{Kind: "claims", Name: hash} }

const (
	// maxValues is how many values are kept of a person, and maxValuesSize how many bytes they have together at most. Those that give
	// something come first.
	maxValues     = 200
	maxValuesSize = 32 << 10
	// maxIDToken is the size of the largest ID token that is kept, in bytes. It is sent back in a URL.
	maxIDToken = 6 << 10
)

// SignInPerson begins a session of a person, and gives its word, which is kept nowhere. It says ErrNotGranted of one who may do nothing.
func (c *Control) SignInPerson(ctx context.Context, requestID string, p Person) (word string, err error) {
	rights, ok := c.options.People.Rights(p.Issuer, p.Values)
	if !ok {
		return "", ErrNotGranted
	}
	who := person{p.Issuer, p.Subject, p.Name}
	by := Caller{Name: p.Name, Person: who.identity(), RequestID: requestID, Rights: rights}
	return c.beginSession(ctx, by, session{Person: &who}, func(t *change, hash string) error {
		kept := claims{Values: c.kept(p.Values)}
		if p.IDToken != "" && len(p.IDToken) <= maxIDToken {
			kept.IDToken = c.options.Sealer.Seal([]byte(p.IDToken), hash)
		}
		body, err := json.Marshal(kept)
		if err != nil {
			return err
		}
		return t.Insert(store.Record{Key: claimsKey(hash), Body: body})
	})
}

// kept is what is kept of values: first those that give something, then others, as far as there is room.
func (c *Control) kept(values []string) []string {
	var giving, other []string
	for _, value := range values {
		if c.options.People.Matches(value) {
			giving = append(giving, value)
		} else {
			other = append(other, value)
		}
	}
	var kept []string
	size := 0
	for _, value := range append(giving, other...) {
		if len(kept) < maxValues && size+len(value) <= maxValuesSize {
			kept = append(kept, value)
			size += len(value)
		}
	}
	return kept
}

// personCaller is a person with a session, with what is granted at this moment, or ErrNoSession.
func (c *Control) personCaller(ctx context.Context, hash string, p person) (Caller, error) {
	var said claims
	err := c.store.View(ctx, func(r store.Reader) error {
		_, err := get(r, claimsKey(hash), &said)
		return err
	})
	if errors.Is(err, store.ErrNotFound) {
		return Caller{}, ErrNoSession
	}
	if err != nil {
		return Caller{}, err
	}
	rights, ok := c.options.People.Rights(p.Issuer, said.Values)
	if !ok {
		return Caller{}, ErrNoSession
	}
	return Caller{Name: p.Name, Person: p.identity(), Rights: rights}, nil
}

// idToken is the ID token of a session, "" for none.
func (c *Control) idToken(r store.Reader, hash string) (string, error) {
	var said claims
	_, err := get(r, claimsKey(hash), &said)
	if errors.Is(err, store.ErrNotFound) || err == nil && said.IDToken == nil {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	token, err := c.options.Sealer.Open(said.IDToken, hash)
	if errors.Is(err, auth.ErrSealed) {
		return "", nil // sealed with a key of before: to sign out goes on without it
	}
	return string(token), err
}

// dropClaims deletes the claims of a session, if it has any.
func (t *change) dropClaims(hash string) error {
	if err := t.Delete(claimsKey(hash)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return nil
}

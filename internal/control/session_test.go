// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"errors"
	"testing"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store"
)

// callerOf is who has a key.
func callerOf(key control.NewKey) control.Caller {
	return control.Caller{Name: key.Name, Key: key.ID, Rights: key.Rights, RequestID: "the request"}
}

// signIn begins a session of a key.
func (k *keyring) signIn(t *testing.T, key control.NewKey) string {
	t.Helper()
	word, err := k.SignIn(t.Context(), callerOf(key))
	if err != nil {
		t.Fatal(err)
	}
	return word
}

// over wants that a session is over, on both servers.
func (k *keyring) over(t *testing.T, what, word string) {
	t.Helper()
	for _, c := range []*control.Control{k.Control, k.twin} {
		if by, err := c.Session(t.Context(), word); !errors.Is(err, control.ErrNoSession) {
			t.Errorf("%s: %+v, %v", what, by, err)
		}
	}
}

// alive wants that a session lasts, on both servers.
func (k *keyring) alive(t *testing.T, what, word string) control.Caller {
	t.Helper()
	by, err := k.Session(t.Context(), word)
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if _, err := k.twin.Session(t.Context(), word); err != nil {
		t.Errorf("%s, on the other server: %v", what, err)
	}
	return by
}

// TestSession holds whose a session is, and what ends it.
func TestSession(t *testing.T) {
	k := newKeyring(t)
	k.now = time.Now() // notes expire by the clock of the store, too
	key := k.create(t, auth.Rights{Role: auth.Deploy, APIs: []string{"shop"}})
	word := k.signIn(t, key)
	if by := k.alive(t, "a new session", word); by.Key != key.ID || by.Name != "ci" || by.Rights.Role != auth.Deploy || len(by.Rights.APIs) != 1 {
		t.Errorf("the session is of %+v", by)
	}
	k.over(t, "no word", "")
	k.over(t, "another word", auth.NewSession())

	role := auth.Rights{Role: auth.Read}
	if _, err := k.UpdateKey(t.Context(), k.admin, key.ID, control.KeyInput{Rights: &role}); err != nil {
		t.Fatal(err)
	}
	if by := k.alive(t, "with a lesser key", word); by.Rights.Role != auth.Read {
		t.Errorf("the session still has %+v", by.Rights)
	}

	for range 2 { // to sign out again does no harm
		if token, err := k.SignOut(t.Context(), callerOf(key), word); err != nil || token != "" {
			t.Fatal(token, err)
		}
		k.over(t, "signed out", word)
	}

	word = k.signIn(t, key)
	disabled := true
	if _, err := k.UpdateKey(t.Context(), k.admin, key.ID, control.KeyInput{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	k.now = k.now.Add(control.KeyDelay)
	k.over(t, "with a disabled key", word)
	disabled = false
	if _, err := k.UpdateKey(t.Context(), k.admin, key.ID, control.KeyInput{Disabled: &disabled}); err != nil {
		t.Fatal(err)
	}
	k.now = k.now.Add(control.KeyDelay)
	k.alive(t, "with the key enabled again", word)
	if _, err := k.DeleteKey(t.Context(), k.admin, key.ID); err != nil {
		t.Fatal(err)
	}
	k.now = k.now.Add(control.KeyDelay)
	k.over(t, "with a deleted key", word)
	if left, err := k.sessions(t); err != nil || left != 0 {
		t.Errorf("%d sessions are left, %v", left, err)
	}
}

// TestSessionTime holds when sessions end by themselves.
func TestSessionTime(t *testing.T) {
	k := newKeyring(t)
	k.now = time.Now()
	key := k.create(t, auth.Rights{Role: auth.Read})
	idle, used := k.signIn(t, key), k.signIn(t, key)
	for range 12 {
		k.now = k.now.Add(control.SessionTime/12 - time.Minute)
		k.alive(t, "in use", used)
	}
	k.over(t, "idle", idle)
	k.now = k.now.Add(12 * time.Minute)
	k.over(t, "at its end", used)
	fresh := k.signIn(t, key)
	if left, err := k.sessions(t); err != nil || left != 1 {
		t.Errorf("%d sessions are left, %v; those that are over should be gone", left, err)
	}
	for range 20 {
		k.now = k.now.Add(time.Second)
		used = k.signIn(t, key)
	}
	k.over(t, "the oldest of too many", fresh)
	k.alive(t, "the newest of many", used)
}

// TestSessionAudit holds that the audit log has who signed in and out, and the store no word of a session.
func TestSessionAudit(t *testing.T) {
	k := newKeyring(t)
	k.now = time.Now()
	key := k.create(t, auth.Rights{Role: auth.Read})
	word := k.signIn(t, key)
	if _, err := k.SignOut(t.Context(), callerOf(key), word); err != nil {
		t.Fatal(err)
	}
	entries, _, err := k.Audit(t.Context(), k.admin, control.AuditQuery{Query: audit.Query{Newest: true, Limit: 2}})
	if err != nil || len(entries) != 2 {
		t.Fatal(entries, err)
	}
	for i, action := range []string{"SignOut", "SignIn"} {
		hash, _ := auth.SessionHash(word)
		if e := entries[i]; e.Action != action || e.Key != key.ID || e.RequestID != "the request" || len(e.Changes) != 1 || e.Changes[0].Name != hash {
			t.Errorf("the audit log has %+v, want %s", e, action)
		}
	}
}

// sessions is how many sessions the store has.
func (k *keyring) sessions(t *testing.T) (n int, err error) {
	err = k.store.View(t.Context(), func(r store.Reader) error {
		n, err = r.Count("session", "")
		return err
	})
	return n, err
}

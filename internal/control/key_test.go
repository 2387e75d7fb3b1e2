// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/storetest"
)

// keyring is a server, and its twin on the same store, with a clock that stands.
type keyring struct {
	*control.Control
	twin  *control.Control
	store store.Store
	now   time.Time
	admin control.Caller
}

func newKeyring(t *testing.T) *keyring {
	t.Helper()
	return newKeyringOf(t, auth.People{}, auth.People{})
}

// newKeyringOf makes a keyring of servers that let people in, the twin perhaps others.
func newKeyringOf(t *testing.T, people, twins auth.People) *keyring {
	t.Helper()
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	k := &keyring{store: storetest.New(t), now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
	options := control.Options{Sealer: sealer, Now: func() time.Time { return k.now }, People: people}
	k.Control = control.New(k.store, options)
	options.People = twins
	k.twin = control.New(k.store, options)
	var first auth.Credentials
	if err := k.FirstKey(t.Context(), func(made auth.Credentials) error { first = made; return nil }); err != nil {
		t.Fatal(err)
	}
	k.admin = control.Caller{Name: "first", Key: first.ID, Rights: auth.Everything()}
	return k
}

// create makes a key with rights.
func (k *keyring) create(t *testing.T, rights auth.Rights) control.NewKey {
	t.Helper()
	name := "ci"
	made, err := k.CreateKey(t.Context(), k.admin, control.KeyInput{Name: &name, Rights: &rights})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// refused wants an error of a type that says something.
func refused(t *testing.T, what string, err error, kind, message string) {
	t.Helper()
	var refused *apigateway.Error
	if !errors.As(err, &refused) || refused.Type != kind || !strings.Contains(refused.Message, message) {
		t.Errorf("%s: got %v, want %s with %q", what, err, kind, message)
	}
}

// TestKeyLife holds a key from its making to its end.
func TestKeyLife(t *testing.T) {
	k := newKeyring(t)
	ctx := t.Context()
	made := k.create(t, auth.Rights{Role: auth.Edit, APIs: []string{"shop"}})
	if sent, ok := auth.ParseBearer(made.Bearer); !ok || sent.ID != made.ID || sent.Secret != made.Secret {
		t.Errorf("the bearer form is %q", made.Bearer)
	}
	key, secret, err := k.FindKey(ctx, made.ID)
	if err != nil || secret != made.Secret || key.Name != "ci" || key.Rights.Role != auth.Edit {
		t.Errorf("found %+v, %v", key, err)
	}

	if err := k.UsedKey(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	used := k.now
	k.now = k.now.Add(30 * time.Second)
	if err := k.UsedKey(ctx, made.ID); err != nil {
		t.Fatal(err)
	}
	got, err := k.GetKey(ctx, k.admin, made.ID)
	if err != nil || got.LastUsed == nil || !got.LastUsed.Equal(used) || got.ETag != made.ETag || got.CreatedBy != "first" {
		t.Errorf("GetKey: %+v, %v, want the use of %v: there is one note a minute", got, err, used)
	}
	if keys, err := k.Keys(ctx, k.admin); err != nil || len(keys) != 2 {
		t.Errorf("Keys: %v, %v, want two", keys, err)
	}

	name, off := "deploy", true
	changed, err := k.UpdateKey(ctx, k.admin, made.ID, control.KeyInput{Name: &name, Disabled: &off})
	if err != nil || changed.Name != name || !changed.Disabled || changed.Rights.Role != auth.Edit || changed.ETag == made.ETag {
		t.Errorf("UpdateKey: %+v, %v", changed, err)
	}
	if _, _, err := k.FindKey(ctx, made.ID); !errors.Is(err, control.ErrNoKey) {
		t.Errorf("a disabled key: %v", err)
	}
	stale := k.admin
	stale.IfMatch = made.ETag
	_, err = k.DeleteKey(ctx, stale, made.ID)
	refused(t, "with an old ETag", err, "ConflictException", "concurrent modification")
	if _, err := k.DeleteKey(ctx, k.admin, made.ID); err != nil {
		t.Error(err)
	}
	_, err = k.GetKey(ctx, k.admin, made.ID)
	refused(t, "a deleted key", err, "NotFoundException", made.ID)
	if err := k.store.View(ctx, func(r store.Reader) error {
		secrets, err := r.All("secret")
		if len(secrets) != 1 {
			t.Errorf("there are %d secrets for one key", len(secrets))
		}
		return err
	}); err != nil {
		t.Error(err)
	}
}

// TestKeyExpires holds that a key stops by itself, and what may be said of when.
func TestKeyExpires(t *testing.T) {
	k := newKeyring(t)
	made := k.create(t, auth.Rights{Role: auth.Read})
	set := func(at time.Time) error {
		_, err := k.UpdateKey(t.Context(), k.admin, made.ID, control.KeyInput{Expires: &at})
		return err
	}
	refused(t, "a time that is past", set(k.now.Add(-time.Second)), "BadRequestException", "past")
	if err := set(k.now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.FindKey(t.Context(), made.ID); err != nil {
		t.Error(err)
	}
	k.now = k.now.Add(time.Hour)
	if _, _, err := k.FindKey(t.Context(), made.ID); !errors.Is(err, control.ErrKeyExpired) {
		t.Errorf("after an hour: %v", err)
	}
	if err := set(time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.FindKey(t.Context(), made.ID); err != nil {
		t.Errorf("without an end: %v", err)
	}
}

// TestKeyRevoked holds that a key that one replica has deleted stops on all of them within KeyDelay.
func TestKeyRevoked(t *testing.T) {
	k := newKeyring(t)
	made := k.create(t, auth.Rights{Role: auth.Read})
	for _, c := range []*control.Control{k.Control, k.twin} {
		if _, _, err := c.FindKey(t.Context(), made.ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.DeleteKey(t.Context(), k.admin, made.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.FindKey(t.Context(), made.ID); !errors.Is(err, control.ErrNoKey) {
		t.Errorf("where it was deleted: %v", err)
	}
	k.now = k.now.Add(control.KeyDelay)
	if _, _, err := k.twin.FindKey(t.Context(), made.ID); !errors.Is(err, control.ErrNoKey) {
		t.Errorf("on the twin, %v later: %v", control.KeyDelay, err)
	}
}

// TestKeyRights holds that nobody gets more rights by way of keys than he has.
func TestKeyRights(t *testing.T) {
	k := newKeyring(t)
	ctx := t.Context()
	name := "x"
	all := auth.Everything()
	some := auth.Rights{Role: auth.Admin, APIs: []string{"shop"}, Hosts: []string{"shop.example"}}
	for _, role := range []auth.Role{auth.Read, auth.Edit, auth.Deploy} {
		by := control.Caller{Name: "x", Rights: auth.Rights{Role: role}}
		_, err := k.CreateKey(ctx, by, control.KeyInput{Name: &name, Rights: &auth.Rights{Role: auth.Read}})
		refused(t, string(role)+" makes", err, "AccessDeniedException", "admin")
		_, err = k.Keys(ctx, by)
		refused(t, string(role)+" lists", err, "AccessDeniedException", "admin")
		_, err = k.GetKey(ctx, by, k.admin.Key)
		refused(t, string(role)+" reads", err, "AccessDeniedException", "admin")
		_, err = k.UpdateKey(ctx, by, k.admin.Key, control.KeyInput{Name: &name})
		refused(t, string(role)+" changes", err, "AccessDeniedException", "admin")
		_, err = k.DeleteKey(ctx, by, k.admin.Key)
		refused(t, string(role)+" deletes", err, "AccessDeniedException", "admin")
	}
	by := control.Caller{Name: "x", Rights: some}
	_, err := k.CreateKey(ctx, by, control.KeyInput{Name: &name, Rights: &all})
	refused(t, "an admin of one API makes one of all", err, "AccessDeniedException", "all APIs")
	own, err := k.CreateKey(ctx, by, control.KeyInput{Name: &name, Rights: &some})
	if err != nil {
		t.Errorf("an admin of one API makes another one: %v", err)
	}
	_, err = k.UpdateKey(ctx, by, own.ID, control.KeyInput{Rights: &all})
	refused(t, "and gives it more", err, "AccessDeniedException", "all APIs")
	_, err = k.GetKey(ctx, by, k.admin.Key)
	refused(t, "and reads a greater one", err, "AccessDeniedException", "all APIs")
	if keys, err := k.Keys(ctx, by); err != nil || len(keys) != 1 || keys[0].ID != own.ID {
		t.Errorf("and lists %v, %v, want its own alone", keys, err)
	}
	_, err = k.UpdateKey(ctx, by, k.admin.Key, control.KeyInput{Name: &name})
	refused(t, "and changes a greater one", err, "AccessDeniedException", "all APIs")
	_, err = k.DeleteKey(ctx, by, k.admin.Key)
	refused(t, "and deletes a greater one", err, "AccessDeniedException", "all APIs")
	_, err = k.CreateKey(ctx, k.admin, control.KeyInput{Name: &name})
	refused(t, "a key without rights", err, "BadRequestException", "rights")
	_, err = k.CreateKey(ctx, k.admin, control.KeyInput{Rights: &all})
	refused(t, "a key without a name", err, "BadRequestException", "name")
	_, err = k.CreateKey(ctx, k.admin, control.KeyInput{Name: &name, Rights: &auth.Rights{Role: "root"}})
	refused(t, "a role that there is not", err, "BadRequestException", `"root"`)
}

// TestLastKey holds that nobody can lock everybody out: neither at once nor by two changes at the same time.
func TestLastKey(t *testing.T) {
	k := newKeyring(t)
	ctx := t.Context()
	off, soon := true, k.now.Add(time.Hour)
	for what, in := range map[string]control.KeyInput{
		"disabled":     {Disabled: &off},
		"with an end":  {Expires: &soon},
		"with a limit": {Rights: &auth.Rights{Role: auth.Admin, APIs: []string{"shop"}}},
	} {
		_, err := k.UpdateKey(ctx, k.admin, k.admin.Key, in)
		refused(t, what, err, "ConflictException", "last key with all rights")
	}
	_, err := k.DeleteKey(ctx, k.admin, k.admin.Key)
	refused(t, "deleted", err, "ConflictException", "last key with all rights")

	second := k.create(t, auth.Everything())
	var wait sync.WaitGroup
	var failed [2]error
	for i, id := range []string{k.admin.Key, second.ID} {
		wait.Go(func() {
			_, failed[i] = []*control.Control{k.Control, k.twin}[i].DeleteKey(ctx, k.admin, id)
		})
	}
	wait.Wait()
	if (failed[0] == nil) == (failed[1] == nil) {
		t.Errorf("both at once: %v, and %v; want one of them to stay", failed[0], failed[1])
	}
}

// TestFirstKey holds that the first key is made once, and not at all if it cannot be kept.
func TestFirstKey(t *testing.T) {
	k := newKeyring(t)
	if err := k.twin.FirstKey(t.Context(), func(auth.Credentials) error { t.Error("made a second first key"); return nil }); err != nil {
		t.Error(err)
	}
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	empty := control.New(storetest.New(t), control.Options{Sealer: sealer})
	full := errors.New("the disk is full")
	if err := empty.FirstKey(t.Context(), func(auth.Credentials) error { return full }); !errors.Is(err, full) {
		t.Errorf("got %v, want that of the disk", err)
	}
	if keys, err := empty.Keys(t.Context(), k.admin); err != nil || len(keys) != 0 {
		t.Errorf("there are %v, %v, want no key that nobody has", keys, err)
	}
}

// TestSecretsStaySecret holds that no secret is in the audit log, in lists or, as it is, in the store.
func TestSecretsStaySecret(t *testing.T) {
	k := newKeyring(t)
	ctx := t.Context()
	made := k.create(t, auth.Rights{Role: auth.Read})
	name := "y"
	if _, err := k.UpdateKey(ctx, k.admin, made.ID, control.KeyInput{Name: &name}); err != nil {
		t.Fatal(err)
	}
	keys, err := k.Keys(ctx, k.admin)
	if err != nil {
		t.Fatal(err)
	}
	listed, err := json.Marshal(keys)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := k.DeleteKey(ctx, k.admin, made.ID); err != nil {
		t.Fatal(err)
	}
	again := k.create(t, auth.Rights{Role: auth.Read})
	var log, sealed strings.Builder
	err = k.store.View(ctx, func(r store.Reader) error {
		entries, err := r.Log("audit", 0, 0)
		for _, entry := range entries {
			log.Write(entry.Body)
		}
		if err != nil {
			return err
		}
		for _, kind := range []string{"key", "secret"} {
			records, err := r.All(kind)
			if err != nil {
				return err
			}
			for _, record := range records {
				sealed.Write(record.Body)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for where, text := range map[string]string{"a list": string(listed), "the audit log": log.String(), "the store": sealed.String()} {
		if strings.Contains(text, made.Secret) || strings.Contains(text, again.Secret) {
			t.Errorf("%s has a secret: %s", where, text)
		}
	}
	if strings.Contains(log.String(), "sealed") || strings.Contains(string(listed), "sealed") {
		t.Errorf("the audit log or a list has sealed secrets: %s %s", log.String(), listed)
	}
	for _, action := range []string{"CreateKey", "UpdateKey", "DeleteKey"} {
		if !strings.Contains(log.String(), fmt.Sprintf("%q", action)) {
			t.Errorf("the audit log has no %s: %s", action, log.String())
		}
	}
}

// TestOtherSealKey holds that a key whose secret was sealed with another sealing key is a failure of the server that names it,
// and not a caller's.
func TestOtherSealKey(t *testing.T) {
	k := newKeyring(t)
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	other := control.New(k.store, control.Options{Sealer: sealer})
	_, _, err = other.FindKey(t.Context(), k.admin.Key)
	if !errors.Is(err, auth.ErrSealed) || !strings.Contains(err.Error(), k.admin.Key) {
		t.Errorf("got %v, want that the secret of %s cannot be opened", err, k.admin.Key)
	}
}

// TestUnknownKeys holds that callers who name keys that are not there cannot make the server remember much.
func TestUnknownKeys(t *testing.T) {
	k := newKeyring(t)
	for range 2500 {
		if _, _, err := k.FindKey(t.Context(), auth.NewCredentials().ID); !errors.Is(err, control.ErrNoKey) {
			t.Fatal(err)
		}
	}
	if n := control.CachedKeys(k.Control); n > 1000 {
		t.Errorf("%d keys are remembered", n)
	}
	for _, id := range []string{"", "test", "AKIAIOSFODNN7EXAMPLE", strings.Repeat("x", http.DefaultMaxHeaderBytes)} {
		if _, _, err := k.FindKey(t.Context(), id); !errors.Is(err, control.ErrNoKey) {
			t.Errorf("%.30q: %v", id, err)
		}
	}
}

// TestKeysByName says that keys are listed by name, and the older of like ones first.
func TestKeysByName(t *testing.T) {
	k := newKeyring(t)
	var older []string
	for _, name := range []string{"zoe", "ci", "ci", "ci", "ann"} {
		made, err := k.CreateKey(t.Context(), k.admin, control.KeyInput{Name: &name, Rights: &auth.Rights{Role: auth.Read}})
		if err != nil {
			t.Fatal(err)
		}
		if name == "ci" {
			older = append(older, made.ID)
		}
		k.now = k.now.Add(time.Second)
	}
	keys, err := k.Keys(t.Context(), k.admin)
	if err != nil {
		t.Fatal(err)
	}
	var names, ids []string
	for _, key := range keys {
		names = append(names, key.Name)
		if key.Name == "ci" {
			ids = append(ids, key.ID)
		}
	}
	if !slices.IsSorted(names) || len(names) != 6 || !slices.Equal(ids, older) {
		t.Errorf("names %v, ids of ci %v, want %v", names, ids, older)
	}
}

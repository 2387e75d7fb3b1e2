// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store"
)

const issuer = "https://id.example.com"

// peopleOf grants to the people of the issuer.
func peopleOf(t *testing.T, grants ...string) auth.People {
	t.Helper()
	people := auth.People{Issuer: issuer}
	for _, text := range grants {
		grant, err := auth.ParseGrant(text)
		if err != nil {
			t.Fatal(err)
		}
		people.Grants = append(people.Grants, grant)
	}
	return people
}

// ann is a person in some groups.
func ann(groups ...string) control.Person {
	return control.Person{Issuer: issuer, Subject: "ann|1", Name: "Ann", Values: groups, IDToken: "the ID token of ann"}
}

// signInPerson begins a session of a person.
func (k *keyring) signInPerson(t *testing.T, p control.Person) string {
	t.Helper()
	word, err := k.SignInPerson(t.Context(), "the request", p)
	if err != nil {
		t.Fatal(err)
	}
	return word
}

// TestPerson holds whose a session without a key is, that what is granted counts at each moment, and what ends it.
func TestPerson(t *testing.T) {
	k := newKeyringOf(t, peopleOf(t, "shop=deploy,apis=shop", "all=read"), peopleOf(t, "shop=edit,apis=shop", "new=admin"))
	k.now = time.Now()
	ctx := t.Context()
	word := k.signInPerson(t, ann("other", "all", "shop"))
	by := k.alive(t, "a new session", word)
	if by.Name != "Ann" || by.Key != "" || by.Person != issuer+"|ann|1" || by.Identity() != by.Person || !by.Rights.MayAPI(auth.Deploy, "shop") || !by.Rights.MayAllAPIs(auth.Read) || by.Rights.MayAPI(auth.Edit, "bank") {
		t.Errorf("the session is of %+v", by)
	}
	if by, err := k.twin.Session(ctx, word); err != nil || by.Rights.Role != auth.Edit || by.Rights.MayAPI(auth.Deploy, "shop") || by.Rights.MayAPI(auth.Read, "bank") {
		t.Errorf("where less is granted the session has %+v, %v", by.Rights, err)
	}
	if by, err := k.twin.Session(ctx, k.signInPerson(t, ann("all", "new"))); err != nil || by.Rights.Role != auth.Admin {
		t.Errorf("where a group is granted that gave nothing at sign-in: %+v, %v", by, err)
	}
	if by, err := k.twin.Session(ctx, k.signInPerson(t, ann("all"))); !errors.Is(err, control.ErrNoSession) {
		t.Errorf("where nothing is granted: %+v, %v", by, err)
	}

	for what, p := range map[string]control.Person{"in no group": ann(), "in others": ann("other"), "of another issuer": {Issuer: "https://id.example.org", Subject: "1", Values: []string{"shop"}}} {
		if word, err := k.SignInPerson(ctx, "", p); !errors.Is(err, control.ErrNotGranted) || word != "" {
			t.Errorf("%s: %q, %v", what, word, err)
		}
	}

	for i, want := range []string{"the ID token of ann", ""} {
		if token, err := k.SignOut(ctx, by, word); err != nil || token != want {
			t.Errorf("signing out for the %d. time gives %q, %v", i+1, token, err)
		}
	}
	k.over(t, "signed out", word)
}

// TestPersonEnds holds that sessions of people end as those of keys do, and leave nothing behind.
func TestPersonEnds(t *testing.T) {
	k := newKeyringOf(t, peopleOf(t, "all=read"), peopleOf(t, "all=read"))
	k.now = time.Now()
	idle, used := k.signInPerson(t, ann("all")), k.signInPerson(t, ann("all"))
	for range 12 {
		k.now = k.now.Add(control.SessionTime/12 - time.Minute)
		k.alive(t, "in use", used)
	}
	k.over(t, "idle", idle)
	k.now = k.now.Add(12 * time.Minute)
	k.over(t, "at its end", used)
	for range 25 {
		k.now = k.now.Add(time.Second)
		used = k.signInPerson(t, ann("all"))
	}
	k.alive(t, "the newest of many", used)
	for _, kind := range []string{"session", "claims"} {
		if n := k.count(t, kind); n != 20 {
			t.Errorf("there are %d records %s, want 20", n, kind)
		}
	}
}

// count is how many records of a kind there are.
func (k *keyring) count(t *testing.T, kind string) (n int) {
	t.Helper()
	err := k.store.View(t.Context(), func(r store.Reader) (err error) {
		n, err = r.Count(kind, "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestPersonKept holds how much is kept of somebody in very many groups, that what gives rights is kept before anything else, and that
// the store has no ID token that can be read.
func TestPersonKept(t *testing.T) {
	k := newKeyringOf(t, peopleOf(t, "g9999=deploy", "g5=read"), auth.People{})
	k.now = time.Now()
	p := ann()
	for i := range 10_000 {
		p.Values = append(p.Values, fmt.Sprint("g", i))
	}
	for _, tc := range []struct {
		what    string
		prepare func()
		most    int
	}{
		{"10,000 groups", func() {}, 200},
		{"groups with long names", func() {
			p.Values = append([]string{strings.Repeat("x", 40_000), strings.Repeat("y", 30_000)}, p.Values...)
		}, 200},
		{"an ID token that fits no URL", func() { p.IDToken = strings.Repeat("t", 7000) }, 200},
	} {
		tc.prepare()
		word := k.signInPerson(t, p)
		if by, err := k.Session(t.Context(), word); err != nil || by.Rights.Role != auth.Deploy {
			t.Errorf("%s: %+v, %v", tc.what, by, err)
		}
		hash, _ := auth.SessionHash(word)
		var body []byte
		err := k.store.View(t.Context(), func(r store.Reader) error {
			record, err := r.Get(store.Key{Kind: "claims", Name: hash})
			body = record.Body
			return err
		})
		var said struct {
			Values  []string `json:"values"`
			IDToken []byte   `json:"idToken"`
		}
		if err != nil || json.Unmarshal(body, &said) != nil || len(said.Values) > tc.most || len(body) > 48<<10 || strings.Contains(string(body), "the ID token") {
			t.Errorf("%s: %d values and %d bytes are kept, %v", tc.what, len(said.Values), len(body), err)
		}
		if diff := cmp.Diff([]string{"g5", "g9999"}, said.Values[:2]); diff != "" {
			t.Errorf("%s: what gives rights does not come first:\n%s", tc.what, diff)
		}
		if _, err := k.SignOut(t.Context(), control.Caller{Name: "Ann"}, word); err != nil {
			t.Errorf("%s: signing out: %v", tc.what, err)
		}
	}
}

// TestPersonAudit holds that the audit log has the person by name and subject, and nothing else that the provider said.
func TestPersonAudit(t *testing.T) {
	k := newKeyringOf(t, peopleOf(t, "secret-group=read"), auth.People{})
	k.now = time.Now()
	by := k.sessionOf(t, k.signInPerson(t, ann("secret-group")))
	entries, _, err := k.Audit(t.Context(), k.admin, control.AuditQuery{Query: audit.Query{Newest: true, Limit: 1}})
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	if e := entries[0]; e.Action != "SignIn" || e.By != "Ann" || e.Key != "" || e.Person != by.Person || e.RequestID != "the request" {
		t.Errorf("the audit log has %+v", e)
	}
	if text, err := json.Marshal(entries); err != nil || strings.Contains(string(text), "secret-group") {
		t.Errorf("the audit log has the groups of a person: %s, %v", text, err)
	}
}

// sessionOf is whose a session is.
func (k *keyring) sessionOf(t *testing.T, word string) control.Caller {
	t.Helper()
	by, err := k.Session(t.Context(), word)
	if err != nil {
		t.Fatal(err)
	}
	return by
}

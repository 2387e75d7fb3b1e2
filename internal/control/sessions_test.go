// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"testing"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// names are those of the sessions that a caller sees, by id.
func (k *keyring) names(t *testing.T, by control.Caller) map[string]string {
	t.Helper()
	found, err := k.Sessions(t.Context(), by)
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]string{}
	for _, s := range found {
		named[s.ID] = s.Name
	}
	return named
}

// TestSessions holds who sees who is signed in, and who may end that.
func TestSessions(t *testing.T) {
	people := peopleOf(t, "platform=admin", "shop=deploy,apis=shop")
	k := newKeyringOf(t, people, people)
	k.now = time.Now()
	ctx := t.Context()
	key := k.create(t, auth.Rights{Role: auth.Read, APIs: []string{"shop"}})
	limited := control.Caller{Name: "lead", Rights: auth.Rights{Role: auth.Admin, APIs: []string{"shop"}}}
	byKey := k.signIn(t, key)
	k.now = k.now.Add(time.Minute)
	first := k.signInPerson(t, ann("platform"))
	k.now = k.now.Add(time.Minute)
	second := k.signInPerson(t, ann("platform"))
	bob := control.Person{Issuer: issuer, Subject: "bob", Name: "Bob", Values: []string{"shop"}}
	bobs := k.signInPerson(t, bob)

	found, err := k.Sessions(ctx, k.admin)
	if err != nil || len(found) != 4 || found[3].Key != key.ID || found[3].Person != "" || found[3].Rights.Role != auth.Read {
		t.Fatalf("%+v, %v", found, err)
	}
	last := found[2]
	hash, _ := auth.SessionHash(first)
	if last.ID != hash || last.Name != "Ann" || last.Person != issuer+"|ann|1" || last.Key != "" || last.Rights.Role != auth.Admin ||
		!last.Ends.Equal(last.Started.Add(control.SessionTime)) || !last.LastUsed.Equal(last.Started) {
		t.Errorf("the first session of ann is %+v", last)
	}
	if seen := k.names(t, limited); len(seen) != 2 {
		t.Errorf("an admin of one API sees %v, want the key and bob", seen)
	}
	for _, role := range []auth.Role{auth.Read, auth.Edit, auth.Deploy} {
		by := control.Caller{Rights: auth.Rights{Role: role}}
		_, err := k.Sessions(ctx, by)
		refused(t, string(role), err, "AccessDeniedException", "listing who is signed in takes the role admin")
		_, err = k.EndSession(ctx, by, hash)
		refused(t, string(role), err, "AccessDeniedException", "takes the role admin")
	}

	_, err = k.EndSession(ctx, limited, hash)
	refused(t, "of somebody with more rights", err, "AccessDeniedException", "whoever is signed in has rights that you have not: all APIs")
	k.alive(t, "after an attempt to end it", first)
	_, err = k.EndSession(ctx, k.admin, "no such")
	refused(t, "another id", err, "NotFoundException", `there is no session "no such"`)

	must(k.EndSession(ctx, k.admin, hash))(t)
	k.over(t, "ended", first)
	must(k.EndSessions(ctx, k.admin, issuer+"|ann|1"))(t)
	k.over(t, "all of a person ended", second)
	must(k.EndSessions(ctx, limited, key.ID))(t)
	k.over(t, "all of a key ended", byKey)
	_, err = k.EndSessions(ctx, k.admin, issuer+"|ann|1")
	refused(t, "nobody", err, "NotFoundException", "there is no session of")
	if _, err := k.Session(ctx, bobs); err != nil {
		t.Errorf("another session: %v", err)
	}
	k.now = k.now.Add(control.SessionIdle)
	if seen := k.names(t, k.admin); len(seen) != 0 {
		t.Errorf("sessions that nobody used for long are seen: %v", seen)
	}
}

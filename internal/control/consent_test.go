// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/deliver"
)

// bob may consent to what ann, who is by of the world, has caused.
var bob = Caller{Name: "bob", Key: "KEYBOB", Rights: auth.Rights{Role: auth.Deploy}}

// consents lets a caller consent to a revision.
func (w *world) consents(by Caller, revision int64) error {
	_, err := w.Consent(w.Context(), by, DefaultGateway, ConsentInput{Revision: revision, Why: "right"})
	return err
}

// asks is a world whose gateway asks for consent, with the shop in revision 1, which is in force.
func asks(t *testing.T) (w *world, api string) {
	t.Helper()
	w = newWorld(t)
	w.by.Key = "KEYANN"
	api = w.shop()
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired}))(w)
	return w, api
}

// inForce holds which revision the nodes get, and with which reply.
func (w *world) inForce(revision int64, template string) {
	w.Helper()
	if f := w.fleetOf(DefaultGateway); f.Stable.Revision != revision || w.template(f.Stable) != template {
		w.Errorf("revision %d is in force, want %d: %s", f.Stable.Revision, revision, f.Stable.Text)
	}
}

// TestConsent says that a change waits until somebody else consents to just that revision.
func TestConsent(t *testing.T) {
	w, api := asks(t)
	w.inForce(1, `{"n":0}`)
	w.redeploy(api, `{"n":1}`)
	w.inForce(1, `{"n":0}`)
	standing := must2(w.Standing(t.Context(), bob, DefaultGateway))(w)
	waits := standing.Waiting
	if standing.Newest != 2 || len(standing.Held) != 1 || standing.Held[0] != 2 || waits == nil || waits.Revision != 2 || !waits.Since.Equal(w.clock.Now()) || waits.Own || strings.Join(waits.Authors, " ") != "ann" || len(waits.Causes) != 1 || !strings.Contains(waits.Causes[0].What, api+"/prod") {
		t.Errorf("what waits: %+v, %+v", standing, waits)
	}
	if mine := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w).Waiting; !mine.Own {
		t.Error("ann is not told that it is her own")
	}
	pending := must2(w.Pending(t.Context(), bob, "", 0))(w).Gateways
	if len(pending) != 1 || pending[0].Why != "revision 2 waits for the consent of somebody else than those who caused it" {
		t.Errorf("pending: %+v", pending)
	}
	refused(t, w.consents(w.by, 2), "AccessDeniedException", "ann caused some of what waits")
	refused(t, w.consents(bob, 1), "ConflictException", "revision 2 is the newest")
	refused(t, w.consents(bob, 3), "ConflictException", "revision 2 is the newest")

	w.clock.pass(together)
	w.redeploy(api, `{"n":2}`)
	refused(t, w.consents(bob, 2), "ConflictException", "revision 3 is the newest")
	w.inForce(1, `{"n":0}`)
	must(w, 0, w.consents(bob, 3))
	w.inForce(3, `{"n":2}`)
	standing = must2(w.Standing(t.Context(), w.by, DefaultGateway))(w)
	if standing.Waiting != nil || standing.Consented.By != "bob" || standing.Consented.Why != "right" || standing.Consented.Revision != 3 {
		t.Errorf("consented: %+v", standing)
	}
	refused(t, w.consents(bob, 3), "ConflictException", "nothing waits")
	entries, _, err := w.Audit(t.Context(), w.by, AuditQuery{Query: audit.Query{Newest: true, Limit: 1}})
	must(w, entries, err)
	if last := entries[0]; last.Action != "Consent" || last.Key != "KEYBOB" || len(last.Changes) != 1 || last.Changes[0].Kind != "standing" || !strings.Contains(string(last.Changes[0].After), `"why":"right"`) {
		t.Errorf("the audit log has %+v", last)
	}
}

// TestWhoConsents says who is somebody else, and who may.
func TestWhoConsents(t *testing.T) {
	person := func(name, id string, role auth.Role) Caller {
		return Caller{Name: name, Person: "https://id.example.com|" + id, Rights: auth.Rights{Role: role}}
	}
	key := func(name, id string) Caller { return Caller{Name: name, Key: id, Rights: auth.Everything()} }
	limited := bob
	limited.Rights.APIs = []string{"*"}
	reader := bob
	reader.Rights.Role = auth.Edit
	for name, tc := range map[string]struct {
		author, consenting Caller
		refused            string
	}{
		"another key":                     {key("ann", "A"), key("bob", "B"), ""},
		"the key under another name":      {key("ann", "A"), key("bob", "A"), "somebody else"},
		"another key of the name":         {key("ann", "A"), key("ann", "B"), "somebody else"},
		"another person":                  {person("ann", "1", auth.Admin), person("bob", "2", auth.Deploy), ""},
		"another person of the name":      {person("ann", "1", auth.Admin), person("ann", "2", auth.Deploy), ""},
		"the person under another name":   {person("ann", "1", auth.Admin), person("bob", "1", auth.Deploy), "somebody else"},
		"a person, and a key of the name": {key("ann", "A"), person("ann", "1", auth.Admin), "somebody else"},
		"a person, and a key":             {key("ci", "A"), person("ann", "1", auth.Deploy), ""},
		"files":                           {files, key("ann", "A"), ""},
		"a key for some APIs":             {key("ann", "A"), limited, `needs the role "deploy" on all APIs`},
		"a role that is not enough":       {key("ann", "A"), reader, `needs the role "deploy" on all APIs`},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.by = tc.author
			w.by.Rights = auth.Everything()
			w.shop()
			must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired}))(w)
			must2(w.PutBase(t.Context(), w.by, DefaultGateway, `{"mode":"observe"}`))(w)
			err := w.consents(tc.consenting, 2)
			if tc.refused != "" {
				refused(t, err, "AccessDeniedException", tc.refused)
				return
			}
			must(w, 0, err)
			w.inForce(2, `{"n":0}`)
		})
	}
}

// TestConsentOfAuthors says that whoever had a hand in what waits is an author, also of changes that share a revision, that came later or
// whose keys are gone.
func TestConsentOfAuthors(t *testing.T) {
	w, api := asks(t)
	carl, dora := Caller{Name: "carl", Key: "KEYCARL", Rights: auth.Everything()}, Caller{Name: "dora", Key: "KEYDORA", Rights: auth.Everything()}
	ann := w.by
	w.redeploy(api, `{"n":1}`)
	w.by = carl
	w.redeploy(api, `{"n":7}`)
	w.by = bob
	w.by.Rights = auth.Everything()
	w.redeploy(api, `{"n":2}`)
	refused(t, w.consents(ann, 2), "AccessDeniedException", "somebody else")
	w.clock.pass(together)
	w.do()
	for _, own := range []Caller{ann, bob, carl} {
		refused(t, w.consents(own, 3), "AccessDeniedException", "somebody else")
	}
	must(w, 0, w.consents(dora, 3))
	w.inForce(3, `{"n":2}`)

	// What bob changes while ann consents waits by itself.
	w.clock.pass(together)
	w.redeploy(api, `{"n":3}`)
	w.redeploy(api, `{"n":4}`)
	must(w, 0, w.consents(ann, 4))
	w.inForce(4, `{"n":3}`)
	w.clock.pass(together)
	w.do()
	w.inForce(4, `{"n":3}`)
	refused(t, w.consents(bob, 5), "AccessDeniedException", "somebody else")
	must(w, 0, w.consents(ann, 5))
	w.inForce(5, `{"n":4}`)
}

// TestConsentUndone says that a change which is undone waits for nobody, and that what nobody consented to cannot be pinned to.
func TestConsentUndone(t *testing.T) {
	w, api := asks(t)
	w.redeploy(api, `{"n":1}`)
	w.clock.pass(together)
	w.redeploy(api, `{"n":0}`)
	w.inForce(3, `{"n":0}`)
	if waits := must2(w.Standing(t.Context(), bob, DefaultGateway))(w).Waiting; waits != nil {
		t.Errorf("%+v", waits)
	}
	_, err := w.Pin(t.Context(), w.by, DefaultGateway, 2, "")
	refused(t, err, "ConflictException", "nobody has consented to revision 2")
	w.clock.pass(together)
	w.redeploy(api, `{"n":5}`)
	must(w, 0, w.consents(bob, 4))
	_, err = w.Pin(t.Context(), w.by, DefaultGateway, 2, "")
	refused(t, err, "ConflictException", "nobody has consented to revision 2")
}

// TestConsentInEmergencies says that nobody has to consent to what takes back, and that the way out of that leads to what somebody
// consented to.
func TestConsentInEmergencies(t *testing.T) {
	w, api := asks(t)
	w.redeploy(api, `{"n":1}`)
	must(w, 0, w.consents(bob, 2))
	w.clock.pass(together)
	w.redeploy(api, `{"n":2}`)
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, "n is wrong"))(w)
	w.inForce(1, `{"n":0}`)
	must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	w.inForce(2, `{"n":1}`)

	must2(w.PutSwitch(t.Context(), w.by, Switch{Gateway: DefaultGateway, Mode: config.ModeOff, Until: w.clock.Now().Add(time.Hour)}))(w)
	if doc := w.read(w.fleetOf(DefaultGateway).Stable); doc.Mode != "off" {
		t.Errorf("switched off: %+v", doc)
	}
	must(w, 0, w.EndSwitch(t.Context(), w.by, Switch{Gateway: DefaultGateway}))
	w.inForce(2, `{"n":1}`)

	// Consent while it is pinned is for later.
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, ""))(w)
	must(w, 0, w.consents(bob, 3))
	w.inForce(1, `{"n":0}`)
	must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	w.inForce(3, `{"n":2}`)
}

// TestConsentThenRollout says that steps come after consent, and that what comes meanwhile does not disturb them.
func TestConsentThenRollout(t *testing.T) {
	w, api := asks(t)
	plan := &RolloutPlan{First: deliver.Selector{Nodes: []string{"canary-*"}}, AfterSeconds: 60}
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired, Rollout: plan}))(w)
	w.redeploy(api, `{"n":1}`)
	if f := w.fleetOf(DefaultGateway); f.First != nil {
		t.Fatalf("the first nodes have it, though nobody has consented: %+v", f)
	}
	_, err := w.FinishRollout(t.Context(), w.by, DefaultGateway)
	refused(t, err, "ConflictException", "no rollout")
	must(w, 0, w.consents(bob, 2))
	started := must2(w.Standing(t.Context(), bob, DefaultGateway))(w).Rollout.Started
	w.clock.pass(together)
	w.redeploy(api, `{"n":2}`)
	f := w.fleetOf(DefaultGateway)
	if f.First == nil || f.First.Revision != 2 || f.Stable.Revision != 1 {
		t.Fatalf("%+v", f)
	}
	if now := must2(w.Standing(t.Context(), bob, DefaultGateway))(w).Rollout; !now.Started.Equal(started) {
		t.Errorf("what waits has begun the rollout anew: %+v", now)
	}
	must2(w.AbortRollout(t.Context(), w.by, DefaultGateway))(w)
	w.inForce(1, `{"n":0}`)
	must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	if f = w.fleetOf(DefaultGateway); f.First == nil || f.First.Revision != 2 {
		t.Errorf("after the pin: %+v", f)
	}
	must2(w.FinishRollout(t.Context(), w.by, DefaultGateway))(w)
	w.inForce(2, `{"n":1}`)
}

// TestConsentEnds says that nobody can do alone without being asked: neither by the setting, nor by another gateway in its place.
func TestConsentEnds(t *testing.T) {
	w, api := asks(t)
	w.redeploy(api, `{"n":1}`)
	off := must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Description: "changed"}))(w)
	if off.Consent != ConsentRequired || off.Description != "changed" {
		t.Errorf("%+v", off)
	}
	w.inForce(1, `{"n":0}`)
	refused(t, w.DeleteGateway(t.Context(), w.by, DefaultGateway), "ConflictException", "asks for consent")
	waits := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w).Waiting
	if !waits.Ends || waits.EndsBy != "ann" || !waits.OwnEnd {
		t.Errorf("%+v", waits)
	}
	end := func(by Caller, revision int64) error {
		_, err := w.Consent(t.Context(), by, DefaultGateway, ConsentInput{Revision: revision, Ends: true})
		return err
	}
	refused(t, end(w.by, 2), "AccessDeniedException", "somebody else")
	// It can be taken back alone, and is not part of a consent that does not say so.
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired}))(w)
	refused(t, end(bob, 2), "ConflictException", "nobody wants")
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway}))(w)
	must(w, 0, w.consents(bob, 2))
	w.inForce(2, `{"n":1}`)
	if g := must2(w.Gateway(t.Context(), w.by, DefaultGateway))(w); g.Consent != ConsentRequired {
		t.Error("it ended without a word")
	}
	must(w, 0, end(bob, 2))
	if g := must2(w.Gateway(t.Context(), w.by, DefaultGateway))(w); g.Consent != "" {
		t.Errorf("it did not end: %+v", g)
	}
	w.clock.pass(together)
	w.redeploy(api, `{"n":2}`)
	w.inForce(3, `{"n":2}`)
	refused(t, w.consents(bob, 3), "ConflictException", "asks for no consent")
}

// TestConsentOfNewGateways says that a gateway which asks from the start serves nothing before somebody consents, and that one which is
// made anew begins anew.
func TestConsentOfNewGateways(t *testing.T) {
	w := newWorld(t)
	for range 2 {
		must2(w.PutGateway(t.Context(), w.by, Gateway{Name: "edge", Consent: ConsentRequired}))(w)
		must2(w.PutBase(t.Context(), w.by, "edge", `{"mode":"observe"}`))(w)
		if f := w.fleetOf("edge"); f.Stable.Revision != 0 {
			t.Fatalf("%+v", f)
		}
		newest := must2(w.Standing(t.Context(), bob, "edge"))(w).Newest
		must2(w.PutGateway(t.Context(), w.by, Gateway{Name: "edge"}))(w)
		must2(w.Consent(t.Context(), bob, "edge", ConsentInput{Revision: newest, Ends: true}))(w)
		if f := w.fleetOf("edge"); f.Stable.Revision != newest {
			t.Fatalf("%+v", f)
		}
		must(w, 0, w.DeleteGateway(t.Context(), w.by, "edge"))
		w.clock.pass(together)
	}
}

// TestConsentInFiles says that files can ask for consent, and that theirs is asked for, too.
func TestConsentInFiles(t *testing.T) {
	w := newWorld(t)
	dir := folder(t, map[string]string{"edge/gateway.yaml": "consent: required\n", "edge/base.yaml": "mode: observe\n", "default/base.yaml": "{}"})
	read := func() string {
		found := must2(w.ReadFiles(t.Context(), dir))(w)
		return words(found["edge"])
	}
	read()
	if f := w.fleetOf("edge"); f.Stable.Revision != 0 {
		t.Errorf("%+v", f)
	}
	newest := must2(w.Standing(t.Context(), bob, "edge"))(w).Newest
	must2(w.Consent(t.Context(), bob, "edge", ConsentInput{Revision: newest}))(w)
	etag := must2(w.Gateway(t.Context(), w.by, "edge"))(w).ETag
	read()
	if again := must2(w.Gateway(t.Context(), w.by, "edge"))(w).ETag; again != etag {
		t.Error("the same files changed something")
	}
	write(t, dir, map[string]string{"edge/gateway.yaml": "description: without\n"})
	read()
	read()
	waits := must2(w.Standing(t.Context(), bob, "edge"))(w).Waiting
	if g := must2(w.Gateway(t.Context(), bob, "edge"))(w); g.Consent != ConsentRequired || g.Description != "without" || waits == nil || waits.EndsBy != "files" {
		t.Errorf("%+v, %+v", g, waits)
	}
	must2(w.Consent(t.Context(), bob, "edge", ConsentInput{Revision: newest, Ends: true}))(w)
	read()
	if g := must2(w.Gateway(t.Context(), bob, "edge"))(w); g.Consent != "" {
		t.Errorf("%+v", g)
	}
	write(t, dir, map[string]string{"edge/gateway.yaml": "consent: perhaps\n"})
	if found := read(); !strings.Contains(found, `consent is "required", or left out, not "perhaps"`) {
		t.Errorf("%s", found)
	}
}

// TestConsentOfMany says that the callers who are remembered are bounded, and that their changes are all undone or done.
func TestConsentOfMany(t *testing.T) {
	w, api := asks(t)
	s := must2(readStandingOf(w))(w)
	s.Consent.Waits = &due{At: w.clock.Now()}
	for n := range maxAuthors {
		s.Consent.Waits.add(due{Causes: []Cause{{By: fmt.Sprint(n)}}, Authors: []author{{Name: fmt.Sprint(n)}}})
	}
	if len(s.Consent.Waits.Causes) != maxCauses || s.Consent.Waits.Unlisted != maxAuthors-maxCauses {
		t.Errorf("%d causes are listed, %d not", len(s.Consent.Waits.Causes), s.Consent.Waits.Unlisted)
	}
	must(w, 0, w.change(t.Context(), w.by, "test", func(t *change) error { return t.putStanding(DefaultGateway, s) }))
	w.respond(api, "THROTTLED", `{"n":1}`)
	refused(t, w.toProd(api), "LimitExceededException", "1001 callers have changed")
	must(w, 0, w.consents(Caller{Name: "dora", Rights: auth.Everything()}, 1))
	must(w, 0, w.toProd(api))
}

func readStandingOf(w *world) (s standing, err error) {
	err = w.change(w.Context(), w.by, "test", func(t *change) (err error) {
		s, err = readStanding(t, DefaultGateway)
		return err
	})
	return s, err
}

// TestConsentRaces says that of two servers on a store, one of which changes while the other consents, none ever delivers what nobody
// has consented to.
func TestConsentRaces(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	servers := w.sharing(t, Options{Account: "123456789012", Now: func() time.Time {
		w.clock.pass(together / 3) // so that many changes have a revision of their own
		return w.clock.Now()
	}})
	w.Control = servers[0]
	w.by.Key = "KEYANN"
	must2(w.PutGateway(ctx, w.by, Gateway{Name: DefaultGateway, Consent: ConsentRequired}))(w)
	var changing sync.WaitGroup
	for n := range 4 {
		author := Caller{Name: fmt.Sprint("author", n), Key: fmt.Sprint("KEY", n), Rights: auth.Everything()}
		changing.Go(func() {
			for i := range 25 {
				if _, err := servers[n%2].PutBase(ctx, author, DefaultGateway, fmt.Sprintf(`{"stageVariables":{"n":"%d-%d"}}`, n, i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	over := make(chan struct{})
	go func() { changing.Wait(); close(over) }()
	consented := map[int64]bool{0: true}
	for done := false; !done; {
		select {
		case <-over:
			done = true
		default:
		}
		standing := must2(servers[1].Standing(ctx, bob, DefaultGateway))(w)
		if !consented[standing.InForce] {
			t.Fatalf("revision %d is in force, and nobody has consented to it", standing.InForce)
		}
		if standing.Waiting == nil {
			continue
		}
		var known *apigateway.Error
		_, err := servers[1].Consent(ctx, bob, DefaultGateway, ConsentInput{Revision: standing.Waiting.Revision})
		switch {
		case err == nil:
			consented[standing.Waiting.Revision] = true
		case !errors.As(err, &known) || known.Type != "ConflictException":
			t.Error(err)
		}
	}
	w.awaitNothingDue()
	t.Logf("consented to %d revisions of %d", len(consented)-1, must2(w.Standing(ctx, bob, DefaultGateway))(w).Newest)
}

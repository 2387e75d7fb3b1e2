// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/store"
)

// TestLawsOfGateways does random things to a gateway, and holds after each of them what must always be so.
func TestLawsOfGateways(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			w := newWorld(t)
			m := model{world: w, api: w.shop(), chance: rand.New(rand.NewPCG(seed, 7)), texts: map[int64]string{}}
			for range 60 {
				did := m.something(t.Context())
				w.do()
				m.laws(did)
			}
		})
	}
}

// model is a gateway to which random things happen.
type model struct {
	*world
	api    string
	chance *rand.Rand
	n      int
	// texts are the hashes of all revisions that were seen, by number.
	texts map[int64]string
}

// something does one thing, and says what. What is refused because there is nothing to do it to is no failure.
func (m *model) something(ctx context.Context) string {
	hour := m.clock.Now().Add(time.Hour)
	var err error
	did := ""
	switch m.chance.IntN(12) {
	case 0, 1, 2:
		m.n++
		did = fmt.Sprintf("deploy %d", m.n)
		m.redeploy(m.api, fmt.Sprintf(`{"n":%d}`, m.n))
	case 3:
		did = "pin"
		_, err = m.Pin(ctx, m.by, DefaultGateway, int64(m.chance.IntN(m.n+2)), "")
	case 4:
		did = "release"
		_, err = m.ReleasePin(ctx, m.by, DefaultGateway)
	case 5:
		did = "switch the gateway"
		_, err = m.PutSwitch(ctx, m.by, Switch{Gateway: DefaultGateway, Mode: config.ModeOff, Until: hour})
	case 6:
		did = "switch the API"
		_, err = m.PutSwitch(ctx, m.by, Switch{API: m.api, Mode: config.ModeObserve, Until: hour})
	case 7:
		did = "end a switch"
		err = m.EndSwitch(ctx, m.by, []Switch{{Gateway: DefaultGateway}, {API: m.api}}[m.chance.IntN(2)])
	case 8:
		did = "plan"
		plan := []*RolloutPlan{nil, {First: deliver.Selector{Nodes: []string{"canary"}}, AfterSeconds: 1}}[m.chance.IntN(2)]
		_, err = m.PutGateway(ctx, m.by, Gateway{Name: DefaultGateway, Rollout: plan})
	case 9:
		did = "a node answers"
		m.answer(ctx)
	case 10:
		did = "decide"
		switch m.chance.IntN(3) {
		case 0:
			_, err = m.ResumeRollout(ctx, m.by, DefaultGateway)
		case 1:
			_, err = m.AbortRollout(ctx, m.by, DefaultGateway)
		default:
			_, err = m.FinishRollout(ctx, m.by, DefaultGateway)
		}
	default:
		did = "time passes"
		m.clock.pass([]time.Duration{100 * time.Millisecond, 2 * time.Second, 40 * time.Minute}[m.chance.IntN(3)])
	}
	var known *apigateway.Error
	if err != nil && !errors.As(err, &known) {
		m.Fatalf("%s: %v", did, err)
	}
	return did
}

// answer is what the first node says of what it was sent.
func (m *model) answer(ctx context.Context) {
	f := m.fleetOf(DefaultGateway)
	wanted := f.Stable.Revision
	if f.First != nil {
		wanted = f.First.Revision
	}
	state := []deliver.State{deliver.Acknowledged, deliver.Acknowledged, deliver.Refused}[m.chance.IntN(3)]
	m.Saw(ctx, deliver.Node{ID: "canary", Gateway: DefaultGateway, State: state, Wanted: wanted, Running: wanted, Changed: m.clock.Now()})
}

// laws holds what must always be so.
func (m *model) laws(did string) {
	m.Helper()
	var s standing
	var switches []Switch
	must(m.world, 0, m.store.View(m.Context(), func(r store.Reader) (err error) {
		if s, err = readStanding(r, DefaultGateway); err == nil {
			switches, err = readSwitches(r)
		}
		return err
	}))
	for _, on := range switches {
		if !on.Until.After(m.clock.Now()) {
			m.Fatalf("after %q the switch on the %s is on, that ended at %s", did, on.on(), on.Until)
		}
	}
	f := m.fleetOf(DefaultGateway)
	if (f.First != nil) != (s.Rollout != nil) || s.Pin != nil && (s.Rollout != nil || s.Stable.Revision != s.Pin.Revision) {
		m.Fatalf("after %q: %+v", did, s)
	}
	if s.Pin == nil && s.Rollout == nil && s.Stable.Revision != s.Newest {
		m.Fatalf("after %q nothing holds back revision %d, and %d is in force", did, s.Newest, s.Stable.Revision)
	}
	m.slotLaw(did, s.Stable, f.Stable, switches)
	if f.First != nil {
		m.slotLaw(did, s.Rollout.To, *f.First, switches)
		if s.Rollout.To.Revision != s.Newest {
			m.Fatalf("after %q the rollout is of %d, and the newest is %d", did, s.Rollout.To.Revision, s.Newest)
		}
	}
	for _, revision := range must2(m.Revisions(m.Context(), m.by, DefaultGateway, 0, 0))(m.world) {
		if old, ok := m.texts[revision.Number]; ok && old != revision.Hash {
			m.Fatalf("after %q revision %d is another one", did, revision.Number)
		}
		m.texts[revision.Number] = revision.Hash
	}
	if newest := must2(m.Revision(m.Context(), m.by, DefaultGateway, s.Newest))(m.world); s.Due == nil {
		if got, want := m.template(deliver.Document{Revision: newest.Number, Text: newest.Text, Hash: newest.Hash}), fmt.Sprintf(`{"n":%d}`, m.n); got != want {
			m.Fatalf("after %q nothing is due, and the newest revision has %s, want %s", did, got, want)
		}
	}
}

// slotLaw holds that what is delivered is the revision in force with the switches of the moment, and that itself without any.
func (m *model) slotLaw(did string, in slot, delivered deliver.Document, switches []Switch) {
	m.Helper()
	if len(switches) == 0 && in.Delivered != in.Revision {
		m.Fatalf("after %q no switch is on, and %d is delivered for %d", did, in.Delivered, in.Revision)
	}
	original := must2(m.Revision(m.Context(), m.by, DefaultGateway, in.Revision))(m.world)
	want := m.template(deliver.Document{Revision: original.Number, Text: original.Text, Hash: original.Hash})
	if got := m.template(delivered); got != want {
		m.Fatalf("after %q revision %d has %s, and what is delivered of it %s", did, in.Revision, want, got)
	}
	var global, route string
	for _, on := range switches {
		if on.API != "" {
			route = string(on.Mode)
		} else {
			global = string(on.Mode)
		}
	}
	if global != "" {
		route = "" // it is off with the whole gateway
	}
	if doc := m.read(delivered); doc.Mode != global || doc.Routes[0].Mode != route {
		m.Fatalf("after %q the modes are %q and %q, want %q and %q", did, doc.Mode, doc.Routes[0].Mode, global, route)
	}
}

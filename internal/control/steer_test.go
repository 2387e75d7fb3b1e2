// SPDX-License-Identifier: Apache-2.0

package control

import (
	"strings"
	"testing"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
)

// TestPin says that a pinned gateway stays on its revision while deployments succeed, and goes on when it is released.
func TestPin(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.redeploy(api, `{"n":1}`)
	standing := must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, "n is wrong"))(w)
	if standing.InForce != 1 || standing.Newest != 2 || standing.Pin.Why != "n is wrong" || standing.Pin.By != "ann" {
		t.Errorf("%+v", standing)
	}
	w.clock.pass(together)
	w.redeploy(api, `{"n":2}`)
	f := w.fleetOf(DefaultGateway)
	if f.Stable.Revision != 1 || w.template(f.Stable) != `{"n":0}` {
		t.Errorf("pinned to 1: %d %s", f.Stable.Revision, f.Stable.Text)
	}
	standing = must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	f = w.fleetOf(DefaultGateway)
	if standing.Pin != nil || f.Stable.Revision != 3 || w.template(f.Stable) != `{"n":2}` {
		t.Errorf("released: %+v, %d %s", standing, f.Stable.Revision, f.Stable.Text)
	}
	if _, err := w.ReleasePin(t.Context(), w.by, DefaultGateway); err == nil {
		t.Error("a gateway that is not pinned was released")
	}
	if _, err := w.Pin(t.Context(), w.by, DefaultGateway, 17, ""); err == nil || !strings.Contains(err.Error(), "no revision 17") {
		t.Errorf("pinned to a revision that is not there: %v", err)
	}
}

// TestSwitch says that a switch reaches the nodes at once, also those that are pinned, and ends by itself.
func TestSwitch(t *testing.T) {
	for _, tc := range []struct {
		name   string
		on     func(api string) Switch
		route  string
		global string
		shown  config.Mode
	}{
		{"gateway", func(string) Switch { return Switch{Gateway: DefaultGateway, Mode: config.ModeOff} }, "", "off", config.ModeOff},
		{"API", func(api string) Switch { return Switch{API: api, Mode: config.ModeObserve} }, "observe", "", config.ModeRewrite},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			api := w.shop()
			w.redeploy(api, `{"n":1}`)
			must2(w.Pin(t.Context(), w.by, DefaultGateway, 1, ""))(w)
			s := tc.on(api)
			s.Until = w.clock.Now().Add(time.Hour)
			must2(w.PutSwitch(t.Context(), w.by, s))(w)
			switched := w.fleetOf(DefaultGateway).Stable
			doc := w.read(switched)
			if switched.Revision != 3 || doc.Mode != tc.global || doc.Routes[0].Mode != tc.route || w.template(switched) != `{"n":0}` {
				t.Errorf("switched: %s", switched.Text)
			}
			revision := must2(w.Revision(t.Context(), w.by, DefaultGateway, 3))(w)
			if revision.Of != 1 {
				t.Errorf("it is of revision %d, want 1", revision.Of)
			}
			shown := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w)
			if on := shown.Switches; len(on) != 1 || on[0].By != "ann" || shown.Mode != tc.shown {
				t.Errorf("the standing does not show it: mode %s, %+v", shown.Mode, on)
			}
			of := Caller{Name: "of the API", Rights: auth.Rights{Role: auth.Read, APIs: []string{api}}}
			if shown := must2(w.Standing(t.Context(), of, DefaultGateway))(w); shown.Mode != "" {
				t.Errorf("who may not read the document sees its mode: %s", shown.Mode)
			}

			w.clock.pass(30 * time.Minute)
			w.redeploy(api, `{"n":2}`)
			must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
			switched = w.fleetOf(DefaultGateway).Stable
			if doc := w.read(switched); doc.Mode != tc.global || doc.Routes[0].Mode != tc.route || w.template(switched) != `{"n":2}` {
				t.Errorf("a revision that came meanwhile: %s", switched.Text)
			}
			before := len(must2(w.Revisions(t.Context(), w.by, DefaultGateway, 0, 0))(w))
			w.do()
			w.clock.pass(time.Hour)
			w.do()
			after := w.fleetOf(DefaultGateway).Stable
			if doc := w.read(after); doc.Mode != "" || doc.Routes[0].Mode != "" || w.template(after) != `{"n":2}` || after.Revision != 4 {
				t.Errorf("after its end: %d %s", after.Revision, after.Text)
			}
			if shown := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w); shown.Mode != config.ModeRewrite {
				t.Errorf("after its end: mode %s", shown.Mode)
			}
			if n := len(must2(w.Revisions(t.Context(), w.by, DefaultGateway, 0, 0))(w)); n != before {
				t.Errorf("its end made %d revisions", n-before)
			}
		})
	}
}

// TestRollout says that a revision reaches the first nodes first, and the rest when one of these has run it for long enough.
func TestRollout(t *testing.T) {
	w := newWorld(t)
	plan := &RolloutPlan{First: deliver.Selector{Nodes: []string{"canary-*"}}, AfterSeconds: 60}
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Rollout: plan}))(w)
	api := w.shop()
	must2(w.FinishRollout(t.Context(), w.by, DefaultGateway))(w)
	w.redeploy(api, `{"n":1}`)
	f := w.fleetOf(DefaultGateway)
	if f.Stable.Revision != 1 || f.First == nil || f.First.Revision != 2 || !f.Selector.Chooses("canary-1", "") {
		t.Fatalf("%+v", f)
	}
	pending := must2(w.Pending(t.Context(), w.by, "", 0))(w)
	if len(pending.Gateways) != 1 || pending.Gateways[0].Why != "revision 2 is for its first nodes only, until one of them has run it for 1m0s" {
		t.Errorf("what waits: %+v", pending.Gateways)
	}
	node := deliver.Node{ID: "canary-1", Gateway: DefaultGateway, State: deliver.Acknowledged, Wanted: 2, Running: 2, Changed: w.clock.Now()}
	w.do()
	w.clock.pass(time.Hour)
	w.do()
	if f = w.fleetOf(DefaultGateway); f.Stable.Revision != 1 {
		t.Error("the rest has it, though no first node ran it")
	}
	node.Changed = w.clock.Now()
	w.Saw(t.Context(), node)
	w.clock.pass(59 * time.Second)
	node.Running = 2
	w.Saw(t.Context(), node)
	w.do()
	if f = w.fleetOf(DefaultGateway); f.Stable.Revision != 1 {
		t.Error("the rest has it before its time")
	}
	w.clock.pass(time.Second)
	w.do()
	if f = w.fleetOf(DefaultGateway); f.Stable.Revision != 2 || f.First != nil {
		t.Errorf("after a minute: %+v", f)
	}
}

// TestRolloutOfNodesThatMove says that a node which goes from one server to another goes on running what it runs, and that one which
// starts anew does not.
func TestRolloutOfNodesThatMove(t *testing.T) {
	for _, tc := range []struct {
		name   string
		anew   bool
		stable int64
	}{
		{"moved", false, 2},
		{"started anew", true, 1},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			plan := &RolloutPlan{First: deliver.Selector{Nodes: []string{"canary-*"}}, AfterSeconds: 60}
			must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Rollout: plan}))(w)
			api := w.shop()
			must2(w.FinishRollout(t.Context(), w.by, DefaultGateway))(w)
			w.redeploy(api, `{"n":1}`)
			here, there := w.Control, New(w.store, w.options)
			saw := func(c *Control, replica string, node deliver.Node) {
				node.ID, node.Gateway, node.Replica, node.Changed = "canary-1", DefaultGateway, replica, w.clock.Now()
				c.Saw(t.Context(), node)
			}
			runs := deliver.Node{State: deliver.Acknowledged, Wanted: 2, Running: 2}
			took := runs
			took.RunningSince = w.clock.Now()
			saw(here, "here", took)
			w.clock.pass(40 * time.Second)
			saw(here, "here", deliver.Node{State: deliver.Lost, Wanted: 2, Running: 2})
			w.clock.pass(time.Second)
			if tc.anew {
				runs.RunningSince = w.clock.Now()
			}
			saw(there, "there", runs)
			w.clock.pass(20 * time.Second)
			w.do()
			if f := w.fleetOf(DefaultGateway); f.Stable.Revision != tc.stable {
				t.Errorf("after a minute the rest has revision %d, want %d", f.Stable.Revision, tc.stable)
			}
		})
	}
}

// TestRolloutStops says that a refusal stops a rollout, until somebody decides.
func TestRolloutStops(t *testing.T) {
	for _, tc := range []struct {
		name         string
		node         deliver.Node
		decide       func(*Control, *world) (Standing, error)
		stable       int64
		first, pined bool
	}{
		{"refused, aborted", deliver.Node{State: deliver.Refused, Why: "bad\x1b[31m"}, func(c *Control, w *world) (Standing, error) {
			return c.AbortRollout(w.Context(), w.by, DefaultGateway)
		}, 1, false, true},
		{"refused, resumed", deliver.Node{State: deliver.Refused, Why: "bad"}, func(c *Control, w *world) (Standing, error) {
			return c.ResumeRollout(w.Context(), w.by, DefaultGateway)
		}, 1, true, false},
		{"invalid, finished", deliver.Node{State: deliver.Acknowledged, Counters: &deliver.Counters{Invalid: true}}, func(c *Control, w *world) (Standing, error) {
			return c.FinishRollout(w.Context(), w.by, DefaultGateway)
		}, 2, false, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t)
			api := w.shop()
			plan := &RolloutPlan{First: deliver.Selector{Nodes: []string{"canary-*"}}}
			must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Rollout: plan}))(w)
			w.redeploy(api, `{"n":1}`)
			node := tc.node
			node.ID, node.Gateway, node.Wanted, node.Changed = "canary-1", DefaultGateway, 2, w.clock.Now()
			w.clock.pass(time.Second)
			if node.Counters != nil {
				node.Counters.At = w.clock.Now()
			}
			w.Saw(t.Context(), node)
			w.do()
			standing := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w)
			if standing.Rollout == nil || !strings.Contains(standing.Rollout.Stopped, "canary-1") || strings.Contains(standing.Rollout.Stopped, "\x1b") {
				t.Fatalf("it did not stop: %+v", standing.Rollout)
			}
			standing = must2(tc.decide(w.Control, w))(w)
			w.do()
			f := w.fleetOf(DefaultGateway)
			if f.Stable.Revision != tc.stable || (f.First != nil) != tc.first || (standing.Pin != nil) != tc.pined {
				t.Errorf("%+v, standing %+v", f, standing)
			}
			if tc.first {
				standing = must2(w.Standing(t.Context(), w.by, DefaultGateway))(w)
				if standing.Rollout.Stopped != "" {
					t.Errorf("it stopped again for the same refusal: %s", standing.Rollout.Stopped)
				}
			}
		})
	}
}

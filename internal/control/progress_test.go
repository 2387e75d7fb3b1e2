// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/deliver"
)

// saw lets the nodes of the default gateway say what they run. A node is "ID STATE WANTED RUNNING".
func (w *world) saw(nodes ...string) {
	w.Helper()
	for _, node := range nodes {
		n := deliver.Node{Gateway: DefaultGateway, Changed: w.clock.Now(), Connected: w.clock.Now()}
		if _, err := fmt.Sscan(node, &n.ID, &n.State, &n.Wanted, &n.Running); err != nil {
			w.Fatal(err)
		}
		if n.State == deliver.Refused {
			n.Why = "it said no"
		}
		w.Saw(w.Context(), n)
	}
}

// expect wants a progress of the stage prod on its only gateway: "REVISION RUN/CONNECTED BEFORE ID:STATE...", and what holds it back.
func (w *world) expect(api, want string, held ...HeldBy) GatewayProgress {
	w.Helper()
	p := must2(w.StageProgress(w.Context(), w.by, api, "prod"))(w).Gateways[0]
	said := fmt.Sprintf("%d %d/%d %d", p.Revision, p.Run, p.Connected, p.Before)
	for _, n := range p.Nodes {
		said += fmt.Sprintf(" %s:%s", n.ID, n.State)
	}
	if said != want || len(p.Held) != len(held) || len(held) > 0 && p.Held[0].By != held[0] {
		w.Errorf("%s, held %v; want %s, held %v", said, p.Held, want, held)
	}
	if p.Everywhere.IsZero() != (p.Run == 0 || p.Run < p.Connected) {
		w.Errorf("%d of %d run it, everywhere since %s", p.Run, p.Connected, p.Everywhere)
	}
	return p
}

// TestStageProgress follows a stage to the nodes, also past a switch, a pin and a rollout.
func TestStageProgress(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	w.expect(api, "1 0/0 0")
	w.saw("a acknowledged 1 1", "b acknowledged 1 1")
	w.expect(api, "1 2/2 0 a:runs b:runs")
	w.redeploy(api, `{"n":1}`)
	w.expect(api, "2 0/2 1 a:sent b:sent")
	w.saw("a acknowledged 2 2", "b refused 2 1")
	if p := w.expect(api, "2 1/2 1 a:runs b:refused"); p.Nodes[1].Why != "it refused it: it said no" || p.Nodes[1].Running != 1 {
		t.Errorf("the node that refuses: %+v", p.Nodes[1])
	}
	w.saw("b lost 2 1")
	if p := w.expect(api, "2 1/1 1 a:runs b:lost"); !p.Everywhere.Equal(w.clock.Now()) {
		t.Errorf("everywhere since %s", p.Everywhere)
	}
	// Within the second that deployments share.
	w.redeploy(api, `{"n":2}`)
	if p := w.expect(api, "0 0/1 0 a:sent b:lost"); p.Due.IsZero() {
		t.Error("it is not due")
	}
	w.clock.pass(together)
	w.do()
	w.expect(api, "3 0/1 2 a:sent b:lost")
	// A revision with a switch has another number, and is of the one before or of this one.
	w.saw("a acknowledged 3 3")
	must2(w.PutSwitch(t.Context(), w.by, Switch{API: api, Mode: "off", Until: w.clock.Now().Add(time.Hour)}))(w)
	w.saw("a acknowledged 4 4")
	w.expect(api, "3 1/1 2 a:runs b:lost", HeldBySwitch)
	must2(w.Pin(t.Context(), w.by, DefaultGateway, 2, ""))(w)
	w.saw("a acknowledged 5 5")
	w.expect(api, "3 0/1 0 a:held b:lost", HeldByPin, HeldBySwitch)
	must(w, 0, w.EndSwitch(t.Context(), w.by, Switch{API: api}))
	must2(w.ReleasePin(t.Context(), w.by, DefaultGateway))(w)
	w.saw("a acknowledged 3 3")
	w.expect(api, "3 1/1 2 a:runs b:lost")
	// What another API does changes nothing.
	other := w.api("other", "THROTTLED", `{}`)
	must(w, 0, w.toProd(other))
	w.bind("other.example.com", "", other)
	w.expect(api, "3 1/1 2 a:runs b:lost")

	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: DefaultGateway, Rollout: &RolloutPlan{First: deliver.Selector{Nodes: []string{"c"}}, AfterSeconds: 60}}))(w)
	w.clock.pass(together)
	w.do()
	w.clock.pass(together)
	w.redeploy(api, `{"n":3}`)
	newest := must2(w.Standing(t.Context(), w.by, DefaultGateway))(w).Newest
	w.saw(fmt.Sprintf("c acknowledged %d %[1]d", newest))
	w.expect(api, fmt.Sprintf("%d 1/2 3 a:held b:lost c:runs", newest), HeldByRollout)

	_, err := w.StageProgress(t.Context(), w.by, api, "none")
	refused(t, err, "NotFoundException", "Invalid stage identifier specified")
}

// TestStageProgressUnbound says that a stage which is bound nowhere is on its way nowhere.
func TestStageProgressUnbound(t *testing.T) {
	w := newWorld(t)
	api := w.api("shop", "THROTTLED", `{}`)
	must(w, 0, w.toProd(api))
	if p := must2(w.StageProgress(t.Context(), w.by, api, "prod"))(w); p.Gateways == nil || len(p.Gateways) != 0 || strings.TrimSpace(p.Deployment) == "" {
		t.Errorf("%+v", p)
	}
}

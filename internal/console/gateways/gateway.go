// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"cmp"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// gatewayCard is what the console knows of a gateway at a glance.
type gatewayCard struct {
	Gateway  v1.Gateway
	Standing v1.Standing
	// Switch is the one on the gateway, nil for none.
	Switch *v1.Switch
	Nodes  fleet
	// Last is the newest revision that a change has made, nil if there is none, and Before the one to take back to, 0 for none.
	Last   *v1.Revision
	Before int64
	// Rates are the busiest errors; nil where the caller may not know.
	Rates *rates
	// May reports whether the caller may switch, pin and release it.
	May bool
}

// fleet sums up the nodes of a gateway.
type fleet struct {
	// All are the nodes, and Right is how many of those that are connected run what they should.
	All       []v1.Node
	Connected int
	Right     int
	// Wrong are those that refuse a revision, are lost, or have not answered yet.
	Wrong []v1.Node
}

// rates are how often errors are sent.
type rates struct {
	v1.Rates
	// Busiest are the most frequent ones, and Others is how many more there are.
	Busiest []rate
	Others  int
}

// rate is how often an error is sent, a second, and how often it was an hour ago.
type rate struct {
	Reply        string
	Now, HourAgo float64
}

// gatewayNamed reads a gateway.
func gatewayNamed(v *page.Visit, name string) (gatewayCard, error) {
	var g v1.Gateway
	if err := v.API.Get(&g, "gateways", name); err != nil {
		return gatewayCard{}, err
	}
	return gateway(v, g)
}

// gateway looks at a gateway.
func gateway(v *page.Visit, g v1.Gateway) (gatewayCard, error) {
	card := gatewayCard{Gateway: g, May: v.MayGateways(auth.Deploy)}
	var nodes v1.Nodes
	if err := errors.Join(v.API.Get(&card.Standing, "gateways", g.Name, "standing"), v.API.Get(&nodes, "gateways", g.Name, "nodes")); err != nil {
		return card, err
	}
	for i, s := range card.Standing.Switches {
		if s.Gateway != "" {
			card.Switch = &card.Standing.Switches[i]
		}
	}
	card.Nodes = sumUp(nodes)
	if err := card.lookBack(v); err != nil {
		return card, err
	}
	if !v.MayGateways(auth.Read) {
		return card, nil
	}
	return card, addRates(v, &card)
}

// sumUp sums up the nodes of a gateway.
func sumUp(nodes v1.Nodes) fleet {
	sum := fleet{All: nodes.Items, Connected: nodes.Connected()}
	for _, n := range nodes.Items {
		if n.State == "acknowledged" && n.Running == n.Wanted {
			sum.Right++
		} else {
			sum.Wrong = append(sum.Wrong, n)
		}
	}
	return sum
}

// lookBack finds the last change among the revisions, which are the newest first, and what was in force before what is. Switches make
// revisions, too, and there may be many of these between.
func (card *gatewayCard) lookBack(v *page.Visit) error {
	for cursor := ""; ; {
		var part v1.Page[v1.Revision]
		if err := v.API.List(&part, []string{"cursor", cursor}, "gateways", card.Gateway.Name, "revisions"); err != nil {
			return err
		}
		for i, r := range part.Items {
			if r.Of != 0 {
				continue // a switch made it
			}
			if card.Last == nil {
				card.Last = &part.Items[i]
			}
			if r.Number < card.Standing.InForce && !card.IsHeld(r.Number) {
				card.Before = r.Number
				return nil
			}
		}
		if cursor = part.Next; cursor == "" {
			return nil
		}
	}
}

// IsHeld reports whether a revision is one that nobody has consented to, so that the gateway cannot be taken there.
func (card gatewayCard) IsHeld(revision int64) bool {
	return slices.Contains(card.Standing.Held, revision)
}

// Waits reports whether a revision waits for consent, and not only the wish to be asked for none any more.
func (card gatewayCard) Waits() bool {
	return card.Standing.Waiting != nil && card.IsHeld(card.Standing.Waiting.Revision)
}

// MayConsent reports whether the caller may consent to something that waits.
func (card gatewayCard) MayConsent() bool {
	waiting := card.Standing.Waiting
	return waiting != nil && card.May && (card.Waits() && !waiting.Own || !card.Waits() && !waiting.OwnEnd)
}

// goal is the revision that the gateway goes to when nothing holds it: the newest that needs no consent.
func (card gatewayCard) goal() int64 {
	if given := card.Standing.Consented; given != nil {
		return given.Revision
	}
	return card.Standing.Newest
}

// maxRates is how many errors a card shows.
const maxRates = 4

// addRates reads how often errors are sent.
func addRates(v *page.Visit, card *gatewayCard) error {
	made := &rates{}
	if err := v.API.Get(&made.Rates, "gateways", card.Gateway.Name, "rates"); err != nil {
		return err
	}
	now := made.Now.PerSecond
	replies := slices.SortedFunc(maps.Keys(now), func(a, b string) int { return cmp.Or(cmp.Compare(now[b], now[a]), strings.Compare(a, b)) })
	for _, reply := range replies[:min(maxRates, len(replies))] {
		r := rate{Reply: reply, Now: now[reply]}
		if made.HourAgo != nil {
			r.HourAgo = made.HourAgo.PerSecond[reply]
		}
		made.Busiest = append(made.Busiest, r)
	}
	made.Others, card.Rates = len(replies)-len(made.Busiest), made
	return nil
}

// Edge is the class of the edge that shows at a glance how the gateway stands.
func (card gatewayCard) Edge() string {
	s := card.Standing
	switch {
	case card.Nodes.Right < card.Nodes.Connected, card.Switch != nil, s.Mode == "off", s.Rollout != nil && s.Rollout.Stopped != "", len(s.Files) > 0:
		return "edge-bad"
	case s.Pin != nil, s.Rollout != nil, s.Waiting != nil, s.Mode == "observe", s.NearlyFull:
		return "edge-warn"
	case card.Nodes.Connected > 0:
		return "edge-good"
	}
	return ""
}

// historyPage is what the page of a gateway shows.
type historyPage struct {
	gatewayCard
	Revisions []v1.Revision
	// Next is where the list of revisions goes on, "" at its end.
	Next string
	// Reads reports whether the caller may read the base document, and compare revisions.
	Reads bool
}

// history is the page of a gateway: its nodes, and its revisions.
func history(v *page.Visit) error {
	name := v.PathValue("gateway")
	card, err := gatewayNamed(v, name)
	if err != nil {
		return err
	}
	var revisions v1.Page[v1.Revision]
	if err := v.API.List(&revisions, []string{"cursor", v.FormValue("before")}, "gateways", name, "revisions"); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["history.html"], historyPage{card, revisions.Items, revisions.Next, v.MayGateways(auth.Read)})
}

// differencesPage is what the page shows that compares two revisions.
type differencesPage struct {
	Gateway string
	v1.RevisionDiff
	May bool
}

// differences is the page that compares two revisions.
func differences(v *page.Visit) error {
	shown := differencesPage{Gateway: v.PathValue("gateway"), May: v.MayGateways(auth.Deploy)}
	query := []string{"from", v.FormValue("from"), "to", v.FormValue("to"), "replies", v.FormValue("replies")}
	if err := v.API.List(&shown.RevisionDiff, query, "gateways", shown.Gateway, "diff"); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["differences.html"], shown)
}

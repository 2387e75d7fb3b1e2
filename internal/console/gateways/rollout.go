// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"net/http"
	"strconv"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// rolloutStep is what the page of a rollout shows: how it stands, and what one of its ways on would do.
type rolloutStep struct {
	step
	// Action is the way on that is asked for, resume, finish or abort; "" while nobody has chosen one.
	Action string
	// First are the nodes that get the revision first.
	First fleet
}

// readRollout looks at the rollout of a gateway, and at what the form or the link asks for.
func readRollout(v *page.Visit) (rolloutStep, error) {
	s := rolloutStep{Action: v.FormValue("action")}
	switch s.Action {
	case "", "resume", "finish", "abort":
	default:
		return s, page.BadForm(errAction)
	}
	card, err := gatewayNamed(v, v.PathValue("gateway"))
	if err != nil {
		return s, err
	}
	s.gatewayCard = card
	rollout := card.Standing.Rollout
	if rollout == nil {
		return s, nil
	}
	var first []v1.Node
	for _, n := range card.Nodes.All {
		if rollout.Plan.First.Chooses(n.ID, n.Cluster) {
			first = append(first, n)
		}
	}
	s.First = sumUp(v1.Nodes{Items: first})
	s.step, err = stepTo(v, rollout.To.Revision)
	return s, err
}

// rolloutPage shows a rollout, and asks what is to become of it.
func rolloutPage(v *page.Visit) error {
	s, err := readRollout(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["rollout.html"], s)
}

// steerRollout lets a rollout go on, finishes or aborts it.
func steerRollout(v *page.Visit) error {
	s, err := readRollout(v)
	if err != nil {
		return err
	}
	if s.Action == "" {
		return page.BadForm(errAction)
	}
	if s.Moved = s.Standing.Rollout == nil || hasMoved(v, s.gatewayCard) || v.PostFormValue("to") != strconv.FormatInt(s.To, 10); s.Moved {
		return v.Show(http.StatusConflict, templates["rollout.html"], s)
	}
	if err := v.API.Do(http.MethodPost, map[string]any{"action": s.Action}, nil, "gateways", s.Gateway.Name, "rollout"); err != nil {
		return err
	}
	return v.Redirect(home(s.Gateway.Name))
}

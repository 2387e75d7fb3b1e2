// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// step is what a page asks to confirm: it shows a gateway as it is, and what would become of it.
type step struct {
	gatewayCard
	// To is the revision that would be in force then, and Changes what that changes, nil if nobody asked.
	To      int64
	Changes *v1.RevisionDiff
	// Moved reports that the gateway has changed since the page was shown.
	Moved bool
}

// stepTo is a step to a revision; 0 stands for the newest that needs no consent.
func stepTo(v *page.Visit, revision int64) (step, error) {
	card, err := gatewayNamed(v, v.PathValue("gateway"))
	s := step{gatewayCard: card, To: revision}
	if err != nil {
		return s, err
	}
	if s.To == 0 {
		s.To = card.goal()
	}
	if !v.MayGateways(auth.Read) {
		return s, nil
	}
	s.Changes = &v1.RevisionDiff{}
	query := []string{"from", strconv.FormatInt(card.Standing.InForce, 10), "to", strconv.FormatInt(s.To, 10)}
	return s, v.API.List(s.Changes, query, "gateways", card.Gateway.Name, "diff")
}

// home is the page of a gateway.
func home(name string) string { return "/console/gateways/" + url.PathEscape(name) }

// hasMoved reports whether the gateway runs something else than the form was made for.
func hasMoved(v *page.Visit, card gatewayCard) bool {
	return v.PostFormValue("inForce") != strconv.FormatInt(card.Standing.InForce, 10)
}

// pinTo is a step to the revision that the form or the link names.
func pinTo(v *page.Visit) (step, error) {
	revision, err := strconv.ParseInt(v.FormValue("revision"), 10, 64)
	if err != nil || revision < 1 {
		return step{}, page.BadForm(errRevision)
	}
	return stepTo(v, revision)
}

// pinPage asks whether to take a gateway to a revision.
func pinPage(v *page.Visit) error {
	s, err := pinTo(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["pin.html"], s)
}

// pin takes a gateway to a revision.
func pin(v *page.Visit) error {
	s, err := pinTo(v)
	if err != nil {
		return err
	}
	if s.Moved = hasMoved(v, s.gatewayCard); s.Moved {
		return v.Show(http.StatusConflict, templates["pin.html"], s)
	}
	asked := map[string]any{"revision": s.To, "why": v.PostFormValue("why")}
	if err := v.API.Do(http.MethodPut, asked, nil, "gateways", s.Gateway.Name, "pin"); err != nil {
		return err
	}
	return v.Redirect(home(s.Gateway.Name))
}

// releasePage asks whether a gateway is to go on.
func releasePage(v *page.Visit) error {
	s, err := stepTo(v, 0)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["release.html"], s)
}

// release lets a gateway go on.
func release(v *page.Visit) error {
	s, err := stepTo(v, 0)
	if err != nil {
		return err
	}
	if s.Moved = hasMoved(v, s.gatewayCard) || v.PostFormValue("to") != strconv.FormatInt(s.To, 10); s.Moved {
		return v.Show(http.StatusConflict, templates["release.html"], s)
	}
	if err := v.API.Do(http.MethodDelete, nil, nil, "gateways", s.Gateway.Name, "pin"); err != nil {
		return err
	}
	return v.Redirect(home(s.Gateway.Name))
}

// What can be wrong with a form that nobody made by hand.
var (
	errRevision = errors.New("it names no revision")
	errAction   = errors.New("it says not how the rollout goes on")
)

// SPDX-License-Identifier: Apache-2.0

package console

import (
	"net/http"
	"net/url"
	"strconv"

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

// stepTo is a step to a revision; 0 stands for the newest.
func (v *visit) stepTo(revision int64) (step, error) {
	card, err := v.gatewayNamed(v.PathValue("gateway"))
	s := step{gatewayCard: card, To: revision}
	if err != nil {
		return s, err
	}
	if s.To == 0 {
		s.To = card.Standing.Newest
	}
	if !v.mayGateways("read") {
		return s, nil
	}
	s.Changes = &v1.RevisionDiff{}
	query := []string{"from", strconv.FormatInt(card.Standing.InForce, 10), "to", strconv.FormatInt(s.To, 10)}
	return s, v.api.list(s.Changes, query, "gateways", card.Gateway.Name, "diff")
}

// home is the page of the gateway.
func (s step) home() string { return "/console/gateways/" + url.PathEscape(s.Gateway.Name) }

// hasMoved reports whether the gateway runs something else than the form was made for.
func (v *visit) hasMoved(card gatewayCard) bool {
	return v.PostFormValue("inForce") != strconv.FormatInt(card.Standing.InForce, 10)
}

// pinTo is a step to the revision that the form or the link names.
func (v *visit) pinTo() (step, error) {
	revision, err := strconv.ParseInt(v.FormValue("revision"), 10, 64)
	if err != nil || revision < 1 {
		return step{}, badForm(errRevision)
	}
	return v.stepTo(revision)
}

// pinPage asks whether to take a gateway to a revision.
func pinPage(v *visit) error {
	s, err := v.pinTo()
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "pin.html", s)
}

// pin takes a gateway to a revision.
func pin(v *visit) error {
	s, err := v.pinTo()
	if err != nil {
		return err
	}
	if s.Moved = v.hasMoved(s.gatewayCard); s.Moved {
		return v.show(http.StatusConflict, "pin.html", s)
	}
	asked := map[string]any{"revision": s.To, "why": v.PostFormValue("why")}
	if err := v.api.do(http.MethodPut, asked, nil, "gateways", s.Gateway.Name, "pin"); err != nil {
		return err
	}
	return v.redirect(s.home())
}

// releasePage asks whether a gateway is to go on to the newest revision.
func releasePage(v *visit) error {
	s, err := v.stepTo(0)
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "release.html", s)
}

// release lets a gateway go on to the newest revision.
func release(v *visit) error {
	s, err := v.stepTo(0)
	if err != nil {
		return err
	}
	if s.Moved = v.hasMoved(s.gatewayCard) || v.PostFormValue("to") != strconv.FormatInt(s.To, 10); s.Moved {
		return v.show(http.StatusConflict, "release.html", s)
	}
	if err := v.api.do(http.MethodDelete, nil, nil, "gateways", s.Gateway.Name, "pin"); err != nil {
		return err
	}
	return v.redirect(s.home())
}

// SPDX-License-Identifier: Apache-2.0

package gateways

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"strconv"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	"gatewayresponses/internal/finding"
	v1 "gatewayresponses/internal/server/v1"
)

// consentStep is what the page shows that asks for consent: what waits on a gateway, and what it would change.
type consentStep struct {
	step
	// Findings are what is wrong or unwise in the document, and was not in the one that is in force.
	Findings []finding.Linked
	// Hidden reports that the caller may not see what waits, as it may be of any API.
	Hidden bool
}

// readConsent looks at what waits on a gateway.
func readConsent(v *page.Visit) (consentStep, error) {
	s := consentStep{Hidden: !v.MayGateways(auth.Read)}
	var err error
	if s.gatewayCard, err = gatewayNamed(v, v.PathValue("gateway")); err != nil {
		return s, err
	}
	s.To = s.Standing.Newest
	if s.Hidden || s.Standing.Waiting == nil || s.To == s.Standing.InForce {
		return s, nil
	}
	if err := s.compare(v); err != nil {
		return s, err
	}
	s.Findings, err = newFindings(v, s.Gateway.Name, s.Standing.InForce, s.To)
	return s, err
}

// compare reads what differs from what is in force.
func (s *consentStep) compare(v *page.Visit) error {
	from, to := strconv.FormatInt(s.Standing.InForce, 10), strconv.FormatInt(s.To, 10)
	s.Changes = &v1.RevisionDiff{}
	err := v.API.List(s.Changes, []string{"from", from, "to", to, "replies", "true"}, "gateways", s.Gateway.Name, "diff")
	var said *page.APIError
	if errors.As(err, &said) && said.Status == http.StatusBadRequest { // the replies are too large to be compared
		err = v.API.List(s.Changes, []string{"from", from, "to", to}, "gateways", s.Gateway.Name, "diff")
	}
	return err
}

// newFindings are what is wrong or unwise in the document of a revision, and was not in that of another one.
func newFindings(v *page.Visit, gateway string, before, after int64) ([]finding.Linked, error) {
	old, err := findingsOf(v, gateway, before)
	if err != nil {
		return nil, err
	}
	all, err := findingsOf(v, gateway, after)
	if err != nil {
		return nil, err
	}
	said := func(f finding.Linked) string { return f.Code.String() + " " + f.Path + " " + f.Message }
	was := map[string]bool{}
	for _, f := range old {
		was[said(f)] = true
	}
	return slices.DeleteFunc(all, func(f finding.Linked) bool { return was[said(f)] }), nil
}

// findingsOf are what is wrong or unwise in the document of a revision; 0 has none. Nobody has written that document, so that places in it
// say nothing: those about a route have its name, and their paths begin there.
func findingsOf(v *page.Visit, gateway string, revision int64) ([]finding.Linked, error) {
	if revision == 0 {
		return nil, nil
	}
	number := strconv.FormatInt(revision, 10)
	var document []byte
	if err := v.API.Get(&document, "gateways", gateway, "revisions", number, "document"); err != nil {
		return nil, err
	}
	var found v1.Findings
	if err := v.API.Do(http.MethodPost, map[string]any{"text": string(document), "lint": true}, &found, "validate"); err != nil {
		return nil, err
	}
	var written struct{ Routes []struct{ Name string } }
	if err := json.Unmarshal(document, &written); err != nil {
		return nil, err
	}
	for i := range found.Findings {
		f := &found.Findings[i]
		f.Place = finding.Place{}
		if at := ofRoute.FindStringSubmatch(f.Path); at != nil {
			if route, err := strconv.Atoi(at[1]); err == nil && route < len(written.Routes) {
				f.File, f.Path = written.Routes[route].Name, at[2]
			}
		}
	}
	return found.Findings, nil
}

// ofRoute is the path of what is about a route of a document.
var ofRoute = regexp.MustCompile(`^routes\[(\d+)\]\.?(.*)$`)

// consentPage asks for consent to what waits on a gateway.
func consentPage(v *page.Visit) error {
	s, err := readConsent(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["consent.html"], s)
}

// consent consents to what the form was made for.
func consent(v *page.Visit) error {
	revision, err := strconv.ParseInt(v.PostFormValue("revision"), 10, 64)
	if err != nil {
		return page.BadForm(errRevision)
	}
	name := v.PathValue("gateway")
	asked := map[string]any{"revision": revision, "ends": v.PostFormValue("ends") != "", "why": v.PostFormValue("why")}
	err = v.API.Do(http.MethodPut, asked, nil, "gateways", name, "consent")
	var said *page.APIError
	if errors.As(err, &said) && said.Status == http.StatusConflict {
		s, err := readConsent(v)
		if err != nil {
			return err
		}
		s.Moved = true
		return v.Show(http.StatusConflict, templates["consent.html"], s)
	}
	if err != nil {
		return err
	}
	return v.Redirect(home(name))
}

// SPDX-License-Identifier: Apache-2.0

package console

import (
	"errors"
	"net/http"
	"net/url"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// problemPage is what the page shows that says what went wrong.
type problemPage struct {
	v1.Problem
	// Safe says what is as it was.
	Safe string
}

const (
	nothingChanged = "Nothing was changed, and the Envoys go on with what they run."
	perhapsChanged = "It may be done, or not. Look before you try again; the Envoys go on with what they run."
)

// noPage answers for paths that are none.
func noPage(*page.Visit) error {
	return &page.APIError{Problem: v1.Problem{Title: "no such page", Status: http.StatusNotFound, Detail: "There is no page of this address, or it takes no such request."}}
}

// fail answers with what went wrong.
func (c *Console) fail(w http.ResponseWriter, r *http.Request, who *v1.Who, err error) {
	shown := problemPage{Safe: nothingChanged}
	var said *page.APIError
	var refused *Refusal
	switch {
	case errors.Is(err, ErrSignedOut):
		c.sendToSignIn(w, r)
		return
	case errors.As(err, &refused):
		setRetryAfter(w, refused)
		shown.Problem = v1.Problem{Title: "not now", Status: refused.Status, Detail: refused.Message}
	case errors.As(err, &said):
		shown.Problem = said.Problem
		if said.Title == "outcome unknown" {
			shown.Safe = perhapsChanged
		}
	default:
		c.options.Failed(r, err)
		shown.Problem = v1.Problem{Title: "server error", Status: http.StatusInternalServerError, Detail: "The server could not make this page; its log says why."}
		if r.Method != http.MethodGet {
			shown.Safe = perhapsChanged
		}
	}
	if err := templates["problem.html"].Write(w, r, who, shown.Status, shown); err != nil {
		c.options.Failed(r, err)
		http.Error(w, shown.Title, shown.Status)
	}
}

// sendToSignIn goes to the page to sign in, which leads back to what was wanted. A form cannot be sent again from there.
func (c *Console) sendToSignIn(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		c.askToSignIn(w, r, http.StatusUnauthorized, signInForm{To: "/console/", Why: "You were signed out meanwhile, and nothing was changed. Sign in, and do it again."})
		return
	}
	to := "/console/sign-in"
	if at := r.URL.RequestURI(); at != "/console/" {
		to += "?to=" + url.QueryEscape(at)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// SPDX-License-Identifier: Apache-2.0

package admin

import (
	"cmp"
	"net/http"
	"slices"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// signedIn is a session on a page.
type signedIn struct {
	v1.Session
	// Yours says that it is of whoever looks.
	Yours bool
}

// Of is whose session it is: an access key or a person.
func (s signedIn) Of() string { return cmp.Or(s.Key, s.Person) }

// allSessions are who is signed in.
func allSessions(v *page.Visit) ([]signedIn, error) {
	var all v1.Sessions
	if err := v.API.Get(&all, "sessions"); err != nil {
		return nil, err
	}
	you := cmp.Or(v.Who.Key, v.Who.Person)
	found := make([]signedIn, len(all.Items))
	for i, s := range all.Items {
		found[i] = signedIn{Session: s}
		found[i].Yours = found[i].Of() == you
	}
	return found, nil
}

// sessions is the page of who is signed in.
func sessions(v *page.Visit) error {
	found, err := allSessions(v)
	if err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["sessions.html"], found)
}

// ending is what the page asks about: one session, or all of somebody.
type ending struct {
	// Session is the id of the one, Of is whose all are; one of them is "".
	Session, Of string
	Found       []signedIn
}

// endSessionsPage asks whether to end sessions.
func endSessionsPage(v *page.Visit) error {
	all, err := allSessions(v)
	if err != nil {
		return err
	}
	shown := ending{Session: v.FormValue("session"), Of: v.FormValue("of")}
	shown.Found = slices.DeleteFunc(all, func(s signedIn) bool { return s.ID != shown.Session && s.Of() != shown.Of })
	return v.Show(http.StatusOK, templates["endsessions.html"], shown)
}

// endSessions ends one session, or all of somebody.
func endSessions(v *page.Visit) error {
	var err error
	if of := v.PostFormValue("of"); of != "" {
		err = v.API.Delete([]string{"of", of}, "sessions")
	} else {
		err = v.API.Delete(nil, "sessions", v.PostFormValue("session"))
	}
	if err != nil {
		return err
	}
	return v.Redirect("/console/sessions")
}

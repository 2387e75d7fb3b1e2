// SPDX-License-Identifier: Apache-2.0

package server

import (
	"net/http"
	"strings"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/aws"
	"gatewayresponses/internal/server/pace"
	"gatewayresponses/internal/server/sts"
	v1 "gatewayresponses/internal/server/v1"
	"gatewayresponses/internal/server/who"
)

// triesPerSecond is how many requests through Envoys a caller may send a second, and triesAtOnce how many at once: people look at each.
const triesPerSecond, triesAtOnce = 1, 20

// api is what is on the port of HTTP: AWS's API Gateway, at / its Security Token Service, our own API at /v1, and the console.
func (s *Server) api() http.Handler {
	finder := who.New(who.Options{Keys: s.control, Dev: s.settings.Dev, Log: s.log})
	var admit func(control.Caller) error
	if s.settings.Rate > 0 {
		admit = pace.New(s.settings.Rate, s.settings.Burst).Admit
	}
	theirs := aws.New(aws.Options{Control: s.control, Authenticate: finder.Caller, Admit: admit})
	tokens := sts.New(sts.Options{Account: s.settings.Account, Authenticate: finder.Caller})
	ours := v1.New(v1.Options{Control: s.control, Authenticate: callerOrSignedIn(finder), Admit: admitOnce(admit), AdmitTry: pace.New(triesPerSecond, triesAtOnce).Admit})
	pages := s.console(ours, sessions{s.control, finder, s.provider, &s.link, admit})
	s.bodies.free.Store(s.limits.bodies)
	return s.bodies.bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == "/console" || path == "/" && isForPeople(r):
			http.Redirect(w, r, "/console/", http.StatusSeeOther)
		case strings.HasPrefix(path, "/console/"):
			pages.ServeHTTP(w, r)
		case path == "/":
			tokens.ServeHTTP(w, r)
		case strings.HasPrefix(path, "/v1/"):
			ours.ServeHTTP(w, r)
		default:
			theirs.ServeHTTP(w, r)
		}
	}))
}

// isForPeople reports whether a browser wants to show a page, and no client of AWS asks.
func isForPeople(r *http.Request) bool {
	return r.Method == http.MethodGet && r.URL.RawQuery == "" && strings.HasPrefix(r.Header.Get("Accept"), "text/html")
}

// callerOrSignedIn finds out who sent a request: from outside, or as a part of a page of somebody who is signed in.
func callerOrSignedIn(finder *who.Finder) func(*http.Request, []byte) (control.Caller, error) {
	return func(r *http.Request, body []byte) (control.Caller, error) {
		if by, ok := signedIn(r.Context()); ok {
			return by, nil
		}
		return finder.Caller(r, body)
	}
}

// admitOnce admits callers from outside. A page was admitted as a whole.
func admitOnce(admit func(control.Caller) error) func(*http.Request, control.Caller) error {
	return func(r *http.Request, by control.Caller) error {
		if _, ok := signedIn(r.Context()); ok || admit == nil {
			return nil
		}
		return admit(by)
	}
}

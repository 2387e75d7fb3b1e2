// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"errors"
	"net/http"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/console"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/oidc"
	"gatewayresponses/internal/server/request"
	"gatewayresponses/internal/server/who"
)

// signedInKey is where the context of a request that the console makes has its caller.
type signedInKey struct{}

// signedIn is the caller of a request that the console makes within the process. No request from outside has one.
func signedIn(ctx context.Context) (control.Caller, bool) {
	by, ok := ctx.Value(signedInKey{}).(control.Caller)
	return by, ok
}

// sessions are those of people who are signed in to the console.
type sessions struct {
	control *control.Control
	finder  *who.Finder
	// provider signs people in without a key; nil is none.
	provider *oidc.Provider
	// link signs in whoever has it, once.
	link *link
	// admit refuses a caller who is too fast; nil admits everybody.
	admit func(control.Caller) error
}

// SignIn begins a session of whoever has a key, or the word of a link.
func (s sessions) SignIn(r *http.Request, key string) (string, error) {
	key, err := s.link.redeem(key)
	if err != nil {
		return "", err
	}
	by, err := s.finder.Bearer(r, key)
	if err == nil && s.admit != nil {
		err = s.admit(by)
	}
	if err != nil {
		return "", refusal(err)
	}
	return s.control.SignIn(r.Context(), request.From(r.Context()).By(by))
}

// Resume gives a context in which our API answers for whoever a session is of.
func (s sessions) Resume(r *http.Request, word string) (context.Context, error) {
	ctx := r.Context()
	by, err := s.control.Session(ctx, word)
	if errors.Is(err, control.ErrNoSession) {
		return nil, console.ErrSignedOut
	}
	if err == nil && s.admit != nil {
		err = s.admit(by)
	}
	if err != nil {
		return nil, refusal(err)
	}
	return context.WithValue(ctx, signedInKey{}, request.From(ctx).By(by)), nil
}

// SignOut ends a session.
func (s sessions) SignOut(ctx context.Context, word string) (elsewhere string, err error) {
	by, _ := signedIn(ctx)
	idToken, err := s.control.SignOut(ctx, by, word)
	if err != nil || by.Person == "" || s.provider == nil {
		return "", err
	}
	return s.provider.SignOutURL(idToken), nil
}

// refusal is an error in the words of the console.
func refusal(err error) error {
	var aws *apigateway.Error
	if errors.As(err, &aws) {
		return &console.Refusal{Status: aws.Status, Message: aws.Message, RetryAfter: aws.RetryAfter}
	}
	return err
}

// console makes the console, which asks our API.
func (s *Server) console(ours http.Handler, in sessions) http.Handler {
	options := console.Options{
		API:      withinPage(ours),
		Sessions: in,
		Failed:   func(r *http.Request, err error) { request.From(r.Context()).Err = err },
	}
	if s.provider != nil {
		options.Provider = people{s.provider, in, s.settings.OIDC.Claim, s.log}
	}
	return console.New(options)
}

// withinPage answers requests that a page makes. In the log and the metrics they are one request, which has the name of what it changed.
func withinPage(ours http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := request.From(r.Context())
		inner := *page
		ours.ServeHTTP(w, r.WithContext(request.With(r.Context(), &inner)))
		if inner.Err != nil {
			page.Err = inner.Err
		}
		if r.Method != http.MethodGet {
			page.Operation = inner.Operation
		}
	})
}

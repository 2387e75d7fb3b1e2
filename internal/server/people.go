// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"gatewayresponses/internal/console"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/oidc"
	"gatewayresponses/internal/server/request"
)

// people are those whom a provider of OpenID Connect signs in.
type people struct {
	*oidc.Provider
	sessions sessions
	// claim is what gives rights.
	claim string
	log   *slog.Logger
}

// Begin begins a sign-in.
func (p people) Begin(ctx context.Context, to string) (at, kept string, err error) {
	at, kept, err = p.Provider.Begin(ctx, to)
	return at, kept, p.refusal(err)
}

// Finish begins the session of whoever is back from the provider. Who fails often is held up, as with keys.
func (p people) Finish(r *http.Request, kept string) (word, to string, err error) {
	is, err := p.Provider.Finish(r.Context(), kept, r.URL.Query())
	if err != nil {
		if tooMany := p.sessions.finder.Failed(r); tooMany != nil {
			return "", "", refusal(tooMany)
		}
		return "", "", p.refusal(err)
	}
	word, err = p.sessions.control.SignInPerson(r.Context(), request.From(r.Context()).ID, is.Person)
	if errors.Is(err, control.ErrNotGranted) {
		p.log.Warn("nothing is granted to somebody who signed in", "issuer", is.Issuer, "subject", is.Subject, "name", is.Name, "values", len(is.Values), "why", is.Why)
		return "", "", p.notGranted(is)
	}
	return word, is.To, err
}

const (
	// maxShownValues is how many values of a claim a page shows, and maxShownValue how much of each, in bytes.
	maxShownValues = 50
	maxShownValue  = 200
)

func (p people) notGranted(is oidc.SignedIn) error {
	var shown []string
	for _, value := range is.Values[:min(len(is.Values), maxShownValues)] {
		if len(value) > maxShownValue {
			value = strings.ToValidUTF8(value[:maxShownValue], "") + "..."
		}
		shown = append(shown, value)
	}
	return &console.NotGranted{
		Provider: p.Name(), Name: is.Name, Claim: p.claim, Values: shown, More: len(is.Values) - len(shown), Why: is.Why, SignOut: p.SignOutURL(is.IDToken),
	}
}

// refusal is an error in the words of the console; the log has what people are not told.
func (p people) refusal(err error) error {
	var known *oidc.Error
	if !errors.As(err, &known) {
		return err
	}
	p.log.Warn("somebody is not signed in", "provider", p.Name(), "error", known.Error())
	return &console.Refusal{Status: known.Status, Message: known.Message}
}

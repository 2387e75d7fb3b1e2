// SPDX-License-Identifier: Apache-2.0

package oidc

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// Error is why somebody is not signed in.
type Error struct {
	// Status is that of the answer.
	Status int
	// Message says why, to people.
	Message string
	// Err is for the log.
	Err error
}

func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + shortened(e.Err)
}

// Unwrap gives what is for the log.
func (e *Error) Unwrap() error { return e.Err }

// fault is an error of what came back from the provider.
func fault(status int, err error, message string, values ...any) *Error {
	return &Error{Status: status, Message: fmt.Sprintf(message, values...), Err: err}
}

const (
	// beginTime is how long a sign-in may take, from the page to sign in until the browser is back.
	beginTime = 10 * time.Minute
	// purpose is what a sign-in is sealed for.
	purpose = "OpenID Connect sign-in"
	// maxTo is how long the address may be that a sign-in leads to, in bytes: it is kept in a cookie.
	maxTo = 1500
	// noPlace is where a sign-in leads to without an address.
	noPlace = "/console/"
)

// begun is a sign-in that is under way. The browser keeps it, sealed.
type begun struct {
	Issuer string    `json:"issuer"`
	State  string    `json:"state"`
	Nonce  string    `json:"nonce"`
	PKCE   string    `json:"pkce"`
	To     string    `json:"to"`
	Until  time.Time `json:"until"`
}

// Begin begins a sign-in that leads to an address of ours. It gives the URL to send the browser to, and what the browser has to keep until
// it is back.
func (p *Provider) Begin(ctx context.Context, to string) (at, kept string, err error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", "", fault(http.StatusBadGateway, err, "%s cannot be reached now. Try again in a moment, or sign in with an access key.", p.Name())
	}
	if len(to) > maxTo {
		to = noPlace
	}
	under := begun{
		Issuer: p.options.Issuer, State: rand.Text(), Nonce: rand.Text(), PKCE: oauth2.GenerateVerifier(), To: to, Until: p.options.Now().Add(beginTime).UTC(),
	}
	text, err := json.Marshal(under)
	if err != nil {
		return "", "", err
	}
	kept = base64.RawURLEncoding.EncodeToString(p.options.Sealer.Seal(text, purpose))
	return p.config(found, "").AuthCodeURL(under.State, oidc.Nonce(under.Nonce), oauth2.S256ChallengeOption(under.PKCE)), kept, nil
}

// config is what oauth2 needs to know.
func (p *Provider) config(found *discovered, secret string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: secret, Endpoint: found.endpoint, RedirectURL: p.Public(CallbackPath), Scopes: scopes(p.options.Scopes),
	}
}

// resume gives the sign-in that the browser kept, if it is the one that an answer of the provider is for.
func (p *Provider) resume(kept string, answer url.Values) (begun, *Error) {
	var under begun
	sealed, err := base64.RawURLEncoding.DecodeString(kept)
	if err == nil {
		sealed, err = p.options.Sealer.Open(sealed, purpose)
	}
	if err == nil {
		err = json.Unmarshal(sealed, &under)
	}
	if err != nil || under.Issuer != p.options.Issuer || !p.options.Now().Before(under.Until) {
		return begun{}, fault(http.StatusBadRequest, err, "This sign-in was not begun in this browser, or more than ten minutes ago. Begin again.")
	}
	for name, values := range answer {
		if len(values) > 1 {
			return begun{}, fault(http.StatusBadRequest, nil, "The answer of %s names %.20q twice. Begin again.", p.Name(), name)
		}
	}
	if state := answer.Get("state"); state == "" || !auth.Same(state, under.State) {
		return begun{}, fault(http.StatusBadRequest, nil, "This answer of %s belongs to another sign-in, perhaps in another tab. Begin again.", p.Name())
	}
	return under, nil
}

// SignedIn is what comes of a sign-in.
type SignedIn struct {
	control.Person
	// To is where it leads to, an address of ours.
	To string
	// Why says why the person has no values; "" with some.
	Why string
}

// Finish brings a sign-in to its end: of what the browser kept, and of the answer that the provider sent with it. It says by an *Error what
// people should know who are not signed in.
func (p *Provider) Finish(ctx context.Context, kept string, answer url.Values) (SignedIn, error) {
	under, refused := p.resume(kept, answer)
	if refused != nil {
		return SignedIn{}, refused
	}
	select {
	case p.busy <- struct{}{}:
		defer func() { <-p.busy }()
	default:
		return SignedIn{}, fault(http.StatusServiceUnavailable, errBusy, "Too many people sign in at this moment. Try again.")
	}
	ctx, cancel := context.WithTimeout(p.client(ctx), 2*answerTime)
	defer cancel()
	found, err := p.discover(ctx)
	if err != nil {
		return SignedIn{}, fault(http.StatusBadGateway, err, "%s cannot be reached now. Try again in a moment, or sign in with an access key.", p.Name())
	}
	if refused := p.checkAnswer(found, answer); refused != nil {
		return SignedIn{}, refused
	}
	token, refused := p.exchange(ctx, found, answer.Get("code"), under.PKCE)
	if refused != nil {
		return SignedIn{}, refused
	}
	signedIn, err := p.person(ctx, found, token, under.Nonce)
	if err != nil {
		return SignedIn{}, fault(http.StatusBadGateway, err, "The server cannot trust what %s said. Its log says why; sign in with an access key.", p.Name())
	}
	signedIn.To = under.To
	return signedIn, nil
}

// checkAnswer refuses an answer that is of another provider (RFC 9207), or has no code.
func (p *Provider) checkAnswer(found *discovered, answer url.Values) *Error {
	if issuer := answer.Get("iss"); issuer != p.options.Issuer && (issuer != "" || answer.Has("iss") || found.namesIssuer) {
		return fault(http.StatusBadRequest, fmt.Errorf("the answer is of the issuer %.200q", issuer), "This is the answer of another provider than %s. Begin again.", p.Name())
	}
	if kind := answer.Get("error"); kind != "" {
		return fault(http.StatusForbidden, fmt.Errorf("%.100q: %.300q", kind, answer.Get("error_description")),
			"%s did not sign you in: %.100s %.300s", p.Name(), kind, answer.Get("error_description"))
	}
	if answer.Get("code") == "" {
		return fault(http.StatusBadRequest, nil, "The answer of %s has no code. Begin again.", p.Name())
	}
	return nil
}

// exchange gets tokens for a code.
func (p *Provider) exchange(ctx context.Context, found *discovered, code, pkce string) (*oauth2.Token, *Error) {
	secret, err := p.options.secret()
	if err != nil {
		return nil, fault(http.StatusInternalServerError, err, "The server cannot read its secret for %s. Its log says why; sign in with an access key.", p.Name())
	}
	token, err := p.config(found, secret).Exchange(ctx, code, oauth2.VerifierOption(pkce))
	if err != nil {
		return nil, fault(http.StatusBadGateway, err, "%s did not confirm the sign-in. Begin again, or sign in with an access key; the server's log says why.", p.Name())
	}
	return token, nil
}

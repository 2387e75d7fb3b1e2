// SPDX-License-Identifier: Apache-2.0

// Package oidc signs people in with a provider of OpenID Connect: the
// authorization code flow with PKCE, in which a browser is sent to the provider
// and comes back with a code, for which the server gets an ID token.
//
// What belongs to a sign-in that is under way is kept in a cookie, sealed, so
// that it may end on another replica than it began. Who may do what is not the
// business of this package: it gives the person, with the values of a claim.
package oidc

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"gatewayresponses/internal/auth"
)

// Options are how a Provider works.
type Options struct {
	Settings
	// Sealer keeps what is given to browsers.
	Sealer *auth.Sealer
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log is for what people are not told; nil is nowhere.
	Log *slog.Logger
}

// Provider signs people in. It is safe for concurrent use.
type Provider struct {
	options Options
	http    *http.Client
	asking  singleflight.Group
	// busy has a place for each sign-in that is coming to its end.
	busy chan struct{}

	mu    sync.Mutex
	found *discovered
	// err is why the provider was not found when it was last looked for, at asked.
	err   error
	asked time.Time
}

// maxBusy is how many sign-ins come to their end at once: each asks the provider.
const maxBusy = 16

// New makes a Provider. It asks nobody yet.
func New(options Options) *Provider {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return &Provider{options: options, http: newClient(), busy: make(chan struct{}, maxBusy)}
}

// discovered is what the provider says of itself.
type discovered struct {
	provider *oidc.Provider
	verifier *oidc.IDTokenVerifier
	endpoint oauth2.Endpoint
	// endSession is where people sign out of the provider; "" for nowhere.
	endSession string
	// namesIssuer says that answers name the issuer (RFC 9207).
	namesIssuer bool
	userInfo    bool
}

// metadata are members of the provider's configuration that go-oidc does not give.
type metadata struct {
	EndSession  string   `json:"end_session_endpoint"`
	NamesIssuer bool     `json:"authorization_response_iss_parameter_supported"`
	AuthMethods []string `json:"token_endpoint_auth_methods_supported"`
	JWKS        string   `json:"jwks_uri"`
}

const (
	// freshFor is how long it counts what the provider said of itself, its keys, too. An unknown key is asked for at once.
	freshFor = time.Hour
	// quietFor is how long nobody asks again after the provider was not found.
	quietFor = 5 * time.Second
)

// discover gives what the provider says of itself. While it cannot be found, what it said before counts.
func (p *Provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	found, err, since := p.found, p.err, p.options.Now().Sub(p.asked)
	p.mu.Unlock()
	if found != nil && since < freshFor && err == nil || err != nil && since < quietFor {
		return found, unless(found != nil, err)
	}
	asked := p.asking.DoChan("", func() (any, error) { return nil, p.ask() })
	select {
	case <-asked:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.found, unless(p.found != nil, p.err)
}

func unless(fine bool, err error) error {
	if fine {
		return nil
	}
	return err
}

// ask asks the provider what it is.
func (p *Provider) ask() error {
	found, err := p.read()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil && p.err == nil {
		p.options.Log.Warn("the OpenID provider is not found; access keys work", "issuer", p.options.Issuer, "error", shortened(err))
	} else if err == nil && (p.found == nil || p.err != nil) {
		p.options.Log.Info("the OpenID provider is found", "issuer", p.options.Issuer)
	}
	p.asked, p.err = p.options.Now(), err
	if err == nil {
		p.found = found
	}
	return err
}

// read reads what the provider says of itself.
func (p *Provider) read() (*discovered, error) {
	ctx, cancel := context.WithTimeout(p.client(context.Background()), answerTime)
	defer cancel()
	provider, err := oidc.NewProvider(ctx, p.options.Issuer)
	if err != nil {
		return nil, err
	}
	var also metadata
	if err := provider.Claims(&also); err != nil {
		return nil, err
	}
	endpoint := provider.Endpoint()
	for name, at := range map[string]string{"authorization_endpoint": endpoint.AuthURL, "token_endpoint": endpoint.TokenURL, "jwks_uri": also.JWKS} {
		if u, err := url.Parse(at); err != nil || !isSafe(u) {
			return nil, fmt.Errorf("the provider's %s %q is no URL of https", name, at)
		}
	}
	if endpoint.AuthStyle, err = p.authStyle(also.AuthMethods); err != nil {
		return nil, err
	}
	if u, err := url.Parse(also.EndSession); err != nil || !isSafe(u) {
		also.EndSession = ""
	}
	return &discovered{
		provider: provider, endpoint: endpoint, endSession: also.EndSession, namesIssuer: also.NamesIssuer, userInfo: provider.UserInfoEndpoint() != "",
		verifier: provider.VerifierContext(p.client(context.Background()), &oidc.Config{
			ClientID: p.options.ClientID, Now: func() time.Time { return p.options.Now().Add(-skew) },
		}),
	}, nil
}

// skew is by how much the clock of the provider may be behind ours.
const skew = time.Minute

// authStyle is how the server proves to the provider who it is.
func (p *Provider) authStyle(methods []string) (oauth2.AuthStyle, error) {
	switch {
	case p.options.SecretFile == "":
		return oauth2.AuthStyleInParams, nil // the id alone
	case len(methods) == 0 || slices.Contains(methods, "client_secret_basic"):
		return oauth2.AuthStyleInHeader, nil
	case slices.Contains(methods, "client_secret_post"):
		return oauth2.AuthStyleInParams, nil
	default:
		return 0, fmt.Errorf("the provider takes no secret of clients, only %s", strings.Join(methods, ", "))
	}
}

// client gives a context in which go-oidc and oauth2 ask within our limits.
func (p *Provider) client(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, p.http)
}

// Look asks the provider what it is, so that the log says early if it cannot be found. It returns when the answer is there.
func (p *Provider) Look(ctx context.Context) {
	_, _ = p.discover(ctx) // ask logs it
}

// Name is the provider for people: its host.
func (p *Provider) Name() string {
	issuer, err := url.Parse(p.options.Issuer)
	if err != nil {
		return p.options.Issuer
	}
	return issuer.Host
}

// Away reports whether the provider could not be found when it was last looked for.
func (p *Provider) Away() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err != nil
}

// Secure reports whether browsers reach the server by TLS.
func (p *Provider) Secure() bool { return strings.HasPrefix(p.options.PublicURL, "https://") }

// Public is the URL of a path of the server, as browsers find it.
func (p *Provider) Public(path string) string { return p.options.public(path) }

// maxHint is the size of the largest ID token that is sent in a URL, in bytes: servers take no longer ones.
const maxHint = 6 << 10

// SignOutURL is where people sign out of the provider, with the ID token that they signed in with, "" if it is not known; it leads back to
// the page to sign in. It is "" if there is no such place.
func (p *Provider) SignOutURL(idToken string) string {
	p.mu.Lock()
	found := p.found
	p.mu.Unlock()
	if found == nil || found.endSession == "" {
		return ""
	}
	at, err := url.Parse(found.endSession)
	if err != nil {
		return ""
	}
	query := at.Query()
	query.Set("client_id", p.options.ClientID)
	query.Set("post_logout_redirect_uri", p.Public("/console/sign-in"))
	if idToken != "" && len(idToken) <= maxHint {
		query.Set("id_token_hint", idToken)
	}
	at.RawQuery = query.Encode()
	return at.String()
}

// maxShortened is how much of an error is logged, in bytes: those of providers quote what they got.
const maxShortened = 500

// shortened is an error for the log.
func shortened(err error) string {
	text := err.Error()
	if len(text) > maxShortened {
		text = strings.ToValidUTF8(text[:maxShortened], "") + "..."
	}
	return text
}

// errBusy says that too many people sign in at once.
var errBusy = errors.New("too many sign-ins end at this moment")

// SPDX-License-Identifier: Apache-2.0

// Package oidctest is a provider of OpenID Connect, for tests: one that does what it
// should unless a test has it misbehave, which no real provider can be made to. It
// signs everybody in without a question.
package oidctest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Provider signs people in.
type Provider struct {
	t testing.TB
	*httptest.Server
	// Now is what its clock says.
	Now func() time.Time
	// Tell changes what it says of itself, Claims what it says of a person, Info what it says of one who is asked for.
	Tell, Claims, Info func(map[string]any)
	// Sign makes the ID token of its payload; nil signs it with Key.
	Sign func(payload []byte) string
	// Instead answers a request in its place, and reports whether it did.
	Instead func(w http.ResponseWriter, r *http.Request) bool
	// Key signs, and Published are the keys that it says it signs with.
	Key       jose.JSONWebKey
	Published []jose.JSONWebKey

	mu      sync.Mutex
	rotated int
	codes   map[string]url.Values
	asked   map[string]int
}

// What the provider knows servers by. The secret has characters that a header of HTTP must escape.
const (
	ClientID = "gwrd"
	Secret   = "s3cret: with+signs"
)

// New starts a provider, which stops with the test.
func New(t testing.TB) *Provider {
	t.Helper()
	p := &Provider{t: t, Now: time.Now, codes: map[string]url.Values{}, asked: map[string]int{}}
	p.Rotate("key-1")
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

// keys are those of all providers, each of which takes some time to make.
var keys [4]func() (*rsa.PrivateKey, error)

func init() {
	for i := range keys {
		keys[i] = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })
	}
}

// Rotate makes the provider sign with a new key, and publish no other.
func (p *Provider) Rotate(id string) {
	private, err := keys[p.rotated]()
	if err != nil {
		p.t.Fatal(err)
	}
	p.rotated++
	p.Key = jose.JSONWebKey{Key: private, KeyID: id, Algorithm: string(jose.RS256), Use: "sig"}
	p.Published = []jose.JSONWebKey{p.Key.Public()}
}

// ServeHTTP answers as a provider.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.asked[r.URL.Path]++
	p.mu.Unlock()
	if p.Instead != nil && p.Instead(w, r) {
		return
	}
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		said := map[string]any{
			"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
			"userinfo_endpoint": p.URL + "/userinfo", "end_session_endpoint": p.URL + "/end?from=here",
			"id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
		}
		p.write(w, said, p.Tell)
	case "/keys":
		p.write(w, map[string]any{"keys": p.Published}, nil)
	case "/token":
		p.token(w, r)
	case "/userinfo":
		p.write(w, map[string]any{"sub": "ann", "groups": []string{"from the user info"}}, p.Info)
	case "/authorize":
		asked := r.URL.Query()
		back := url.Values{"state": {asked.Get("state")}, "code": {p.Code(asked)}, "iss": {p.URL}}
		http.Redirect(w, r, asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	default:
		http.NotFound(w, r)
	}
}

func (p *Provider) write(w http.ResponseWriter, said map[string]any, change func(map[string]any)) {
	if change != nil {
		change(said)
	}
	w.Header().Set("Content-Type", "application/json")
	text, err := json.Marshal(said)
	if err != nil {
		p.t.Error(err)
	}
	_, _ = w.Write(text) // who was told too much is gone
}

// Code is the code of somebody who was sent to the provider with a query, and has signed in.
func (p *Provider) Code(asked url.Values) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	code := "code " + rand.Text()
	p.codes[code] = asked
	return code
}

// Asked is how often a path was asked for.
func (p *Provider) Asked(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// token gives an ID token for a code, once, to whoever has the secret and the verifier.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	asked, known := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code"))
	p.mu.Unlock()
	verifier := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	user, password, _ := r.BasicAuth()
	if !known || user != ClientID || password != url.QueryEscape(Secret) || r.PostFormValue("redirect_uri") != asked.Get("redirect_uri") ||
		base64.RawURLEncoding.EncodeToString(verifier[:]) != asked.Get("code_challenge") || asked.Get("code_challenge_method") != "S256" {
		w.WriteHeader(http.StatusBadRequest)
		p.write(w, map[string]any{"error": "invalid_grant", "error_description": "no such code"}, nil)
		return
	}
	claims := map[string]any{
		"iss": p.URL, "sub": "ann", "aud": ClientID, "exp": p.Now().Add(time.Minute).Unix(), "iat": p.Now().Unix(), "nonce": asked.Get("nonce"),
		"preferred_username": "Ann", "groups": []string{"shop", "staff"},
	}
	if p.Claims != nil {
		p.Claims(claims)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		p.t.Error(err)
	}
	sign := p.Sign
	if sign == nil {
		sign = func(payload []byte) string { return p.Signed(jose.RS256, p.Key, payload) }
	}
	p.write(w, map[string]any{"access_token": "access", "token_type": "Bearer", "expires_in": 60, "id_token": sign(payload)}, nil)
}

// Signed is a token.
func (p *Provider) Signed(algorithm jose.SignatureAlgorithm, key any, payload []byte) string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: algorithm, Key: key}, nil)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	made, err := signer.Sign(payload)
	if err != nil {
		p.t.Error(err)
		return ""
	}
	text, err := made.CompactSerialize()
	if err != nil {
		p.t.Error(err)
	}
	return text
}

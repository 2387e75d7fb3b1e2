// SPDX-License-Identifier: Apache-2.0

package oidc_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/oidctest"
	"gatewayresponses/internal/server/oidc"
)

// TestSignIn holds what a browser takes to the provider, and who is signed in when it is back.
func TestSignIn(t *testing.T) {
	p := oidctest.New(t)
	b := newBrowser(t, p)
	at, kept, err := b.with.Begin(t.Context(), "/console/audit")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(at)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	for name, want := range map[string]string{
		"response_type": "code", "client_id": oidctest.ClientID, "scope": "openid profile", "redirect_uri": "https://gwrd.example.com/console/sign-in/oidc/callback", "code_challenge_method": "S256",
	} {
		if q.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, q.Get(name), want)
		}
	}
	for _, name := range []string{"state", "nonce", "code_challenge"} {
		if len(q.Get(name)) < 26 || strings.Contains(kept, q.Get(name)) {
			t.Errorf("%s is %q, and the browser keeps %q", name, q.Get(name), kept)
		}
	}
	if len(kept) > 2000 {
		t.Errorf("the browser keeps %d bytes", len(kept))
	}
	is, err := b.signIn()
	if err != nil {
		t.Fatal(err)
	}
	if is.IDToken == "" {
		t.Error("there is no ID token")
	}
	is.IDToken = ""
	want := oidc.SignedIn{To: "/console/audit"}
	want.Issuer, want.Subject, want.Name, want.Values = p.URL, "ann", "Ann", []string{"shop", "staff"}
	if diff := cmp.Diff(want, is); diff != "" {
		t.Errorf("signed in is (-want +got):\n%s", diff)
	}
	if long, _, err := b.with.Begin(t.Context(), "/console/"+strings.Repeat("x", 5000)); err != nil || len(long) > 1000 {
		t.Errorf("%q, %v", long, err)
	}
}

// refusedWith wants that somebody is not signed in, with a message for people and a reason for the log.
func refusedWith(t *testing.T, what string, got oidc.SignedIn, err error, status int, message, reason string) {
	t.Helper()
	var refused *oidc.Error
	if !errors.As(err, &refused) || refused.Status != status || !strings.Contains(refused.Message, message) || !strings.Contains(err.Error(), reason) || len(err.Error()) > 1500 {
		t.Errorf("%s: signed in is %+.200v, error %v, want %d %q because of %q", what, got, err, status, message, reason)
	}
}

// TestForgedAnswer holds that a browser gets in with nothing but the answer to its own question, once.
func TestForgedAnswer(t *testing.T) {
	p := oidctest.New(t)
	b := newBrowser(t, p)
	attacker, attackers := b.begin("/console/")
	other := newBrowser(t, p)
	foreign, _ := other.begin("/console/")
	const begin, elsewhere = "not begun in this browser, or more than ten minutes ago", "belongs to another sign-in"
	for _, tc := range []struct {
		what    string
		change  func(kept string, answer url.Values) (string, url.Values)
		message string
	}{
		{"no cookie", func(_ string, a url.Values) (string, url.Values) { return "", a }, begin},
		{"a cookie of chance", func(_ string, a url.Values) (string, url.Values) {
			return base64.RawURLEncoding.EncodeToString(make([]byte, 300)), a
		}, begin},
		{"the cookie of another server", func(_ string, a url.Values) (string, url.Values) { return foreign, a }, begin},
		{"a changed cookie", func(k string, a url.Values) (string, url.Values) { return k[:40] + "A" + k[41:], a }, begin},
		{"no state", func(k string, a url.Values) (string, url.Values) { a.Del("state"); return k, a }, elsewhere},
		{"another state", func(k string, a url.Values) (string, url.Values) { a.Set("state", "x"); return k, a }, elsewhere},
		{"the sign-in of an attacker, in the browser of a victim", func(k string, _ url.Values) (string, url.Values) { return k, attackers }, elsewhere},
		{"the cookie of an attacker, with the answer of a victim", func(_ string, a url.Values) (string, url.Values) { return attacker, a }, elsewhere},
		{"two codes", func(k string, a url.Values) (string, url.Values) { a.Add("code", "x"); return k, a }, `names "code" twice`},
		{"no code", func(k string, a url.Values) (string, url.Values) { a.Del("code"); return k, a }, "has no code"},
		{"another issuer", func(k string, a url.Values) (string, url.Values) { a.Set("iss", "https://evil.example"); return k, a }, "the answer of another provider"},
		{"an empty issuer", func(k string, a url.Values) (string, url.Values) { a.Set("iss", ""); return k, a }, "the answer of another provider"},
	} {
		kept, answer := b.begin("/console/")
		kept, answer = tc.change(kept, answer)
		got, err := b.with.Finish(t.Context(), kept, answer)
		refusedWith(t, tc.what, got, err, http.StatusBadRequest, tc.message, "")
	}
	if n := p.Asked("/token"); n != 0 {
		t.Errorf("the provider was asked for %d tokens", n)
	}

	kept, answer := b.begin("/console/")
	answer.Set("iss", p.URL)
	if _, err := b.with.Finish(t.Context(), kept, answer); err != nil {
		t.Errorf("with the issuer: %v", err)
	}
	got, err := b.with.Finish(t.Context(), kept, answer)
	refusedWith(t, "the same code again", got, err, http.StatusBadGateway, "did not confirm the sign-in", "invalid_grant")

	kept, mine := b.begin("/console/")
	_, stolen := b.begin("/console/")
	mine.Set("code", stolen.Get("code"))
	got, err = b.with.Finish(t.Context(), kept, mine)
	refusedWith(t, "the code of another sign-in", got, err, http.StatusBadGateway, "did not confirm the sign-in", "invalid_grant")

	kept, answer = b.begin("/console/")
	b.now = b.now.Add(10 * time.Minute)
	got, err = b.with.Finish(t.Context(), kept, answer)
	refusedWith(t, "after ten minutes", got, err, http.StatusBadRequest, begin, "")

	for _, kind := range []string{"access_denied", "<script>alert(1)</script>" + strings.Repeat("x", 10_000)} {
		kept, answer = b.begin("/console/")
		got, err = b.with.Finish(t.Context(), kept, url.Values{"state": answer["state"], "error": {kind}, "error_description": {strings.Repeat("no ", 10_000)}})
		refusedWith(t, "the provider refuses", got, err, http.StatusForbidden, "did not sign you in: "+kind[:10], "")
	}
}

// TestIssuerOfAnswers holds that an answer must name the issuer where the provider says that its answers do (RFC 9207).
func TestIssuerOfAnswers(t *testing.T) {
	p := oidctest.New(t)
	p.Tell = func(said map[string]any) { said["authorization_response_iss_parameter_supported"] = true }
	b := newBrowser(t, p)
	got, err := b.signIn()
	refusedWith(t, "without an issuer", got, err, http.StatusBadRequest, "the answer of another provider", `of the issuer ""`)
	kept, answer := b.begin("/console/")
	answer.Set("iss", p.URL)
	if _, err := b.with.Finish(t.Context(), kept, answer); err != nil {
		t.Errorf("with the issuer: %v", err)
	}
}

// TestForgedToken holds that nobody is signed in by a token that is not of the provider, for us and for this sign-in.
func TestForgedToken(t *testing.T) {
	for _, tc := range []struct {
		what   string
		claims func(map[string]any)
		sign   func(p *oidctest.Provider, payload []byte) string
		reason string
	}{
		{what: "no signature", sign: func(_ *oidctest.Provider, payload []byte) string { return unsigned(`{"alg":"none"}`, payload) }, reason: "unexpected signature algorithm"},
		{what: "signed with the secret", sign: func(p *oidctest.Provider, payload []byte) string {
			return p.Signed(jose.HS256, []byte(oidctest.Secret+strings.Repeat("x", 32)), payload)
		}, reason: "unexpected signature algorithm"},
		{what: "signed with the public key as a secret", sign: func(p *oidctest.Provider, payload []byte) string {
			public, err := p.Published[0].MarshalJSON()
			if err != nil {
				t.Error(err)
			}
			return p.Signed(jose.HS256, public, payload)
		}, reason: "unexpected signature algorithm"},
		{what: "signed with another key", sign: func(p *oidctest.Provider, payload []byte) string {
			right := p.Published
			defer func() { p.Published = right }()
			p.Rotate("key-1")
			return p.Signed(jose.RS256, p.Key, payload)
		}, reason: "failed to verify"},
		{what: "changed after it was signed", sign: func(p *oidctest.Provider, payload []byte) string {
			parts := strings.Split(p.Signed(jose.RS256, p.Key, payload), ".")
			return parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(strings.Replace(string(payload), `"ann"`, `"bob"`, 1))) + "." + parts[2]
		}, reason: "failed to verify"},
		{what: "no token", sign: func(*oidctest.Provider, []byte) string { return "" }, reason: "malformed jwt"},
		{what: "a token of 900 kB", claims: func(c map[string]any) { c["x"] = strings.Repeat("x", 700_000) }},
		{what: "a token of 10 MB", claims: func(c map[string]any) { c["x"] = strings.Repeat("x", 10<<20) }, reason: "did not confirm"},
		{what: "another issuer", claims: func(c map[string]any) { c["iss"] = "https://evil.example" }, reason: "issued by a different provider"},
		{what: "another audience", claims: func(c map[string]any) { c["aud"] = "shop" }, reason: "expected audience"},
		{what: "an audience of very many", claims: func(c map[string]any) { c["aud"] = strings.Fields(strings.Repeat("x ", 100_000)) }, reason: "expected audience"},
		{what: "two audiences, and for nobody", claims: func(c map[string]any) { c["aud"] = []string{oidctest.ClientID, "shop"} }, reason: "the ID token is for"},
		{what: "two audiences, and for another", claims: func(c map[string]any) { c["aud"], c["azp"] = []string{oidctest.ClientID, "shop"}, "shop" }, reason: "the ID token is for"},
		{what: "for another", claims: func(c map[string]any) { c["azp"] = "shop" }, reason: "the ID token is for"},
		{what: "expired", claims: func(c map[string]any) { c["exp"] = c["iat"].(int64) - 61 }, reason: "token is expired"},
		{what: "without an end", claims: func(c map[string]any) { delete(c, "exp") }, reason: "token is expired"},
		{what: "issued tomorrow", claims: func(c map[string]any) { c["iat"] = c["iat"].(int64) + 86400 }, reason: "which is to come"},
		{what: "good from tomorrow", claims: func(c map[string]any) { c["nbf"] = c["iat"].(int64) + 86400 }, reason: "before the nbf"},
		{what: "no nonce", claims: func(c map[string]any) { delete(c, "nonce") }, reason: "its nonce is not ours"},
		{what: "another nonce", claims: func(c map[string]any) { c["nonce"] = "x" }, reason: "its nonce is not ours"},
		{what: "nobody", claims: func(c map[string]any) { delete(c, "sub") }, reason: "the subject"},
		{what: "a subject of 256 bytes", claims: func(c map[string]any) { c["sub"] = strings.Repeat("x", 256) }, reason: "the subject"},
		{what: "a subject with a line end", claims: func(c map[string]any) { c["sub"] = "ann\nbob" }, reason: "the subject"},
		{what: "a subject that is a number", claims: func(c map[string]any) { c["sub"] = 7 }, reason: "failed to unmarshal claims"},
		{what: "a hash of another access token", claims: func(c map[string]any) { c["at_hash"] = "x" }, reason: "access token hash does not match"},
		{what: "claims nowhere", claims: func(c map[string]any) { c["_claim_names"] = map[string]any{"groups": "x"} }, reason: "source does not exist"},
		// What is not quite as it should be, and lets nobody else in.
		{what: "two audiences, and for us", claims: func(c map[string]any) { c["aud"], c["azp"] = []string{oidctest.ClientID, "shop"}, oidctest.ClientID }},
		{what: "expired by a clock that is late", claims: func(c map[string]any) { c["exp"] = c["iat"].(int64) - 59 }},
		{what: "issued by a clock that is early", claims: func(c map[string]any) { c["iat"] = c["iat"].(int64) + 59 }},
	} {
		p := oidctest.New(t)
		p.Claims = tc.claims
		if tc.sign != nil {
			p.Sign = func(payload []byte) string { return tc.sign(p, payload) }
		}
		got, err := newBrowser(t, p).signIn()
		switch {
		case tc.reason == "" && err != nil:
			t.Errorf("%s: %v", tc.what, err)
		case tc.reason == "did not confirm":
			refusedWith(t, tc.what, got, err, http.StatusBadGateway, tc.reason, "")
		case tc.reason != "":
			refusedWith(t, tc.what, got, err, http.StatusBadGateway, "cannot trust what 127.0.0.1", tc.reason)
		}
	}
}

// unsigned is a token with no signature.
func unsigned(header string, payload []byte) string {
	return base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString(payload) + "."
}

// TestKeyRotation holds that a token of a new key is taken at once, and one of a key that is gone within an hour no more.
func TestKeyRotation(t *testing.T) {
	p := oidctest.New(t)
	b := newBrowser(t, p)
	for range 2 {
		if _, err := b.signIn(); err != nil {
			t.Fatal(err)
		}
	}
	if n := p.Asked("/keys"); n != 1 {
		t.Errorf("the keys were asked for %d times", n)
	}
	old := p.Key
	p.Rotate("key-2")
	if _, err := b.signIn(); err != nil {
		t.Errorf("with a new key: %v", err)
	}
	p.Key = old
	got, err := b.signIn()
	refusedWith(t, "a key that is gone", got, err, http.StatusBadGateway, "cannot trust", "failed to verify")
	if n := p.Asked("/.well-known/openid-configuration"); n != 1 {
		t.Errorf("the configuration was asked for %d times", n)
	}
	b.now = b.now.Add(61 * time.Minute)
	p.Rotate("key-3")
	if _, err := b.signIn(); err != nil || p.Asked("/.well-known/openid-configuration") != 2 {
		t.Errorf("an hour later: %v, the configuration was asked for %d times", err, p.Asked("/.well-known/openid-configuration"))
	}
}

// TestValues holds what is read of the claim, whatever is in it, and what people are called.
func TestValues(t *testing.T) {
	many := make([]string, 10_000)
	for i := range many {
		many[i] = fmt.Sprint("group ", i)
	}
	for _, tc := range []struct {
		what   string
		claims func(map[string]any)
		claim  string
		values []string
		why    string
		called string
	}{
		{what: "10,000 groups", claims: func(c map[string]any) { c["groups"] = many }, values: many},
		{what: "one text", claims: func(c map[string]any) { c["groups"] = "shop" }, values: []string{"shop"}},
		{what: "a list of different things", claims: func(c map[string]any) {
			c["groups"] = []any{1, "shop", nil, []string{"admin"}, map[string]any{"a": "b"}}
		}, values: []string{"shop"}},
		{what: "a list without texts", claims: func(c map[string]any) { c["groups"] = []any{1, true} }, why: "has no text in its list of 2"},
		{what: "an empty list", claims: func(c map[string]any) { c["groups"] = []any{} }, why: "has no text in its list of 0"},
		{what: "an object", claims: func(c map[string]any) { c["groups"] = map[string]any{"admin": true} }, why: `is no list of texts, but "{\"admin\":true}"`},
		{what: "a number", claims: func(c map[string]any) { c["groups"] = 1 }, why: "is no list of texts"},
		{what: "null", claims: func(c map[string]any) { c["groups"] = nil }, why: "is no list of texts"},
		{what: "asked for", claims: func(c map[string]any) { delete(c, "groups") }, values: []string{"from the user info"}},
		{what: "nowhere", claim: "roles", why: `sent no claim "roles"; it sent ["aud" "exp" "groups"`},
		{what: "in too many groups", claim: "roles", claims: func(c map[string]any) {
			c["_claim_names"], c["_claim_sources"] = map[string]any{"roles": "src1"}, map[string]any{"src1": map[string]any{"endpoint": "http://127.0.0.1:1/steal", "access_token": "x"}}
		}, why: "more groups than fit in a token"},
		{what: "in an object", claim: "realm_access.roles", claims: func(c map[string]any) { c["realm_access"] = map[string]any{"roles": []string{"a"}} }, values: []string{"a"}},
		{what: "a name with dots", claim: "https://example.com/groups", claims: func(c map[string]any) { c["https://example.com/groups"] = []string{"b"} }, values: []string{"b"}},
		{what: "both", claim: "a.b.c", claims: func(c map[string]any) { c["a.b"] = map[string]any{"c": "d"}; c["a"] = map[string]any{"b": 1} }, values: []string{"d"}},
		{what: "a hostile name", claims: func(c map[string]any) { c["preferred_username"] = "\u202e<b>ann\x00\r\n</b>" }, values: []string{"shop", "staff"}, called: "<b>ann</b>"},
		{what: "a name of a megabyte", claims: func(c map[string]any) { c["preferred_username"] = strings.Repeat("é", 200_000) }, values: []string{"shop", "staff"}, called: strings.Repeat("é", 100)},
		{what: "no name", claims: func(c map[string]any) { c["preferred_username"], c["email"] = 7, "ann@example.com" }, values: []string{"shop", "staff"}, called: "ann@example.com"},
		{what: "no name at all", claims: func(c map[string]any) { c["preferred_username"] = " \u202e" }, values: []string{"shop", "staff"}, called: "ann"},
	} {
		p := oidctest.New(t)
		p.Claims = tc.claims
		b := newBrowser(t, p, func(s *oidc.Settings) {
			if tc.claim != "" {
				s.Claim = tc.claim
			}
		})
		got, err := b.signIn()
		if tc.called == "" {
			tc.called = "Ann"
		}
		if err != nil || cmp.Diff(tc.values, got.Values) != "" || !strings.Contains(got.Why, tc.why) || (got.Why == "") != (tc.why == "") || got.Name != tc.called || len(got.Why) > 1000 {
			t.Errorf("%s: %+.300v, why %q, %v", tc.what, got.Values, got.Why, err)
		}
	}
	p := oidctest.New(t)
	p.Claims = func(c map[string]any) { delete(c, "groups") }
	p.Info = func(c map[string]any) { c["sub"] = "bob" }
	got, err := newBrowser(t, p).signIn()
	refusedWith(t, "what is said of another person", got, err, http.StatusBadGateway, "cannot trust", `tells of the subject "bob"`)
}

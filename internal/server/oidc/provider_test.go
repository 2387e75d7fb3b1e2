// SPDX-License-Identifier: Apache-2.0

package oidc_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/oidctest"
	"gatewayresponses/internal/server/oidc"
)

// TestProviderAway holds that a provider that cannot be found costs little, and is found when it is back.
func TestProviderAway(t *testing.T) {
	p := oidctest.New(t)
	away := true
	p.Instead = func(w http.ResponseWriter, _ *http.Request) bool {
		if away {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		return away
	}
	b := newBrowser(t, p)
	if b.with.Away() || b.with.SignOutURL("") != "" {
		t.Error("nobody has looked for the provider yet")
	}
	for range 10 {
		_, _, err := b.with.Begin(t.Context(), "/console/")
		refusedWith(t, "away", oidc.SignedIn{}, err, http.StatusBadGateway, "cannot be reached now. Try again in a moment, or sign in with an access key.", "503")
	}
	if n := p.Asked("/.well-known/openid-configuration"); n != 1 || !b.with.Away() {
		t.Errorf("the provider was asked %d times within five seconds, away is %t", n, b.with.Away())
	}
	away = false
	b.now = b.now.Add(5 * time.Second)
	if _, err := b.signIn(); err != nil || b.with.Away() {
		t.Errorf("when it is back: %v, away is %t", err, b.with.Away())
	}
	kept, answer := b.begin("/console/")
	away = true
	b.now = b.now.Add(9 * time.Minute)
	got, err := b.with.Finish(t.Context(), kept, answer)
	refusedWith(t, "away again", got, err, http.StatusBadGateway, "did not confirm", "503")
	b.now = b.now.Add(time.Hour)
	if _, _, err := b.with.Begin(t.Context(), "/console/"); err != nil || !b.with.Away() {
		t.Errorf("what it said an hour ago counts while it is away: %v, away is %t", err, b.with.Away())
	}
}

// TestHostileProvider holds that no answer of the provider is waited for, read or followed without end.
func TestHostileProvider(t *testing.T) {
	for _, tc := range []struct {
		what, path string
		instead    func(w http.ResponseWriter, r *http.Request)
		begins     bool
		reason     string
	}{
		{what: "a configuration of 10 MB", path: "/.well-known/openid-configuration", instead: large, reason: "answers with more than 1048576 bytes"},
		{what: "no configuration", path: "/.well-known/openid-configuration", instead: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("<html>")) }, reason: "failed to decode"},
		{what: "a configuration that is elsewhere", path: "/.well-known/openid-configuration", instead: elsewhere, reason: "302 Found"},
		{what: "keys of 10 MB", path: "/keys", instead: large, begins: true, reason: "answers with more than 1048576 bytes"},
		{what: "keys that are elsewhere", path: "/keys", instead: elsewhere, begins: true, reason: "302 Found"},
		{what: "a token of 10 MB", path: "/token", instead: large, begins: true, reason: "did not confirm"},
		{what: "a token that is elsewhere", path: "/token", instead: elsewhere, begins: true, reason: "302 Found"},
		{what: "a token that is a text", path: "/token", instead: func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("id_token=1")) }, begins: true, reason: "did not confirm"},
		{what: "tokens of other types", path: "/token", instead: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"access_token": "a", "id_token": ["x"]}`))
		}, begins: true, reason: "sent no ID token"},
	} {
		p := oidctest.New(t)
		p.Instead = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/elsewhere" {
				t.Errorf("%s: the server went elsewhere", tc.what)
			}
			if r.URL.Path != tc.path {
				return false
			}
			tc.instead(w, r)
			return true
		}
		b := newBrowser(t, p)
		_, _, err := b.with.Begin(t.Context(), "/console/")
		if tc.begins {
			if err != nil {
				t.Fatalf("%s: %v", tc.what, err)
			}
			_, err = b.signIn()
		}
		refusedWith(t, tc.what, oidc.SignedIn{}, err, http.StatusBadGateway, "", tc.reason)
	}
}

func large(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write([]byte(`{"x": "` + strings.Repeat("x", 10<<20) + `"}`))
}

func elsewhere(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/elsewhere", http.StatusFound)
}

// TestProviderHangs holds that nobody waits longer for a provider than for the page that asks.
func TestProviderHangs(t *testing.T) {
	p := oidctest.New(t)
	done := make(chan struct{})
	t.Cleanup(func() { close(done) })
	p.Instead = func(http.ResponseWriter, *http.Request) bool { <-done; return true }
	b := newBrowser(t, p)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	started := time.Now()
	if _, _, err := b.with.Begin(ctx, "/console/"); !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 5*time.Second {
		t.Errorf("%v after %s", err, time.Since(started))
	}
}

// TestConfiguration holds which configurations of a provider are taken, and which of them the log explains.
func TestConfiguration(t *testing.T) {
	for _, tc := range []struct {
		what, reason string
		tell         func(map[string]any)
	}{
		{"another issuer", `did not match the issuer`, func(c map[string]any) { c["issuer"] = "https://evil.example" }},
		{"keys in the clear", `the provider's jwks_uri "http://evil.example/keys" is no URL of https`, func(c map[string]any) { c["jwks_uri"] = "http://evil.example/keys" }},
		{"tokens in the clear", `the provider's token_endpoint "http://evil.example/token" is no URL of https`, func(c map[string]any) { c["token_endpoint"] = "http://evil.example/token" }},
		{"a page that is a script", `the provider's authorization_endpoint "javascript:alert(1)" is no URL of https`, func(c map[string]any) { c["authorization_endpoint"] = "javascript:alert(1)" }},
		{"no place for keys", `the provider's jwks_uri "" is no URL of https`, func(c map[string]any) { delete(c, "jwks_uri") }},
		{"secrets of another kind", "the provider takes no secret of clients, only private_key_jwt", func(c map[string]any) { c["token_endpoint_auth_methods_supported"] = []string{"private_key_jwt"} }},
	} {
		p := oidctest.New(t)
		p.Tell = tc.tell
		_, _, err := newBrowser(t, p).with.Begin(t.Context(), "/console/")
		refusedWith(t, tc.what, oidc.SignedIn{}, err, http.StatusBadGateway, "cannot be reached now", tc.reason)
	}
}

// TestSignOutURL holds where people sign out of the provider.
func TestSignOutURL(t *testing.T) {
	p := oidctest.New(t)
	b := newBrowser(t, p)
	b.with.Look(t.Context())
	at, err := url.Parse(b.with.SignOutURL("the token"))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"from": "here", "client_id": oidctest.ClientID, "id_token_hint": "the token", "post_logout_redirect_uri": "https://gwrd.example.com/console/sign-in"} {
		if got := at.Query().Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if at := b.with.SignOutURL(""); at == "" || strings.Contains(at, "id_token_hint") {
		t.Errorf("without a token people sign out at %q", at)
	}
	for _, bad := range []any{"javascript:alert(1)", "http://evil.example/end", nil} {
		p := oidctest.New(t)
		p.Tell = func(c map[string]any) { c["end_session_endpoint"] = bad }
		b := newBrowser(t, p)
		b.with.Look(t.Context())
		if at := b.with.SignOutURL("the token"); at != "" {
			t.Errorf("people sign out at %q", at)
		}
	}
}

// TestSettings holds which settings are taken.
func TestSettings(t *testing.T) {
	file := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(file, []byte(" \n"), 0o600); err != nil {
		t.Fatal(err)
	}
	good := oidc.Settings{Issuer: "https://id.example.com/realms/staff", ClientID: "gwrd", Claim: "groups", PublicURL: "https://gwrd.example.com"}
	const issuer, public = `should be the issuer as the provider writes it, such as https://id.example.com/realms/staff`, `--oidc-issuer needs --public-url, where browsers find the server, such as https://gwrd.example.com, not`
	for _, tc := range []struct {
		what   string
		change func(*oidc.Settings)
		want   string
	}{
		{"all there", func(*oidc.Settings) {}, ""},
		{"nothing", func(s *oidc.Settings) { *s = oidc.Settings{Claim: "groups"} }, ""},
		{"on this machine", func(s *oidc.Settings) { s.Issuer, s.PublicURL = "http://127.0.0.1:5556/dex", "http://localhost:8400" }, ""},
		{"no issuer", func(s *oidc.Settings) { s.Issuer = "" }, "--oidc-client-id and --oidc-client-secret-file need --oidc-issuer"},
		{"an issuer in the clear", func(s *oidc.Settings) { s.Issuer = "http://id.example.com" }, issuer},
		{"an issuer without a scheme", func(s *oidc.Settings) { s.Issuer = "id.example.com" }, issuer},
		{"an issuer with a bar", func(s *oidc.Settings) { s.Issuer = "https://id.example.com/a|b" }, issuer},
		{"an issuer with a query", func(s *oidc.Settings) { s.Issuer = "https://id.example.com?a=b" }, issuer},
		{"no client", func(s *oidc.Settings) { s.ClientID = "" }, "--oidc-issuer needs --oidc-client-id"},
		{"no claim", func(s *oidc.Settings) { s.Claim = "" }, "--oidc-claim should name a claim, such as groups"},
		{"no public URL", func(s *oidc.Settings) { s.PublicURL = "" }, public + ` ""`},
		{"a public URL in the clear", func(s *oidc.Settings) { s.PublicURL = "http://gwrd.example.com" }, public},
		{"a public URL with a path", func(s *oidc.Settings) { s.PublicURL = "https://example.com/gwrd" }, public},
		{"no such file", func(s *oidc.Settings) { s.SecretFile = file + "x" }, "--oidc-client-secret-file: open "},
		{"an empty file", func(s *oidc.Settings) { s.SecretFile = file }, "has 2 bytes; it should hold the secret of the client, and nothing else"},
	} {
		s := good
		tc.change(&s)
		switch err := s.Check(); {
		case tc.want == "" && err != nil, tc.want != "" && (err == nil || !strings.Contains(err.Error(), tc.want)):
			t.Errorf("%s: %v, want %q", tc.what, err, tc.want)
		}
	}
}

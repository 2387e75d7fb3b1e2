// SPDX-License-Identifier: Apache-2.0

package oidc_test

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/oidctest"
	"gatewayresponses/internal/server/oidc"
)

// browser is somebody who signs in to a server that a provider knows.
type browser struct {
	t    *testing.T
	idp  *oidctest.Provider
	with *oidc.Provider
	// now is what the clock of the server says.
	now time.Time
}

// newBrowser is somebody who signs in with a provider.
func newBrowser(t *testing.T, p *oidctest.Provider, change ...func(*oidc.Settings)) *browser {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(oidctest.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	sealer, err := auth.NewSealer(auth.NewSealKey())
	if err != nil {
		t.Fatal(err)
	}
	settings := oidc.Settings{Issuer: p.URL, ClientID: oidctest.ClientID, SecretFile: file, Scopes: "profile", Claim: "groups", PublicURL: "https://gwrd.example.com/"}
	for _, c := range change {
		c(&settings)
	}
	if err := settings.Check(); err != nil {
		t.Fatal(err)
	}
	b := &browser{t: t, idp: p, now: time.Now()}
	clock := func() time.Time { return b.now }
	p.Now, b.with = clock, oidc.New(oidc.Options{Settings: settings, Sealer: sealer, Now: clock})
	return b
}

// begin goes to the provider, and gives what the browser keeps and what it is sent back with.
func (b *browser) begin(to string) (kept string, answer url.Values) {
	b.t.Helper()
	at, kept, err := b.with.Begin(b.t.Context(), to)
	if err != nil {
		b.t.Fatal(err)
	}
	u, err := url.Parse(at)
	if err != nil {
		b.t.Fatal(err)
	}
	return kept, url.Values{"state": {u.Query().Get("state")}, "code": {b.idp.Code(u.Query())}}
}

// signIn signs in.
func (b *browser) signIn() (oidc.SignedIn, error) {
	b.t.Helper()
	kept, answer := b.begin("/console/audit")
	return b.with.Finish(b.t.Context(), kept, answer)
}

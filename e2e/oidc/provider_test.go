// SPDX-License-Identifier: Apache-2.0

package oidc_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"io"
	"log/slog"
	"net"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// provider is zitadel's provider, with groups of its people, and keys that can be changed.
type provider struct {
	*storage.Storage
	url string
	// out is where the provider sends people who have signed out.
	out string

	mu     sync.Mutex
	groups []string
	key    signingKey
	keys   []op.Key
}

// signingKey is a key of the provider.
type signingKey struct {
	id      string
	private *rsa.PrivateKey
}

// ID and the others are what the library asks of a key that signs.
func (k signingKey) ID() string { return k.id }

// SignatureAlgorithm is that of the key.
func (signingKey) SignatureAlgorithm() jose.SignatureAlgorithm { return jose.RS256 }

// Key is the private key.
func (k signingKey) Key() any { return k.private }

// publicKey is the public part of a key of the provider.
type publicKey struct{ signingKey }

// Algorithm and the others are what the library asks of a key that it publishes.
func (publicKey) Algorithm() jose.SignatureAlgorithm { return jose.RS256 }

// Use says that the key signs.
func (publicKey) Use() string { return "sig" }

// Key is the public key.
func (k publicKey) Key() any { return &k.private.PublicKey }

const (
	clientID = "gwrd"
	secret   = "the secret of gwrd"
)

// newProvider starts a provider at a port of its own, which knows a gwrd at a URL.
func newProvider(t *testing.T, gwrd string) *provider {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	client := storage.WebClient(clientID, secret, gwrd+"/console/sign-in/oidc/callback")
	p := &provider{Storage: storage.NewStorageWithClients(storage.NewUserStore(url), map[string]*storage.Client{clientID: client}), url: url, out: gwrd + "/console/sign-in"}
	p.rotate(t, "key-1")
	server := httptest.NewUnstartedServer(exampleop.SetupServer(url, p, slog.New(slog.NewTextHandler(io.Discard, nil)), false))
	if err := server.Listener.Close(); err != nil {
		t.Fatal(err)
	}
	server.Listener = listener
	server.Start()
	t.Cleanup(server.Close)
	return p
}

// rotate makes the provider sign with a new key, and publish no other.
func (p *provider) rotate(t *testing.T, id string) {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.key = signingKey{id, private}
	p.keys = []op.Key{publicKey{p.key}}
}

// SigningKey is the key that signs now.
func (p *provider) SigningKey(context.Context) (op.SigningKey, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.key, nil
}

// KeySet is what the provider publishes.
func (p *provider) KeySet(context.Context) ([]op.Key, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.keys, nil
}

// SetUserinfoFromToken says what the provider knows of who has an access token: the groups, too, which its ID tokens do not have.
func (p *provider) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, tokenID, subject, origin string) error {
	p.mu.Lock()
	info.AppendClaims("groups", p.groups)
	p.mu.Unlock()
	return p.Storage.SetUserinfoFromToken(ctx, info, tokenID, subject, origin)
}

// client is a gwrd that says where people go who have signed out.
type client struct {
	op.Client
	out string
}

// PostLogoutRedirectURIs are where people go then.
func (c client) PostLogoutRedirectURIs() []string { return []string{c.out} }

// GetClientByClientID is what the provider knows of a gwrd.
func (p *provider) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	known, err := p.Storage.GetClientByClientID(ctx, id)
	return client{known, p.out}, err
}

// setGroups puts all people into groups.
func (p *provider) setGroups(groups ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.groups = groups
}

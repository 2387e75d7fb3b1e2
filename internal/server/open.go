// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/oidc"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/sqlite"
	"gatewayresponses/internal/tryrequest"
)

// OpenStore opens the store that the settings name. It makes the folder of the data.
func (s Settings) OpenStore(ctx context.Context) (store.Store, error) {
	if err := os.MkdirAll(s.Data, 0o700); err != nil {
		return nil, err
	}
	if s.Store != "" {
		return postgres.Open(ctx, s.Store)
	}
	return sqlite.Open(ctx, s.database())
}

// NewControl makes what carries out requests, on a store.
func (s Settings) NewControl(on store.Store) (*control.Control, error) {
	sealer, err := s.Sealer()
	if err != nil {
		return nil, err
	}
	tries, err := s.newTries()
	if err != nil {
		return nil, err
	}
	return control.New(on, control.Options{
		Account: s.Account, Region: s.Region, AcceptWithoutEffect: s.AcceptWithoutEffect, PluginFile: s.PluginFile, Sealer: sealer, Tries: tries, Log: s.Log,
		People: auth.People{Issuer: s.OIDC.Issuer, Grants: s.PeopleGrants},
	}), nil
}

// newTries makes what sends requests through Envoys.
func (s Settings) newTries() (*tryrequest.Sender, error) {
	var roots *x509.CertPool
	if s.TryCA != "" {
		text, err := os.ReadFile(s.TryCA)
		if err != nil {
			return nil, fmt.Errorf("--try-ca: %w", err)
		}
		if roots = x509.NewCertPool(); !roots.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("--try-ca %s: there is no certificate in it", s.TryCA)
		}
	}
	tries, err := tryrequest.New(s.Tries, roots)
	if err != nil {
		return nil, fmt.Errorf("--try: %w", err)
	}
	return tries, nil
}

// newProvider makes what signs people in without a key.
func (s Settings) newProvider() (*oidc.Provider, error) {
	sealer, err := s.Sealer()
	if err != nil {
		return nil, err
	}
	return oidc.New(oidc.Options{Settings: s.OIDC, Sealer: sealer, Log: s.Log}), nil
}

// SPDX-License-Identifier: Apache-2.0

package server

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver/xds"
	"gatewayresponses/internal/server/oidc"
	"gatewayresponses/internal/tryrequest"
)

// Settings are what a server is started with.
type Settings struct {
	// Data is the folder of what the server keeps: the database, its sealing key, the first admin key.
	Data string
	// Store is the address of a PostgreSQL; empty keeps things in SQLite, in the folder Data.
	Store string
	// SealKey is the file of the key that the secrets of access keys are sealed with; empty is one in Data, made if it is not there,
	// which is not for PostgreSQL.
	SealKey string
	// HTTP is where AWS's API and /v1 are, XDS where Envoys get their documents.
	HTTP, XDS Endpoint
	// Grants say which Envoys may have which gateways; without any, each may have all.
	Grants []xds.Grant
	// Tries are Envoys that people may send requests through, and TryCA is the file of those who may have signed their certificates; empty
	// is those that the system knows.
	Tries []tryrequest.Target
	TryCA string
	// OIDC is who signs people in without a key, and PeopleGrants are what its people may do.
	OIDC         oidc.Settings
	PeopleGrants []auth.Grant
	// Files is a folder that documents are delivered into, too, a file for each gateway; empty is none.
	Files string
	// Ops is the address of health and metrics.
	Ops string
	// Insecure allows HTTP beyond this machine without TLS.
	Insecure bool
	// Dev takes credentials that everybody knows.
	Dev bool
	// AcceptWithoutEffect stores what implies protection that nobody here gives.
	AcceptWithoutEffect bool
	// Source is a folder of gateways and base documents, which the API then does not change; empty if the API changes them.
	Source string
	// PluginFile is the path of plugin.wasm where Envoys run, for gateways that name none.
	PluginFile string
	// Account and Region are what ids and ARNs are given with.
	Account, Region string
	// Rate is how many requests a second an access key may make, Burst how many at once. Rate 0 is any number.
	Rate  float64
	Burst int
	// Log is the log.
	Log *slog.Logger
}

// Endpoint is where the server listens.
type Endpoint struct {
	// Address is like 127.0.0.1:8400.
	Address string
	// Certificate and Key are files of PEM; empty without TLS.
	Certificate, Key string
	// ClientCA is the file of those who may sign certificates of clients; empty where clients need none.
	ClientCA string
}

func (e Endpoint) tls() bool { return e.Certificate != "" }

// CheckStore finds settings of the store that do not go together.
func (s Settings) CheckStore() error {
	if err := s.CheckAddress(); err != nil {
		return err
	}
	if s.Store != "" && s.SealKey == "" {
		return errors.New("--store needs --seal-key-file: all servers on one store have the same key, and it is in no backup")
	}
	return nil
}

// CheckAddress finds an address of the store that is none.
func (s Settings) CheckAddress() error {
	if s.Store != "" && !strings.HasPrefix(s.Store, "postgres://") && !strings.HasPrefix(s.Store, "postgresql://") {
		return fmt.Errorf("--store %q is no address of a PostgreSQL; it should be like postgres://gwrd@db.example.com/gwrd", s.Store)
	}
	return nil
}

// Check finds settings that do not go together, or that would let others in.
func (s Settings) Check() error {
	if err := s.CheckStore(); err != nil {
		return err
	}
	for _, e := range []Endpoint{s.HTTP, s.XDS} {
		if (e.Certificate == "") != (e.Key == "") {
			return errHalfTLS
		}
	}
	if s.XDS.tls() != (s.XDS.ClientCA != "") {
		return errors.New("--xds-tls-cert and --xds-client-ca need each other: nodes are known by their certificates")
	}
	if err := s.checkPeople(); err != nil {
		return err
	}
	return errors.Join(
		checkAddress("listen", s.HTTP.Address, s.HTTP.tls(), "insecure-listen", s.Insecure, s.Dev),
		checkAddress("xds-listen", s.XDS.Address, s.XDS.tls(), "", false, s.Dev),
		checkAddress("ops-listen", s.Ops, true, "", false, s.Dev),
	)
}

// checkPeople finds settings of how people sign in that do not go together.
func (s Settings) checkPeople() error {
	if err := s.OIDC.Check(); err != nil {
		return err
	}
	if (s.OIDC.Issuer == "") != (len(s.PeopleGrants) == 0) {
		return errors.New("--oidc-issuer and --oidc-grant need each other: without a grant nobody may do anything")
	}
	return nil
}

// database is the file of SQLite.
func (s Settings) database() string { return filepath.Join(s.Data, "gwrd.db") }

// SealKeyFile is the file of the sealing key.
func (s Settings) SealKeyFile() string {
	if s.SealKey != "" {
		return s.SealKey
	}
	return filepath.Join(s.Data, "seal.key")
}

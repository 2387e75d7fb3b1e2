// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"

	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/postgrestest"
)

// TestDryRunOnPostgreSQL is TestDryRunOfDeployment on PostgreSQL.
func TestDryRunOnPostgreSQL(t *testing.T) {
	address := postgrestest.Start(t).Schema(t)
	if _, err := postgres.Migrate(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	s, err := postgres.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	w := newWorld(t)
	w.store, w.Control = s, New(s, Options{Account: "123456789012", Region: "eu-central-1", Now: w.clock.Now})
	testDryRunOfDeployment(t, w)
}

// SPDX-License-Identifier: Apache-2.0

//go:build control

package command

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gatewayresponses/internal/store/postgrestest"
)

// TestPostgres is TestScripts for what needs a PostgreSQL: $POSTGRES and $ANOTHER are the addresses of empty schemas.
func TestPostgres(t *testing.T) {
	server := postgrestest.Start(t)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/postgres", RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("POSTGRES", server.Schema(t))
			env.Setenv("ANOTHER", server.Schema(t))
			return nil
		},
	})
}

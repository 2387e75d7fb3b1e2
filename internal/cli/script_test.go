// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"gatewayresponses/internal/golden"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"gwr": func() {
			os.Exit(Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs gwr as people do. A script says what a command prints and how it ends; testdata/script has one or more for
// each command. $PLUGIN is the built filter.
func TestScripts(t *testing.T) {
	plugin, err := filepath.Abs("../../dist/plugin.wasm")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script", RequireUniqueNames: true, UpdateScripts: *golden.Update,
		Setup: func(env *testscript.Env) error {
			env.Setenv("PLUGIN", plugin)
			return nil
		},
	})
}

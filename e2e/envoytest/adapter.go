// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"cmp"
	"os"

	"gatewayresponses/internal/envoyrun"
)

// Adapter is what the tests run: the one that ADAPTER in their environment names, wasm by default.
var Adapter envoyrun.Adapter

// chooseAdapter reads ADAPTER.
func chooseAdapter() (err error) {
	Adapter, err = envoyrun.ParseAdapter(cmp.Or(os.Getenv("ADAPTER"), envoyrun.Wasm.String()))
	return err
}

// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"cmp"
	"os"

	"gatewayresponses/internal/ability"
)

// Adapter is what the tests run: the one that ADAPTER in their environment names, wasm by default.
var Adapter ability.Adapter

// chooseAdapter reads ADAPTER.
func chooseAdapter() (err error) {
	Adapter, err = ability.ParseAdapter(cmp.Or(os.Getenv("ADAPTER"), string(ability.Wasm)))
	return err
}

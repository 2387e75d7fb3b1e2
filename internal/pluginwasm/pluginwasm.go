// SPDX-License-Identifier: Apache-2.0

// Package pluginwasm holds the filter, plugin.wasm, as it is built into gwr.
//
// make build embeds it, with the build tag pluginwasm. Without the tag there is none, so that nobody needs a built file to
// compile, vet or test the rest.
package pluginwasm

import "errors"

// ErrAbsent says that this gwr was built without a filter.
var ErrAbsent = errors.New("this gwr was built without plugin.wasm; build it with make build")

// Bytes is plugin.wasm. It must not be changed.
func Bytes() ([]byte, error) {
	if len(embedded) == 0 {
		return nil, ErrAbsent
	}
	return embedded, nil
}

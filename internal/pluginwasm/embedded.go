// SPDX-License-Identifier: Apache-2.0

//go:build pluginwasm

package pluginwasm

import _ "embed" // plugin.wasm is what make build puts here

//go:embed plugin.wasm
var embedded []byte

// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import "gatewayresponses/internal/envoyrun"

// adapter is what the tests run; the tag decides.
const adapter = envoyrun.Wasm

// SPDX-License-Identifier: Apache-2.0

//go:build !module

package faults

import "gatewayresponses/internal/ability"

// adapter is what the tests run; the tag decides.
const adapter = ability.Wasm

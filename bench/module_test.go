// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

import (
	"slices"
	"testing"

	"gatewayresponses/bench/variant"
)

// TestModuleVariants is TestVariantsOnEnvoy for those of the dynamic module, which needs a C compiler.
func TestModuleVariants(t *testing.T) {
	holdVariants(t, func(v variant.Variant) bool { return slices.Contains(v.Modules, moduleNative) })
}

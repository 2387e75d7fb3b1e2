// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"fmt"
	"slices"
	"strings"
)

// Adapter is a way into Envoy, by its name.
type Adapter string

// The adapters.
const (
	// Wasm is the filter in a VM, for every Envoy.
	Wasm Adapter = "wasm"
	// Module is the filter as a shared library that Envoy loads into its own process.
	Module Adapter = "module"
)

// ParseAdapter reads the name of an adapter alone; Find takes it with a version of Envoy.
func ParseAdapter(name string) (Adapter, error) {
	var known []string
	for _, host := range hosts {
		if name == string(host.Adapter) {
			return host.Adapter, nil
		}
		known = append(known, string(host.Adapter))
	}
	return "", fmt.Errorf("%q is not an adapter; use %s", name, strings.Join(slices.Compact(known), " or "))
}

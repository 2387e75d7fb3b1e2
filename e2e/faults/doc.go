// SPDX-License-Identifier: Apache-2.0

// Package faults holds what the filter survives on a real Envoy, and what it does not: panics and traps in its callbacks, clients
// that go away, thousands of streams, large headers and documents, memory that ends, and a hot restart. docs/SECURITY.md has the results.
// Documents that change under load and upstreams that go away are in package e2e, lengths and chunks in package framing.
//
// Panics and traps come from dist/faults.wasm: the filter, built with the tag faults, so that a callback fails where the metadata of Envoy's
// route or the document asks for it (plugin/fault_on_demand.go). "make faults" builds it, and so does "make test".
//
// With the tag module the tests run the dynamic module: those that are not about the VM, and more of its own. dist/libfaults.so fails on demand
// there, where the document asks for it (module/internal/fault). "make faults ADAPTER=module" builds both libraries, and runs them.
package faults

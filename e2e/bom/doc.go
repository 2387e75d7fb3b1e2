// SPDX-License-Identifier: Apache-2.0

// Package bom holds the bill of materials that make image writes against CycloneDX itself: the JSON Schema of its version, and its types
// in Go. It is a module of its own, as that schema comes with a library that nothing else needs. make test-mesh runs it.
package bom

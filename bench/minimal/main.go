// SPDX-License-Identifier: Apache-2.0

// Command minimal is the floor that the filter is measured against: what a Go plugin costs that has the callbacks of the
// filter and does the least that the job asks for. It reads :status; of errors it reads the details, leaves those of the
// upstream, and gives the others a body of JSON with a fixed message. It captures nothing, counts nothing, knows no document
// and allocates no memory.
//
// The callbacks that it exports are generated from those of dist/plugin.wasm.
package main

// main is never run: Envoy calls the exported functions.
func main() {}

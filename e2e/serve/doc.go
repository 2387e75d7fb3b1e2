// SPDX-License-Identifier: Apache-2.0

// Package serve runs what make serve runs: the server and an Envoy that has
// what is deployed. It knows both from outside.
package serve

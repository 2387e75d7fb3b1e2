// SPDX-License-Identifier: Apache-2.0

// Package provoke makes a real Envoy send every local reply that a test can make it send.
//
// TestProvoke runs testdata/envoy.yaml, in which one Envoy has every filter that can refuse a request. Each row of a table makes
// it send a reply with certain response code details, to which the filter must give the right type in both dialects. In
// internal/classify/testdata, provoked.csv says which versions sent which details, and unprovoked.csv why no test makes Envoy
// send others; docs/classification.md shows both. "go test ./e2e/provoke -update" writes the column of the version that runs into
// provoked.csv, "make generate" the page.
package provoke

// SPDX-License-Identifier: Apache-2.0

// Package envoytest has what tests on a real Envoy share: it starts Envoy with envoy.yaml, or with another configuration, sends
// requests through HTTP libraries or as bytes, reads the access log and the counters, and serves upstreams.
//
// Its functions end the test when something is wrong that no test is about. A package that uses it calls Main in its TestMain.
package envoytest

// SPDX-License-Identifier: Apache-2.0

// Package tryout runs a document in a real Envoy: the one of envoy.yaml, whose routes are refused for one reason each. It sends
// a request to every route, and says what came back and what the access log tells of it. "gwr try" and "make run" are this
// package.
//
// Start starts Envoy with the filter and a document. Replies sends the requests. Deliver gives a running Envoy another document,
// as a file that is renamed to the one which Envoy watches (ECDS over path_config_source).
package tryout

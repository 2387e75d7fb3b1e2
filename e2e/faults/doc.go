// SPDX-License-Identifier: Apache-2.0

// Package faults holds what the filter survives on a real Envoy, and what it does not: clients that go away, thousands of streams,
// large headers and documents, documents that change under load, and a hot restart.
package faults

// SPDX-License-Identifier: Apache-2.0

// Package emitted runs what gwr emit makes on a real Envoy.
package emitted

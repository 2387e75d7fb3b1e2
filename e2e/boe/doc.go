// SPDX-License-Identifier: Apache-2.0

// Package boe holds deploy/boe to what Built On Envoy asks of an extension, and
// has a real Envoy load the filter as its command would.
package boe

// SPDX-License-Identifier: Apache-2.0

// Package module reads which callbacks a wasm module exports, and makes the two modules that the filter is measured against:
// the no-op, which shows what any Wasm filter costs, and the exports of the minimal Go plugin, which has exactly the callbacks
// of the filter, so that the difference is what the filter does in them.
package module

// SPDX-License-Identifier: Apache-2.0

// Package abi speaks the proxy-wasm ABI 0.2.0 with Envoy: what Envoy calls, and what can be asked of it.
// https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.0
//
//	exports.go         the functions that Envoy calls
//	hostcalls.go       the functions that Envoy offers
//	imports_wasip1.go  the same as the ABI has them; imports_native.go stands in for them outside a proxy
//	memory.go          the memory that results come in
//	pairs.go           how header maps are encoded
//	wasi.go            what else can be asked of the host: time and environment
//
// Version 0.2.1 adds proxy_get_log_level, which nothing here needs.
//
// # Exports
//
// Entering the VM costs more than most callbacks do, so a callback is exported only where something is done in it. Envoy
// does without the others. A stream begins with ContextCreate, which Envoy may call as late as for the access log, and ends with
// Log and Delete.
//
// # Statuses
//
// Every host call answers with a Status, StatusOK for success. Those that a filter has to tell apart have names here; all
// others mean that Envoy refused the call, which then has changed nothing.
//
// # Memory
//
// What is passed to Envoy has to stay as it is for the time of the call only: Envoy copies it. What Envoy returns it writes to
// memory that it asks for by proxy_on_memory_allocate, inside the call and once for each. Results of up to resultSize bytes come
// in one static buffer, so that they cost no garbage. They are valid until the next call that returns data; a caller that
// keeps one copies it. Larger ones come in memory of their own.
package abi

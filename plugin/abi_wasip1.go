// SPDX-License-Identifier: Apache-2.0

package main

import "unsafe"

// The calls of the ABI that the SDK does not offer in the form needed here. All return a status, 0 for success.
// https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.0

//go:wasmimport env proxy_send_local_response
func proxySendLocalResponse(
	status uint32, details string, body *byte, bodySize uint32, pairs *byte, pairsSize uint32, grpcStatus int32,
) uint32

// proxyGetHeaderMapPairs points data, a **byte, at memory that the module allocated for the host.
//
//go:wasmimport env proxy_get_header_map_pairs
func proxyGetHeaderMapPairs(which uint32, data unsafe.Pointer, size *uint32) uint32

// proxyGetProperty takes a path with zero bytes between its pieces; data is as in proxyGetHeaderMapPairs.
//
//go:wasmimport env proxy_get_property
func proxyGetProperty(path string, data unsafe.Pointer, size *uint32) uint32

//go:wasmimport env proxy_define_metric
func proxyDefineMetric(kind uint32, name string, id *uint32) uint32

//go:wasmimport env proxy_increment_metric
func proxyIncrementMetric(id uint32, offset int64) uint32

//go:wasmimport env proxy_record_metric
func proxyRecordMetric(id uint32, value uint64) uint32

// SPDX-License-Identifier: Apache-2.0

package abi

// The host calls as the ABI has them. A text is passed as address and length. data and size are the addresses of two numbers
// of 4 bytes, to which Envoy writes address and length of the result; so is id.

//go:wasmimport env proxy_log
//go:noescape
func proxyLog(level uint32, line string) uint32

//go:wasmimport env proxy_get_header_map_value
//go:noescape
func proxyGetHeaderMapValue(which uint32, name string, data, size *uint32) uint32

//go:wasmimport env proxy_get_header_map_pairs
//go:noescape
func proxyGetHeaderMapPairs(which uint32, data, size *uint32) uint32

//go:wasmimport env proxy_set_header_map_pairs
//go:noescape
func proxySetHeaderMapPairs(which uint32, pairs string) uint32

//go:wasmimport env proxy_replace_header_map_value
//go:noescape
func proxyReplaceHeaderMapValue(which uint32, name, value string) uint32

//go:wasmimport env proxy_remove_header_map_value
//go:noescape
func proxyRemoveHeaderMapValue(which uint32, name string) uint32

//go:wasmimport env proxy_get_buffer_bytes
//go:noescape
func proxyGetBufferBytes(which, start, limit uint32, data, size *uint32) uint32

//go:wasmimport env proxy_set_buffer_bytes
//go:noescape
func proxySetBufferBytes(which, start, length uint32, content string) uint32

//go:wasmimport env proxy_send_local_response
//go:noescape
func proxySendLocalResponse(status uint32, details, body, pairs string, grpcStatus int32) uint32

//go:wasmimport env proxy_get_property
//go:noescape
func proxyGetProperty(path string, data, size *uint32) uint32

//go:wasmimport env proxy_set_property
//go:noescape
func proxySetProperty(path, value string) uint32

//go:wasmimport env proxy_get_shared_data
//go:noescape
func proxyGetSharedData(key string, data, size, version *uint32) uint32

//go:wasmimport env proxy_set_shared_data
//go:noescape
func proxySetSharedData(key, value string, version uint32) uint32

//go:wasmimport env proxy_set_tick_period_milliseconds
//go:noescape
func proxySetTickPeriodMilliseconds(milliseconds uint32) uint32

//go:wasmimport env proxy_define_metric
//go:noescape
func proxyDefineMetric(kind uint32, name string, id *uint32) uint32

//go:wasmimport env proxy_increment_metric
//go:noescape
func proxyIncrementMetric(id uint32, by int64) uint32

//go:wasmimport env proxy_record_metric
//go:noescape
func proxyRecordMetric(id uint32, value uint64) uint32

// The calls of WASI, which the Go runtime makes as well. time is the address of a number of 8 bytes, environ that of count addresses
// of lines, text that of the size bytes of all lines.

//go:wasmimport wasi_snapshot_preview1 clock_time_get
//go:noescape
func clockTimeGet(clock uint32, precision uint64, time *uint64) uint32

//go:wasmimport wasi_snapshot_preview1 environ_sizes_get
//go:noescape
func environSizesGet(count, size *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 environ_get
//go:noescape
func environGet(environ *uint32, text *byte) uint32

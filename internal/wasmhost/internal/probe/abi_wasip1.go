// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"
	"strconv"
	"unsafe"
)

// ptr is where the host stores a pointer, or a number.
type ptr = unsafe.Pointer

// The host calls, as the ABI has them.

//go:wasmimport env proxy_get_header_map_value
func getHeader(which uint32, name string, data, size ptr) uint32

//go:wasmimport env proxy_get_header_map_pairs
func getHeaders(which uint32, data, size ptr) uint32

//go:wasmimport env proxy_get_header_map_size
func getHeadersSize(which uint32, size *uint32) uint32

//go:wasmimport env proxy_get_header_map_size
func getHeadersSizeAt(which, size uint32) uint32

//go:wasmimport env proxy_set_header_map_pairs
func setHeaders(which uint32, pairs string) uint32

//go:wasmimport env proxy_add_header_map_value
func addHeader(which uint32, name, value string) uint32

//go:wasmimport env proxy_replace_header_map_value
func replaceHeader(which uint32, name, value string) uint32

//go:wasmimport env proxy_remove_header_map_value
func removeHeader(which uint32, name string) uint32

//go:wasmimport env proxy_get_buffer_bytes
func getBuffer(which, start, size uint32, data, length ptr) uint32

//go:wasmimport env proxy_set_buffer_bytes
func setBuffer(which, start, size uint32, data string) uint32

//go:wasmimport env proxy_get_property
func getProperty(path string, data, size ptr) uint32

//go:wasmimport env proxy_set_property
func setProperty(path, value string) uint32

//go:wasmimport env proxy_send_local_response
func send(code uint32, details, body, headers string, grpc int32) uint32

//go:wasmimport env proxy_get_shared_data
func getShared(key string, data, size ptr, cas *uint32) uint32

//go:wasmimport env proxy_set_shared_data
func setShared(key, value string, cas uint32) uint32

//go:wasmimport env proxy_define_metric
func define(kind uint32, name string, id *uint32) uint32

//go:wasmimport env proxy_increment_metric
func increment(id uint32, offset int64) uint32

//go:wasmimport env proxy_record_metric
func record(id uint32, value uint64) uint32

//go:wasmimport env proxy_get_metric
func getMetric(id uint32, value *uint64) uint32

//go:wasmimport env proxy_get_log_level
func getLogLevel(level *uint32) uint32

//go:wasmimport env proxy_get_current_time_nanoseconds
func getTime(now *uint64) uint32

//go:wasmimport env proxy_log
func writeLog(level uint32, message string) uint32

//go:wasmimport env proxy_log
func writeLogAt(level, message, size uint32) uint32

//go:wasmimport env proxy_set_tick_period_milliseconds
func setTick(milliseconds uint32) uint32

//go:wasmimport env proxy_register_shared_queue
func registerQueue(name string, id *uint32) uint32

//go:wasmimport wasi_snapshot_preview1 sched_yield
func schedYield() uint32

// yieldInMalloc makes the allocator do what it must not.
var yieldInMalloc bool

// malloc is the allocator that the host prefers to the one of the SDK.
//
//go:wasmexport malloc
func malloc(size uint32) ptr {
	if yieldInMalloc {
		schedYield()
	}
	return ptr(unsafe.SliceData(make([]byte, size)))
}

// fetched is a call that gives data, and its answer in words.
func fetched(call func(data, size ptr) uint32) string {
	var data *byte
	var size uint32
	if answer := call(ptr(&data), ptr(&size)); answer != 0 {
		return status(answer)
	}
	if data == nil {
		return "ok, no data"
	}
	return "ok " + strconv.Quote(unsafe.String(data, size))
}

// withNumber is an answer that has a number.
func withNumber(answer uint32, n uint64) string {
	if answer != 0 {
		return status(answer)
	}
	return "ok " + strconv.FormatUint(n, 10)
}

// status is an answer in words.
func status(answer uint32) string {
	switch answer {
	case 0:
		return "ok"
	case 1:
		return "not found"
	case 2:
		return "bad argument"
	case 3:
		return "serialization failure"
	case 6:
		return "invalid memory access"
	case 8:
		return "cas mismatch"
	case 12:
		return "unimplemented"
	}
	return strconv.Itoa(int(answer))
}

// encode writes pairs as the ABI has them.
func encode(pairs [][2]string) string {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(pairs)))
	for _, pair := range pairs {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pair[0])))
		b = binary.LittleEndian.AppendUint32(b, uint32(len(pair[1])))
	}
	for _, pair := range pairs {
		b = append(append(b, pair[0]...), 0)
		b = append(append(b, pair[1]...), 0)
	}
	return string(b)
}

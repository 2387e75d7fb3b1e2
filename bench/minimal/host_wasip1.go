// SPDX-License-Identifier: Apache-2.0

package main

import "unsafe"

// The calls of the ABI. All return a status, 0 for success.
// https://github.com/proxy-wasm/spec/tree/main/abi-versions/v0.2.0

//go:wasmimport env proxy_get_header_map_value
func proxyGetHeaderMapValue(which uint32, name string, data unsafe.Pointer, size *uint32) uint32

//go:wasmimport env proxy_replace_header_map_value
func proxyReplaceHeaderMapValue(which uint32, name, value string) uint32

//go:wasmimport env proxy_get_property
func proxyGetProperty(path string, data unsafe.Pointer, size *uint32) uint32

//go:wasmimport env proxy_set_buffer_bytes
func proxySetBufferBytes(which, start, length uint32, data *byte, size uint32) uint32

//go:wasmimport env proxy_send_local_response
func proxySendLocalResponse(status uint32, details string, body *byte, bodySize uint32, pairs *byte, pairsSize uint32, grpcStatus int32) uint32

// Numbers of the ABI.
const (
	responseHeaderMap  = 2
	responseBodyBuffer = 1
)

// buffer takes what the host returns; the next call overwrites it.
var buffer [4096]byte

//go:wasmexport proxy_on_memory_allocate
func proxyOnMemoryAllocate(size uint32) *byte {
	if size > uint32(len(buffer)) {
		fresh := make([]byte, size)
		return &fresh[0]
	}
	return &buffer[0]
}

//go:wasmexport proxy_abi_version_0_2_0
func proxyABIVersion() {}

// responseHeader reads a header, nil if there is none. It is valid until the next call.
func responseHeader(name string) []byte {
	var data *byte
	var size uint32
	if proxyGetHeaderMapValue(responseHeaderMap, name, unsafe.Pointer(&data), &size) != 0 {
		return nil
	}
	return unsafe.Slice(data, size)
}

// property reads an attribute, nil if there is none. It is valid until the next call.
func property(path string) []byte {
	var data *byte
	var size uint32
	if proxyGetProperty(path, unsafe.Pointer(&data), &size) != 0 {
		return nil
	}
	return unsafe.Slice(data, size)
}

func replaceResponseHeader(name, value string) {
	proxyReplaceHeaderMapValue(responseHeaderMap, name, value)
}

// setResponseBody replaces size bytes by text.
func setResponseBody(text []byte, size uint32) {
	proxySetBufferBytes(responseBodyBuffer, 0, size, unsafe.SliceData(text), uint32(len(text)))
}

// jsonPairs is one header, content-type: application/json, as the ABI wants pairs.
var jsonPairs = []byte("\x01\x00\x00\x00\x0c\x00\x00\x00\x10\x00\x00\x00content-type\x00application/json\x00")

// sendLocalReply replaces a reply without a body by a new one.
func sendLocalReply(status uint32, details string, text []byte) {
	proxySendLocalResponse(status, details, unsafe.SliceData(text), uint32(len(text)), unsafe.SliceData(jsonPairs), uint32(len(jsonPairs)), -1)
}

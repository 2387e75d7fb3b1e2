// SPDX-License-Identifier: Apache-2.0

package abi

import "unsafe"

// Action says what becomes of a stream after a callback, numbered as the ABI does.
type Action uint32

// The actions.
const (
	// Continue lets the headers or the chunk at hand go on.
	Continue Action = 0
	// Pause holds them. Envoy lets them go when more of the body comes, or never.
	Pause Action = 1
)

// Filter is what is called by Envoy. Each method is a callback of the ABI, which its comment names. Contexts are numbered from 1,
// those of plugins and of streams together, and a number is not given again while its context lives.
type Filter interface {
	// ContextCreate begins a stream of the plugin whose context is parent, or, when that is 0, a plugin. Envoy may begin a plugin
	// twice, before it is configured: proxy_on_context_create.
	ContextCreate(id, parent uint32)
	// Configure gives a plugin its configuration, size bytes long (see PluginConfiguration), and reports whether it agrees:
	// proxy_on_configure.
	Configure(id uint32, size int) bool
	// Tick is called for a plugin when its period is over (see SetTickPeriod): proxy_on_tick.
	Tick(id uint32)
	// RequestHeaders is called when the request headers are at hand: proxy_on_request_headers.
	RequestHeaders(id uint32) Action
	// ResponseHeaders is called when the headers of the reply are at hand; endOfStream reports whether the reply ends with them:
	// proxy_on_response_headers.
	ResponseHeaders(id uint32, endOfStream bool) Action
	// ResponseBody is called with each chunk of the body, size bytes long with what was held before; endOfStream reports whether
	// it is the last: proxy_on_response_body.
	ResponseBody(id uint32, size int, endOfStream bool) Action
	// ResponseTrailers is called when the trailers of the reply are at hand: proxy_on_response_trailers.
	ResponseTrailers(id uint32) Action
	// Log is called when the access log is written: proxy_on_log.
	Log(id uint32)
	// Delete ends a stream or a plugin: proxy_on_delete.
	Delete(id uint32)
}

// filter is the filter of this VM.
var filter Filter

// Serve makes f the filter of this VM. It must be called while the module starts.
func Serve(f Filter) { filter = f }

//go:wasmexport proxy_abi_version_0_2_0
func version() {}

// onMemoryAllocate is called inside host calls only.
//
//go:wasmexport proxy_on_memory_allocate
func onMemoryAllocate(size uint32) unsafe.Pointer { return allocate(size) }

//go:wasmexport proxy_on_context_create
func onContextCreate(id, parent uint32) { filter.ContextCreate(id, parent) }

//go:wasmexport proxy_on_configure
func onConfigure(id, size uint32) bool { return filter.Configure(id, int(size)) }

//go:wasmexport proxy_on_tick
func onTick(id uint32) { filter.Tick(id) }

//go:wasmexport proxy_on_request_headers
func onRequestHeaders(id, _ uint32, _ bool) uint32 { return uint32(filter.RequestHeaders(id)) }

//go:wasmexport proxy_on_response_headers
func onResponseHeaders(id, _ uint32, endOfStream bool) uint32 {
	return uint32(filter.ResponseHeaders(id, endOfStream))
}

//go:wasmexport proxy_on_response_body
func onResponseBody(id, size uint32, endOfStream bool) uint32 {
	return uint32(filter.ResponseBody(id, int(size), endOfStream))
}

//go:wasmexport proxy_on_response_trailers
func onResponseTrailers(id, _ uint32) uint32 { return uint32(filter.ResponseTrailers(id)) }

//go:wasmexport proxy_on_log
func onLog(id uint32) { filter.Log(id) }

//go:wasmexport proxy_on_delete
func onDelete(id uint32) { filter.Delete(id) }

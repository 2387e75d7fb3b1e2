// SPDX-License-Identifier: Apache-2.0

package main

import "github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"

// pluginContext hands the callbacks of one plugin on, and survives what they do.
type pluginContext struct {
	types.DefaultPluginContext
	plugin plugin
}

// OnPluginStart reads the document; size is its length in bytes.
func (c *pluginContext) OnPluginStart(size int) (status types.OnPluginStartStatus) {
	status = types.OnPluginStartStatusOK
	defer func() { c.plugin.vm.panicked(recover()) }()
	return types.OnPluginStartStatus(c.plugin.configure(size))
}

// OnTick is the heartbeat of the VM.
func (c *pluginContext) OnTick() {
	defer func() { c.plugin.vm.panicked(recover()) }()
	c.plugin.beat()
}

// OnPluginDone ends the plugin at once.
func (c *pluginContext) OnPluginDone() bool {
	defer func() { c.plugin.vm.panicked(recover()) }()
	c.plugin.onDone()
	return true
}

// NewHttpContext begins a stream.
func (c *pluginContext) NewHttpContext(uint32) types.HttpContext {
	return &httpContext{stream: stream{plugin: &c.plugin}}
}

// httpContext hands the callbacks of one stream on, and survives what they do. A stream is paused when a reply was sent
// for it, or its body is held for the next piece, and never otherwise: Envoy would wait for a resumption that
// does not come.
type httpContext struct {
	types.DefaultHttpContext
	stream stream
}

// OnHttpRequestHeaders captures.
func (c *httpContext) OnHttpRequestHeaders(int, bool) types.Action {
	defer func() { c.stream.survive(recover()) }()
	c.stream.requestHeaders()
	return types.ActionContinue
}

// OnHttpResponseHeaders decides.
func (c *httpContext) OnHttpResponseHeaders(_ int, endOfStream bool) (action types.Action) {
	defer func() {
		c.stream.survive(recover())
		if c.stream.sent {
			action = types.ActionPause
		}
	}()
	c.stream.responseHeaders(endOfStream)
	return types.ActionContinue
}

// OnHttpResponseBody replaces the body. Most streams have nothing to replace.
func (c *httpContext) OnHttpResponseBody(size int, endOfStream bool) types.Action {
	if c.stream.rewrite == nil {
		return types.ActionContinue
	}
	defer func() { c.stream.survive(recover()) }()
	if c.stream.responseBody(size, endOfStream) {
		return types.ActionPause
	}
	return types.ActionContinue
}

// OnHttpResponseTrailers ends a body that trailers follow.
func (c *httpContext) OnHttpResponseTrailers(int) types.Action {
	if c.stream.rewrite == nil {
		return types.ActionContinue
	}
	defer func() { c.stream.survive(recover()) }()
	c.stream.responseTrailers()
	return types.ActionContinue
}

// OnHttpStreamDone ends the stream: Envoy writes its access log.
func (c *httpContext) OnHttpStreamDone() {
	if c.stream.rewrite == nil {
		return
	}
	defer func() { c.stream.survive(recover()) }()
	c.stream.done()
}

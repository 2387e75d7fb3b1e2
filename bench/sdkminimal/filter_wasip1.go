// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"unsafe"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// proxySendLocalResponse is declared here because the SDK's SendHttpResponse cannot pass response code details.
//
//go:wasmimport env proxy_send_local_response
func proxySendLocalResponse(status uint32, details, body string, pairs *byte, pairsSize uint32, grpcStatus int32) uint32

// init registers the filter.
func init() {
	proxywasm.SetHttpContext(func(uint32) types.HttpContext { return &stream{} })
}

// stream is one exchange.
type stream struct {
	types.DefaultHttpContext
	// body is the new one, "" for none.
	body string
}

// messages are those of the errors that the measurements provoke.
var messages = map[string]string{
	"403": "User is not authorized to access this resource",
	"404": "Not Found",
	"429": "Too Many Requests",
}

// OnHttpResponseHeaders gives the local errors of Envoy another body.
func (s *stream) OnHttpResponseHeaders(_ int, end bool) types.Action {
	status, err := proxywasm.GetHttpResponseHeader(":status")
	if err != nil || len(status) != 3 || status < "400" {
		return types.ActionContinue
	}
	details, err := proxywasm.GetProperty([]string{"response", "code_details"})
	if err != nil || string(details) == "via_upstream" {
		return types.ActionContinue
	}
	body := `{"message":"` + messages[status] + `"}`
	length, err := proxywasm.GetHttpResponseHeader("content-length")
	if end && (err != nil || length == "0") {
		return sendLocalReply(status, string(details), body)
	}
	if proxywasm.ReplaceHttpResponseHeader("content-type", "application/json") != nil ||
		proxywasm.ReplaceHttpResponseHeader("content-length", strconv.Itoa(len(body))) != nil {
		proxywasm.LogError("sdkminimal: the headers cannot be changed")
	}
	if !end {
		s.body = body
	}
	return types.ActionContinue
}

// OnHttpResponseBody replaces the body.
func (s *stream) OnHttpResponseBody(int, bool) types.Action {
	if s.body != "" {
		if proxywasm.ReplaceHttpResponseBody([]byte(s.body)) != nil {
			proxywasm.LogError("sdkminimal: the body cannot be changed")
		}
		s.body = ""
	}
	return types.ActionContinue
}

// jsonPairs is one header, content-type: application/json, as the ABI wants pairs.
var jsonPairs = []byte("\x01\x00\x00\x00\x0c\x00\x00\x00\x10\x00\x00\x00content-type\x00application/json\x00")

// sendLocalReply replaces a reply without a body by a new one.
func sendLocalReply(status, details, body string) types.Action {
	code, err := strconv.ParseUint(status, 10, 32)
	if err != nil || proxySendLocalResponse(uint32(code), details, body, unsafe.SliceData(jsonPairs), uint32(len(jsonPairs)), -1) != 0 {
		return types.ActionContinue
	}
	return types.ActionPause
}

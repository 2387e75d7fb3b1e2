// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/binary"
	"unsafe"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm/types"
)

// proxySendLocalResponse is declared here because the SDK's SendHttpResponse cannot pass response code details.
//
//go:wasmimport env proxy_send_local_response
func proxySendLocalResponse(status uint32, details, body string, pairs *byte, pairsSize uint32, grpcStatus int32) uint32

// noGRPCStatus tells Envoy to find the grpc-status itself, should the request be gRPC.
const noGRPCStatus = -1

// init registers the filter.
func init() {
	proxywasm.SetHttpContext(func(uint32) types.HttpContext { return &stream{} })
}

// stream is one exchange.
type stream struct{ types.DefaultHttpContext }

// OnHttpRequestHeaders sends the reply that the request asks for.
func (*stream) OnHttpRequestHeaders(int, bool) types.Action {
	request, err := proxywasm.GetHttpRequestHeaders()
	if err != nil {
		proxywasm.LogError("replier: request headers: " + err.Error())
		return types.ActionContinue
	}
	reply, asked := parseReply(request)
	if !asked {
		return types.ActionContinue
	}
	pairs := encodePairs(reply.headers)
	status := proxySendLocalResponse(
		reply.status, reply.details, reply.body, unsafe.SliceData(pairs), uint32(len(pairs)), noGRPCStatus)
	if status != 0 {
		proxywasm.LogError("replier: the reply was refused")
		return types.ActionContinue
	}
	return types.ActionPause
}

// encodePairs writes headers as the ABI wants them: count, all sizes, then all texts, each with a 0 behind it.
func encodePairs(headers [][2]string) []byte {
	encoded := binary.LittleEndian.AppendUint32(nil, uint32(len(headers)))
	for _, header := range headers {
		encoded = binary.LittleEndian.AppendUint32(encoded, uint32(len(header[0])))
		encoded = binary.LittleEndian.AppendUint32(encoded, uint32(len(header[1])))
	}
	for _, header := range headers {
		encoded = append(encoded, header[0]+"\x00"+header[1]+"\x00"...)
	}
	return encoded
}

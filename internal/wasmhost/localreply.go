// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/grpcreply"
)

// localReply is a reply that Envoy is asked to make.
type localReply struct {
	code    int
	details string
	body    string
	headers facts.Headers
	// grpc is the grpc-status; any other than 0 to 16 leaves it to the code.
	grpc int32
}

// Numbers of grpc-status: the last one, and none.
const (
	grpcLast = 16
	grpcNone = -1
)

// missingStatus is what Envoy sends when a filter removed :status. Source: envoy common/http/filter_manager.cc and
// header_utility.cc, checkRequiredResponseHeaders.
var missingStatus = localReply{
	code:    502,
	details: "filter_removed_required_response_headers{missing_required_header:_:status}",
	body:    "missing required header: :status",
	grpc:    grpcNone,
}

// failedStream is what Envoy sends when the VM is dead. Source: envoy extensions/common/wasm/context.cc, failStream.
var failedStream = localReply{code: 503, details: "wasm_fail_stream", grpc: grpcreply.Unavailable}

// sendLocalResponse notes the reply; it is sent when the callback has returned. Envoy answers ok whatever comes of it.
// Source: cpp-host exports.cc send_local_response, envoy extensions/common/wasm/context.cc sendLocalResponse.
func (v *vm) sendLocalResponse(in args) (result, Status) {
	reply := localReply{
		code: int(in.numbers[0]), grpc: int32(in.numbers[1]),
		details: underscores(in.texts[0]), body: in.texts[1], headers: v.pairs(in.texts[2]),
	}
	s := v.at.stream
	switch {
	case s == nil:
	case s.local != nil:
		s.fault("a second local response from one callback is dropped")
	default:
		s.local = &reply
	}
	return result{}, StatusOK
}

// sendThroughFilter makes the plugin's reply the one that passes the filter.
func (s *Stream) sendThroughFilter() {
	reply := *s.local
	s.code, s.details, s.flags, s.x.Facts.Reply.Owner = reply.code, reply.details, 0, ""
	var body string
	s.response, body = s.prepare(reply)
	s.body = nil
	if body != "" {
		s.body = [][]byte{[]byte(body)}
	}
}

// sendDirect sends a reply past the filter. Source: envoy common/http/filter_manager.cc, sendDirectLocalReply.
func (s *Stream) sendDirect(reply localReply) {
	s.code, s.details = reply.code, reply.details
	var body string
	s.response, body = s.prepare(reply)
	s.outcome.Body = append([]byte(nil), body...)
	s.sent = true
	s.outcome.Status = s.status()
}

// fail ends a stream whose VM is dead.
func (s *Stream) fail() {
	s.outcome.Trap = s.plugin.vm.trap
	s.sendDirect(failedStream)
}

// prepare builds the header map of a local reply; body is what follows it. Source: envoy common/http/utility.cc,
// prepareLocalReply and encodeLocalReply.
func (s *Stream) prepare(reply localReply) (headers *headerMap, body string) {
	headers = newResponseMap(facts.Headers{{Name: ":status", Value: strconv.Itoa(reply.code)}})
	for _, line := range s.x.RouteHeaders {
		headers.add(line.Name, line.Value)
	}
	for _, line := range reply.headers {
		headers.add(line.Name, line.Value)
	}
	if s.isGRPC() {
		s.prepareGRPC(headers, reply)
		return headers, ""
	}
	if reply.body == "" {
		headers.remove("content-length")
		headers.remove("content-type")
		return headers, ""
	}
	headers.set("content-length", strconv.Itoa(len(reply.body)))
	if headers.index("content-type") < 0 {
		headers.set("content-type", "text/plain")
	}
	if s.isHead() {
		return headers, ""
	}
	return headers, reply.body
}

// prepareGRPC makes the map one of trailers only.
func (s *Stream) prepareGRPC(headers *headerMap, reply localReply) {
	headers.set(":status", "200")
	headers.set("content-type", "application/grpc")
	if status, _ := headers.get("grpc-status"); status == "" {
		number := int(reply.grpc)
		if number < 0 || number > grpcLast {
			number = grpcreply.Status(reply.code)
		}
		headers.set("grpc-status", strconv.Itoa(number))
	}
	if reply.body != "" && !s.isHead() {
		headers.set("grpc-message", grpcreply.Message(reply.body))
	}
	headers.remove("content-length")
}

// spaces are what underscores replaces. Source: envoy common/common/utility.cc, replaceAllEmptySpace.
var spaces = strings.NewReplacer(" ", "_", "\t", "_", "\f", "_", "\v", "_", "\n", "_", "\r", "_")

// underscores writes details as access logs do.
func underscores(text string) string { return spaces.Replace(text) }

// SPDX-License-Identifier: Apache-2.0

package main

// statusOfGRPC is the status under which every gRPC reply is sent, errors too.
const statusOfGRPC = 200

// codePath leads to the status that Envoy gave an error before it became a reply for gRPC. Of an upstream's reply it is
// what the upstream sent, so that grpc-status there is the upstream's own.
var codePath = []string{"response", "code"}

// grpcReply looks at a reply of status 200 that ends with its headers. Most of them are good, and no gRPC.
func (s *stream) grpcReply(request capture) {
	host := s.plugin.vm.host
	ended, err := host.responseHeader("grpc-status")
	if err != nil {
		s.leaveFailed(err)
		return
	}
	if ended == "" {
		return
	}
	code, err := host.property(codePath)
	if err != nil {
		s.leaveFailed(err)
		return
	}
	if status := int(littleEndian(code)); status >= firstError {
		s.errorReply(status, request, true)
	}
}

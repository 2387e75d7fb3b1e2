// SPDX-License-Identifier: Apache-2.0

package main

import "gatewayresponses/internal/engine"

// codePath leads to the status that Envoy gave an error before it became a reply for gRPC.
var codePath = []string{"response", "code"}

// grpcReply looks at a reply that may hide an error. Most of them are good, and no gRPC.
func (s *stream) grpcReply(request capture) {
	host := s.plugin.vm.host
	ended, err := host.responseHeader(engine.GRPCStatus)
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
	if status := int(littleEndian(code)); status >= s.plugin.needs.LowestStatus {
		s.errorReply(status, request, true)
	}
}

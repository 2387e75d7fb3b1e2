// SPDX-License-Identifier: Apache-2.0

package engine

import "gatewayresponses/config"

// checkGRPCStatus warns of a condition that cannot hold: without the key grpc, replies under status 200 are not looked at.
func (c *compiler) checkGRPCStatus(when *config.When) {
	if when.GRPCStatuses != nil && c.document.GRPC == nil {
		c.report(config.Warning, when.GRPCStatusKey, -1,
			`"grpcStatus" holds for gRPC-Web only: without the key "grpc" replies to gRPC requests are not looked at; add "grpc": {}`)
	}
}

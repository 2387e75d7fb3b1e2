// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// hasGRPCStatus tells whether the rule is for the gRPC status of a reply. A reply without the header has none.
func (r *rule) hasGRPCStatus(headers facts.Headers) bool {
	if r.grpcStatuses == nil {
		return true
	}
	number, found := headers.First("grpc-status")
	return found && slices.Contains(r.grpcStatuses, config.ParseGRPCStatus(number))
}

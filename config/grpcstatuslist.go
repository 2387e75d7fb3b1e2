// SPDX-License-Identifier: Apache-2.0

package config

// grpcStatusList reads a list of gRPC statuses.
func (d *decoder) grpcStatusList(key Text) []GRPCStatus {
	var all []GRPCStatus
	d.List(key, func(element Text) {
		if status, ok := d.grpcStatus(element); ok {
			all = append(all, status)
		}
	})
	return all
}

// SPDX-License-Identifier: Apache-2.0

package control

import "gatewayresponses/internal/apigateway"

// deployment is the record of a deployment. Its snapshot is a record of its own.
type deployment struct {
	Deployment apigateway.Deployment `json:"deployment"`
	// Hash is the SHA-256 of the snapshot, in hex.
	Hash string `json:"hash"`
	// By is who made it.
	By string `json:"by"`
}

// SPDX-License-Identifier: Apache-2.0

package control

import "gatewayresponses/internal/apigateway"

// refuse says that settings have no effect here, unless the server stores such settings all the same.
func (c *Control) refuse(effects []apigateway.Effect) error {
	if c.options.AcceptWithoutEffect {
		return nil
	}
	return apigateway.Refuse(effects)
}

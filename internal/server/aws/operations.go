// SPDX-License-Identifier: Apache-2.0

package aws

import "gatewayresponses/internal/control"

// actions are the operations that are spoken, by AWS's names.
func actions(c *control.Control) map[string]action {
	_ = c
	return map[string]action{}
}

// SPDX-License-Identifier: Apache-2.0

package cases

import "gatewayresponses/internal/facts"

// addProperty adds an attribute as Envoy hands it out.
func (c *Case) addProperty(path, value string) {
	if c.Facts.Properties == nil {
		c.Facts.Properties = facts.Properties{}
	}
	c.Facts.Properties[path] = value
}

// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/facts"
)

// readRouteMetadata reads members "NAMESPACE.KEY=VALUE".
func (c *Case) readRouteMetadata(text string) error {
	for member := range strings.FieldsSeq(text) {
		keys, value, ok := strings.Cut(member, "=")
		if !ok || !strings.Contains(keys, ".") || value == "" {
			return fmt.Errorf("%q is not route metadata; write e.g. \"istio.config=shop\"", member)
		}
		c.addAttribute(facts.RouteMetadataPath(strings.Split(keys, ".")...), value)
	}
	return nil
}

// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/facts"
)

// readRouteMetadata reads members "NAMESPACE.KEY=VALUE".
func readRouteMetadata(text string) (facts.RouteMetadata, error) {
	var metadata facts.RouteMetadata
	for member := range strings.FieldsSeq(text) {
		keys, value, ok := strings.Cut(member, "=")
		if !ok || !strings.Contains(keys, ".") || value == "" {
			return nil, fmt.Errorf("%q is not route metadata; write e.g. \"istio.config=shop\"", member)
		}
		metadata = append(metadata, facts.RouteMetadatum{Keys: strings.Split(keys, "."), Value: value})
	}
	return metadata, nil
}

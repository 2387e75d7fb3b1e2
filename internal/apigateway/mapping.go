// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"maps"
	"slices"
	"strings"

	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/nearest"
)

// checkMappings says which keys and values of responseParameters are no mappings, all of them as AWS does. What is a mapping without
// effect here is none of its errors.
func checkMappings(parameters map[string]string) error {
	var wrong []string
	search := new(nearest.Search)
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		if _, flaw := grammar.ParseTarget(key, search); flaw != nil && !flaw.Warning {
			wrong = append(wrong, key)
		}
		if _, flaw := grammar.ParseSource(parameters[key], search); flaw != nil && !flaw.Warning {
			wrong = append(wrong, parameters[key])
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	for i, expression := range wrong {
		wrong[i] = "Invalid mapping expression specified: " + expression
	}
	return BadRequest("Invalid mapping expression specified: Validation Result: warnings : [], errors : [%s]", strings.Join(wrong, ", "))
}

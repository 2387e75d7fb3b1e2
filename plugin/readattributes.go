// SPDX-License-Identifier: Apache-2.0

package main

import "gatewayresponses/internal/facts"

// readAttributes reads the attributes that the document chooses itself; nil when there are none.
func readAttributes(host host, paths []string) (facts.Attributes, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	properties := facts.Attributes{}
	for _, path := range paths {
		value, err := host.property(facts.AttributePieces(path))
		if err != nil {
			return nil, err
		}
		if len(value) > 0 {
			properties[path] = string(value)
		}
	}
	return properties, nil
}

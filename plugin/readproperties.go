// SPDX-License-Identifier: Apache-2.0

package main

import "gatewayresponses/internal/facts"

// readProperties reads the attributes that the document chooses itself; nil when there are none.
func readProperties(host host, paths []string) (facts.Properties, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	properties := facts.Properties{}
	for _, path := range paths {
		value, err := host.property(facts.PropertyPieces(path))
		if err != nil {
			return nil, err
		}
		if len(value) > 0 {
			properties[path] = string(value)
		}
	}
	return properties, nil
}

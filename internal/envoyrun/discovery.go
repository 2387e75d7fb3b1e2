// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"strconv"
	"strings"
)

// Discovery makes the file that a listener with FilterDiscovered reads: our filter of envoy.yaml as the one resource of a
// DiscoveryResponse. A version is new to Envoy when its text differs.
func Discovery(template []byte, s Settings, l Listener, version string) ([]byte, error) {
	filter, err := cut(string(template), "filter")
	if err != nil {
		return nil, err
	}
	text, err := s.plugin(filter.inside, l)
	if err != nil {
		return nil, err
	}
	// An entry of http_filters has the fields of a TypedExtensionConfig.
	const head = "- name: "
	rest, ok := strings.CutPrefix(text, filter.indent+head)
	if !ok {
		return nil, fmt.Errorf("the region filter of envoy.yaml does not begin with %q", head)
	}
	return []byte("version_info: " + strconv.Quote(version) + "\n" +
		"resources:\n" +
		filter.indent + "- \"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig\n" +
		filter.indent + "  name: " + rest), nil
}

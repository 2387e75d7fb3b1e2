// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"os"
	"strconv"
	"strings"
)

// Discovery makes the file that a listener with FilterDiscovered reads: our filter of envoy.yaml as the one resource of a
// DiscoveryResponse. A version is new to Envoy when its text differs.
func Discovery(template []byte, s Settings, l Listener, version string) ([]byte, error) {
	text, err := FilterText(template, s, l)
	if err != nil {
		return nil, err
	}
	// An entry of http_filters has the fields of a TypedExtensionConfig.
	const head = "- name: "
	rest, ok := strings.CutPrefix(text, head)
	if !ok {
		return nil, fmt.Errorf("the region filter of envoy.yaml does not begin with %q", head)
	}
	return []byte("version_info: " + strconv.Quote(version) + "\n" +
		"resources:\n" +
		"- \"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig\n" +
		"  name: " + rest), nil
}

// FilterText makes our filter of envoy.yaml as an element of http_filters, YAML without indent.
func FilterText(template []byte, s Settings, l Listener) (string, error) {
	filter, err := cut(string(template), "filter")
	if err != nil {
		return "", err
	}
	if filter.inside, err = s.ours(filter, l); err != nil {
		return "", err
	}
	return filter.unindented(), nil
}

// Replace writes what a listener with FilterDiscovered reads. Envoy looks at a file when something is renamed to it, so it is
// written beside its place first.
func Replace(path string, discovery []byte) error {
	next := path + ".next"
	if err := os.WriteFile(next, discovery, 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}

// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// maxPathKey is up to how many bytes a key stands in paths without brackets. Of a longer one there is the beginning only:
// the paths of all that is below it hold it, too.
const maxPathKey = 64

// join extends a path by a key: .key when it is made of letters, digits and "_", else ["key"].
func join(path, key string) string {
	if key == "" || len(key) > maxPathKey || strings.ContainsFunc(key, func(r rune) bool { return !isWordRune(r) }) {
		return path + "[" + quote.Text(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// isWordRune tells ASCII letters, digits and "_".
func isWordRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '_'
}

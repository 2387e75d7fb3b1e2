// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"
)

// join extends a path by a key: .key when it is made of letters, digits and "_", else ["key"].
func join(path, key string) string {
	if key == "" || strings.ContainsFunc(key, func(r rune) bool { return !isWordRune(r) }) {
		return path + "[" + strconv.Quote(key) + "]"
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

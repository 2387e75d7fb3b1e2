// SPDX-License-Identifier: Apache-2.0

package build

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/jsonread"
)

// below is the path of a member: a word stands behind a dot, another key in brackets.
func below(path, key string) string {
	if key == "" || strings.ContainsFunc(key, func(c rune) bool { return !jsonread.IsWord(c) }) {
		return path + "[" + strconv.Quote(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// elementOf is the path of an element of a list.
func elementOf(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

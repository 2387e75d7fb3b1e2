// SPDX-License-Identifier: Apache-2.0

// Package quote puts text that comes from elsewhere into messages: findings and log lines.
package quote

import (
	"strconv"
	"unicode/utf8"
)

// maxText is how many bytes of a text a message quotes.
const maxText = 64

// Text quotes s, the beginning of a long one. Nothing in it can break a log line.
func Text(s string) string {
	if short := Shorten(s); len(short) < len(s) {
		return strconv.Quote(short) + "..."
	}
	return strconv.Quote(s)
}

// Shorten cuts s to what a message quotes, between characters.
func Shorten(s string) string {
	if len(s) <= maxText {
		return s
	}
	end := maxText
	for end > maxText-utf8.UTFMax && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}

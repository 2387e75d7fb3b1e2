// SPDX-License-Identifier: Apache-2.0

package format

import (
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/yamltext"
)

// lostComment is a comment of a text that its other form does not have, quoted, "" for none.
func lostComment(text, formatted string) string {
	left := map[string]int{}
	for _, comment := range comments(formatted) {
		left[comment]++
	}
	for _, comment := range comments(text) {
		if left[comment]--; left[comment] < 0 {
			return quote.Text(comment)
		}
	}
	return ""
}

// comments are the comments of a YAML text.
func comments(text string) []string {
	document, err := parse(text)
	if err != nil {
		return nil
	}
	var all []string
	for _, comment := range yamltext.New(text).Comments(document) {
		all = append(all, comment.Text)
	}
	return all
}

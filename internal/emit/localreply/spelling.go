// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joined are words of details that have "_" themselves, where white space stands between the other words.
var joined = strings.NewReplacer("original request uri", "original_request_uri", "redirect uri", "redirect_uri")

// spacedWords are words that proto_api_scrubber writes with white space behind its own name.
var spacedWords = strings.NewReplacer("FAILED_PRECONDITION", "FAILED PRECONDITION", "INVALID_ARGUMENT", "INVALID ARGUMENT")

// spellings are the ways in which Envoy sends the details that a glob of the tables is for. The tables have "_" for white space,
// as access logs print it; a mapper sees what the filter wrote. oauth2 writes sentences, proto_api_scrubber words of gRPC.
func spellings(glob string) []string {
	all := []string{glob}
	if isSentence(glob) {
		all = append(all, joined.Replace(strings.ReplaceAll(glob, "_", " ")))
	}
	if spaced := spacedWords.Replace(glob); spaced != glob {
		all = append(all, spaced)
	}
	return all
}

// isSentence reports whether a glob is for details of oauth2.
func isSentence(glob string) bool {
	first, _ := utf8.DecodeRuneInString(glob)
	return strings.Contains(glob, "_") && (unicode.IsUpper(first) || strings.HasPrefix(glob, "authority_or_") || strings.HasPrefix(glob, "redirect_uri_"))
}

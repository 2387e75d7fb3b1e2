// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// TargetPrefix begins the only key of responseParameters that has an effect.
const TargetPrefix = "gatewayresponse.header."

// ParseTarget reads a key of responseParameters and returns the header to set. NAME may hold dots. search bounds the guesses
// at what another key was meant for.
func ParseTarget(key string, search *nearest.Search) (header string, problem *Flaw) {
	first, rest, _ := strings.Cut(key, ".")
	position, name, named := strings.Cut(rest, ".")
	if first != "gatewayresponse" || !named {
		return "", unknownTarget(key, search)
	}
	switch position {
	case "header":
		return name, checkTargetName(key, name)
	case "path", "querystring":
		return "", &Flaw{Code: code.MappingWithoutEffect, Warning: true, At: Whole, Message: quote.Text(key) + " has no effect, for a reply has no " + position + "; use " + quote.Text(TargetPrefix+"NAME")}
	default:
		return "", unknownTarget(key, search)
	}
}

// checkTargetName checks the name of the header.
func checkTargetName(key, name string) *Flaw {
	problem := CheckHeaderName(name)
	if problem != nil && !problem.Warning {
		problem.At = len(key) - len(name)
	}
	return problem
}

// unknownTarget is the flaw of a key that names no target.
func unknownTarget(key string, search *nearest.Search) *Flaw {
	advice := "; use " + quote.Text(TargetPrefix+"NAME")
	if meant, ok := meantTarget(key, search); ok {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	return Wrong(code.BadMappingKey, quote.Text(key)+" is not a mapping key"+advice)
}

// meantTarget guesses the target that was meant: one of another AWS mapping, a misspelt one, or a bare header name.
func meantTarget(key string, search *nearest.Search) (string, bool) {
	name, ok := cutNearPrefix(key, []string{TargetPrefix, "method.response.header.", "integration.response.header."}, search)
	if ok && chars.IsToken(name) {
		return TargetPrefix + name, true
	}
	return TargetPrefix + key, chars.IsToken(key) && !strings.Contains(key, ".") && !slices.Contains(SAMKeys, key)
}

// cutNearPrefix cuts what is nearly one of prefixes, which end in a dot, and have a dot for each that s must have there.
func cutNearPrefix(s string, prefixes []string, search *nearest.Search) (rest string, ok bool) {
	for _, prefix := range prefixes {
		end := afterDots(s, strings.Count(prefix, "."))
		if _, ok := search.Of(s[:end], []string{prefix}); ok {
			return s[end:], true
		}
	}
	return "", false
}

// afterDots is the index behind the first n dots of s, 0 when it has fewer.
func afterDots(s string, n int) int {
	end := 0
	for range n {
		i := strings.IndexByte(s[end:], '.')
		if i < 0 {
			return 0
		}
		end += i + 1
	}
	return end
}

// SAMKeys are the keys of AWS SAM's nested ResponseParameters, which are no header names. The first one holds headers.
var SAMKeys = []string{"Headers", "Paths", "QueryStrings"}

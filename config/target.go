// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// target is the only key of responseParameters that has an effect.
const target = "gatewayresponse.header."

// parseTarget reads a key of responseParameters and returns the header to set. NAME may hold dots. search bounds the guesses
// at what another key was meant for.
func parseTarget(key string, search *nearest.Search) (header string, problem *flaw) {
	first, rest, _ := strings.Cut(key, ".")
	position, name, named := strings.Cut(rest, ".")
	if first != "gatewayresponse" || !named {
		return "", unknownTarget(key, search)
	}
	switch position {
	case "header":
		return name, checkTargetName(key, name)
	case "path", "querystring":
		return "", &flaw{
			Warning, whole,
			quote.Text(key) + " has no effect, for a reply has no " + position + "; use " + quote.Text(target+"NAME"),
		}
	default:
		return "", unknownTarget(key, search)
	}
}

// checkTargetName checks the name of the header.
func checkTargetName(key, name string) *flaw {
	problem := checkHeaderName(name)
	if problem != nil && problem.severity == Error {
		problem.at = len(key) - len(name)
	}
	return problem
}

// unknownTarget is the flaw of a key that names no target.
func unknownTarget(key string, search *nearest.Search) *flaw {
	advice := "; use " + quote.Text(target+"NAME")
	if meant, ok := meantTarget(key, search); ok {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	return &flaw{Error, whole, quote.Text(key) + " is not a mapping key" + advice}
}

// meantTarget guesses the target that was meant: one of another AWS mapping, a misspelt one, or a bare header name.
func meantTarget(key string, search *nearest.Search) (string, bool) {
	name, ok := cutNearPrefix(key, []string{target, "method.response.header.", "integration.response.header."}, search)
	if ok && chars.IsToken(name) {
		return target + name, true
	}
	return target + key, chars.IsToken(key) && !strings.Contains(key, ".") && !slices.Contains(samKeys, key)
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

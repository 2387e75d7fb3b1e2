// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// roots are the first words of names.
var roots = []string{"context", "stageVariables", "method", "response"}

// UnknownError says that a name means nothing. It is worded when its message is asked for, since the search for the name
// that was probably meant takes time.
type UnknownError struct{ Name string }

// Error says what was probably meant, or else what Brief does.
func (e *UnknownError) Error() string {
	if meant, ok := suggest(e.Name); ok {
		return e.problem() + "; did you mean " + quote.Text(meant) + "?"
	}
	return e.Brief()
}

// Brief says where to look for a name that means something.
func (e *UnknownError) Brief() string {
	if strings.HasPrefix(e.Name, "context.") {
		return e.problem() + "; docs/variables.md lists the names"
	}
	return e.problem() + `; names begin with "context.", "stageVariables.", "method.request." or "response.header."`
}

// problem is what both messages begin with.
func (e *UnknownError) problem() string { return "unknown variable " + quote.Text(e.Name) }

// suggest finds the known name that was probably meant: with another root, in another group, spelt otherwise, or with
// something more in its middle ("context.identity.sourceIp" for "context.sourceIp").
func suggest(name string) (string, bool) {
	root, rest, _ := strings.Cut(name, ".")
	if meant, ok := nearest.Of(root, roots); ok {
		root = meant
	}
	var names, tails []string
	for _, row := range All() {
		if prefix, ok := row.group(); ok {
			if meant, ok := inGroup(root+"."+rest, prefix); ok {
				return meant, true
			}
			continue
		}
		names = append(names, row.Name)
		if tail, ok := strings.CutPrefix(row.Name, root+"."); ok {
			tails = append(tails, tail)
		}
	}
	if tail, ok := nearest.Of(rest, tails); ok {
		return root + "." + tail, true
	}
	return sameEnd(name, names)
}

// inGroup is name as it would be in the group with this prefix, if the last word of that was probably meant.
func inGroup(name, prefix string) (string, bool) {
	parent, word := splitLast(strings.TrimSuffix(prefix, "."))
	rest, ok := strings.CutPrefix(name, parent)
	if !ok {
		return "", false
	}
	written, key, _ := strings.Cut(rest, ".")
	if _, near := nearest.Of(written, []string{word}); !near || key == "" {
		return "", false
	}
	return prefix + key, true
}

// sameEnd is the first of names with the same last word.
func sameEnd(name string, names []string) (string, bool) {
	_, word := splitLast(name)
	for _, candidate := range names {
		if _, end := splitLast(candidate); chars.EqualFold(word, end) {
			return candidate, true
		}
	}
	return "", false
}

// splitLast splits a name before its last word; the dot stays with the rest.
func splitLast(name string) (rest, word string) {
	at := strings.LastIndexByte(name, '.') + 1
	return name[:at], name[at:]
}

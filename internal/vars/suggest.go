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

// UnknownError says that a name means nothing.
type UnknownError struct{ Name string }

// Error says where to look for a name that means something.
func (e *UnknownError) Error() string {
	if strings.HasPrefix(e.Name, "context.") {
		return e.problem() + "; docs/variables.md lists the names"
	}
	return e.problem() + `; names begin with "context.", "stageVariables.", "method.request." or "response.header."`
}

// Longer says what is wrong with a name that goes on behind a known one, such as context.error.responseType.statusCode; "" for
// any other.
func (e *UnknownError) Longer() string {
	for at := strings.LastIndexByte(e.Name, '.'); at > 0; at = strings.LastIndexByte(e.Name[:at], '.') {
		if at > maxName {
			continue
		}
		if row, _ := find(e.Name[:at]); row != nil {
			return e.problem() + "; " + quote.Text(e.Name[:at]) + " has no parts; write " + quote.Text("${"+e.Name[:at]+"}"+e.Name[at:]) +
				" for its value with " + quote.Text(e.Name[at:]) + " behind it"
		}
	}
	return ""
}

// Suggest says what was probably meant, as far as the search finds it, or else what Error does.
func (e *UnknownError) Suggest(search *nearest.Search) string {
	if longer := e.Longer(); longer != "" {
		return longer
	}
	if meant, ok := suggest(search, e.Name); ok {
		return e.problem() + "; did you mean " + quote.Text(meant) + "?"
	}
	return e.Error()
}

// problem is what all messages begin with.
func (e *UnknownError) problem() string { return "unknown variable " + quote.Text(e.Name) }

const (
	// maxName is the length of the longest name that another one is looked for, in bytes.
	maxName = 256
	// gathering is what it takes to go through the catalogue, in steps of the search.
	gathering = 4096
)

// suggest finds the known name that was probably meant: with another root, in another group, spelt otherwise, or with
// something more in its middle ("context.identity.sourceIp" for "context.sourceIp").
func suggest(search *nearest.Search, name string) (string, bool) {
	if len(name) > maxName || !search.Spend(gathering) {
		return "", false
	}
	root, rest, _ := strings.Cut(name, ".")
	if meant, ok := search.Of(root, roots); ok {
		root = meant
	}
	var names, tails []string
	for _, rows := range catalogue {
		for i := range rows {
			row := &rows[i]
			if prefix, ok := row.group(); ok {
				if meant, ok := inGroup(search, root+"."+rest, prefix); ok {
					return meant, true
				}
				continue
			}
			names = append(names, row.Name)
			if tail, ok := strings.CutPrefix(row.Name, root+"."); ok {
				tails = append(tails, tail)
			}
		}
	}
	if tail, ok := search.Of(rest, tails); ok {
		return root + "." + tail, true
	}
	return sameEnd(name, names)
}

// inGroup is name as it would be in the group with this prefix, if the last word of that was probably meant.
func inGroup(search *nearest.Search, name, prefix string) (string, bool) {
	parent, word := splitLast(strings.TrimSuffix(prefix, "."))
	rest, ok := strings.CutPrefix(name, parent)
	if !ok {
		return "", false
	}
	written, key, _ := strings.Cut(rest, ".")
	if _, near := search.Of(written, []string{word}); !near || key == "" {
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

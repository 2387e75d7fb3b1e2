// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"errors"
	"strings"

	"gatewayresponses/internal/nearest"

	"gatewayresponses/internal/quote"
)

// roots are the first words of names.
var roots = []string{"context", "stageVariables", "method", "response"}

// unknown says that name means nothing, and what would.
func unknown(name string) error {
	message := "unknown variable " + quote.Text(name)
	if meant, ok := suggest(name); ok {
		return errors.New(message + "; did you mean " + quote.Text(meant) + "?")
	}
	if strings.HasPrefix(name, "context.") {
		return errors.New(message + "; docs/variables.md lists the names")
	}
	return errors.New(message + `; names begin with "context.", "stageVariables.", "method.request." or "response.header."`)
}

// suggest finds the known name that was probably meant: with another root, in another family, spelt otherwise, or with
// something more in its middle ("context.identity.sourceIp" for "context.sourceIp").
func suggest(name string) (string, bool) {
	root, rest, _ := strings.Cut(name, ".")
	if meant, ok := nearest.Of(root, roots); ok {
		root = meant
	}
	var names, tails []string
	for _, entry := range All() {
		if prefix, ok := entry.family(); ok {
			if meant, ok := inFamily(root+"."+rest, prefix); ok {
				return meant, true
			}
			continue
		}
		names = append(names, entry.Name)
		if tail, ok := strings.CutPrefix(entry.Name, root+"."); ok {
			tails = append(tails, tail)
		}
	}
	if tail, ok := nearest.Of(rest, tails); ok {
		return root + "." + tail, true
	}
	return sameEnd(name, names)
}

// inFamily is name as it would be in the family with this prefix, if the last word of that was probably meant.
func inFamily(name, prefix string) (string, bool) {
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
		if _, end := splitLast(candidate); strings.EqualFold(word, end) {
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

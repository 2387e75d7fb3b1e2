// SPDX-License-Identifier: Apache-2.0

// Package format writes what people write in one form.
//
// JSON gets two spaces for each level and a member a line. YAML keeps its comments, its empty lines, and how its texts and lists
// are written; levels get two spaces. In both the keys of the format stand in the order of docs/document.md, with $schema first
// and x-* last; keys that an owner chooses keep their order.
//
// The meaning never changes and no comment is lost: what was written is read again before it is given out, and refused when that
// does not hold. To format twice is to format once.
package format

import (
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// Source formats the text of a file. The text is nil when one of the findings is an error: what cannot be read stays as it is.
func Source(name string, text []byte) ([]byte, finding.List) {
	document, found := source.Read(name, text)
	if document == nil {
		return nil, found
	}
	root := document.Root()
	if root == nil {
		_, more := check.Load(document)
		return nil, append(found, more...)
	}
	if source.IsJSON(name, text) {
		return formatJSON(name, root)
	}
	return formatYAML(name, text, root)
}

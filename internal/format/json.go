// SPDX-License-Identifier: Apache-2.0

package format

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/source"
)

// formatJSON formats a document in JSON.
func formatJSON(name string, root *source.Value) ([]byte, finding.List) {
	written, found := source.Write(name, ordered(root, manual.Root()))
	if written == nil {
		return nil, found
	}
	text := jsontext.Value(written.Text)
	if err := text.Indent(jsontext.AllowDuplicateNames(true), jsontext.WithIndent("  ")); err != nil {
		return nil, refused(name, err.Error())
	}
	return append(text, '\n'), nil
}

// ordered is a value with the keys of the format in their order.
func ordered(v *source.Value, at manual.Place) *source.Value {
	switch v.Kind {
	case source.Object:
		members := make([]source.Member, len(v.Members))
		for i, m := range v.Members {
			members[i] = source.Member{Key: m.Key, Value: ordered(m.Value, at.Member(m.Key.Text))}
		}
		if at.Object() {
			slices.SortStableFunc(members, func(a, b source.Member) int { return rank(at, a.Key.Text) - rank(at, b.Key.Text) })
		}
		return v.With(members, nil)
	case source.Array:
		elements := make([]*source.Value, len(v.Elements))
		for i, element := range v.Elements {
			elements[i] = ordered(element, at.Element())
		}
		return v.With(nil, elements)
	default:
		return v
	}
}

// rank is the place of a key among those of an object of the format.
func rank(at manual.Place, key string) int {
	switch {
	case key == "$schema":
		return -2
	case key == "<<":
		return -1 // a merge key: what it brings comes before what differs
	case config.IsExtension(key):
		return at.Order(key) + 1
	default:
		return at.Order(key)
	}
}

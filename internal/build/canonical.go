// SPDX-License-Identifier: Apache-2.0

package build

import (
	"cmp"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/source"
)

// Canonical is a document with its keys in byte order, and without those that nobody reads.
func Canonical(root *source.Value) *source.Value {
	return minimal(root, manual.Root())
}

func minimal(v *source.Value, at manual.Place) *source.Value {
	switch v.Kind {
	case source.Object:
		members := make([]source.Member, 0, len(v.Members))
		for _, m := range v.Members {
			if at.Extensions() && config.IsExtension(m.Key.Text) {
				continue
			}
			members = append(members, source.Member{Key: m.Key, Value: minimal(m.Value, at.Member(m.Key.Text))})
		}
		slices.SortStableFunc(members, func(a, b source.Member) int { return cmp.Compare(a.Key.Text, b.Key.Text) })
		return v.With(members, nil)
	case source.Array:
		elements := make([]*source.Value, 0, len(v.Elements))
		for _, element := range v.Elements {
			elements = append(elements, minimal(element, at.Element()))
		}
		return v.With(nil, elements)
	default:
		return v
	}
}

// SPDX-License-Identifier: Apache-2.0

package build

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// appended are the keys of the root whose lists are appended.
var appended = map[string]bool{"routes": true, "classification": true}

// joiner joins what files say.
type joiner struct{ report }

// join joins the roots of files.
func join(roots []*source.Value) (*source.Value, finding.List) {
	j := &joiner{}
	if len(roots) > 1 {
		for _, root := range roots {
			j.alone(root, "")
		}
	}
	return j.objects(roots, "", manual.Root()), j.found
}

// alone reports keys that one object of a file has twice: once they are joined nobody would see it.
func (j *joiner) alone(v *source.Value, path string) {
	first := map[string]*source.Value{}
	for _, m := range v.Members {
		at := jsonread.Below(path, m.Key.Text)
		if other, ok := first[m.Key.Text]; ok {
			j.fail(code.DuplicateKey, m.Key, at, "the key stands in this object twice, the first time at "+other.Place().String()+"; remove one of them")
			continue
		}
		first[m.Key.Text] = m.Key
		j.alone(m.Value, at)
	}
	for i, element := range v.Elements {
		j.alone(element, elementOf(path, i))
	}
}

// objects joins objects: their members by key, in the order in which the keys come.
func (j *joiner) objects(all []*source.Value, path string, at manual.Place) *source.Value {
	if len(all) == 1 {
		return all[0]
	}
	var keys []*source.Value
	values := map[string][]*source.Value{}
	for _, object := range all {
		for _, m := range object.Members {
			name := m.Key.Text
			if len(values[name]) == 0 {
				keys = append(keys, m.Key)
			} else if at.Extensions() && config.IsExtension(name) {
				continue // nobody reads it, and it is not written
			}
			values[name] = append(values[name], m.Value)
		}
	}
	members := make([]source.Member, len(keys))
	for i, key := range keys {
		members[i] = source.Member{Key: key, Value: j.values(values[key.Text], jsonread.Below(path, key.Text), at.Member(key.Text))}
	}
	return all[0].With(members, nil)
}

// values joins the values that files give to a key.
func (j *joiner) values(all []*source.Value, path string, at manual.Place) *source.Value {
	first := all[0]
	switch {
	case len(all) == 1:
		return first
	case areAll(all, source.Object):
		return j.objects(all, path, at)
	case appended[path] && areAll(all, source.Array):
		var elements []*source.Value
		for _, list := range all {
			elements = append(elements, list.Elements...)
		}
		return first.With(nil, elements)
	}
	for _, other := range all[1:] {
		if !first.Equal(other) {
			j.fail(code.Conflict, other, path, "this is "+shown(other)+", and "+shown(first)+" at "+first.Place().String()+"; keep one of them")
		}
	}
	return first
}

func areAll(all []*source.Value, kind source.Kind) bool {
	return !slices.ContainsFunc(all, func(v *source.Value) bool { return v.Kind != kind })
}

// shown is a value as messages quote it.
func shown(v *source.Value) string {
	switch v.Kind {
	case source.Object:
		return "an object"
	case source.Array:
		return "a list"
	case source.String:
		return quote.Text(v.Text)
	default:
		return v.Text
	}
}

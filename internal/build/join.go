// SPDX-License-Identifier: Apache-2.0

package build

import (
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// appended are the keys of the root whose lists are appended.
var appended = map[string]bool{"routes": true, "classification": true}

// joiner joins what files say.
type joiner struct {
	found finding.List
}

// join joins the roots of files.
func join(roots []*source.Value) (*source.Value, finding.List) {
	j := &joiner{}
	if len(roots) > 1 {
		for _, root := range roots {
			j.alone(root, "")
		}
	}
	joined := roots[0]
	for _, root := range roots[1:] {
		joined = j.objects(joined, root, "", manual.Root())
	}
	return joined, j.found
}

// alone reports keys that one object of a file has twice: once they are joined nobody would see it.
func (j *joiner) alone(v *source.Value, path string) {
	first := map[string]*source.Value{}
	for _, m := range v.Members {
		at := below(path, m.Key.Text)
		if other, ok := first[m.Key.Text]; ok {
			j.fail(code.DuplicateKey, m.Key, at, "the key stands in this object twice, the first time at "+other.Place().String()+"; remove one of them")
			continue
		}
		first[m.Key.Text] = m.Key
		j.alone(m.Value, at)
	}
	for _, element := range v.Elements {
		j.alone(element, path+"[]")
	}
}

func (j *joiner) fail(kind code.Code, at *source.Value, path, message string) {
	j.found = append(j.found, finding.Finding{
		Code: kind, Severity: finding.Error, Place: at.Place(), Path: path, Message: message,
	})
}

// objects joins two objects.
func (j *joiner) objects(a, b *source.Value, path string, at manual.Place) *source.Value {
	members := make([]source.Member, len(a.Members), len(a.Members)+len(b.Members))
	copy(members, a.Members)
	places := make(map[string]int, len(members))
	for i, m := range members {
		places[m.Key.Text] = i
	}
	for _, m := range b.Members {
		i, ok := places[m.Key.Text]
		if !ok {
			members = append(members, m)
			continue
		}
		if at.Extensions() && isExtension(m.Key.Text) {
			continue // nobody reads it, and it is not written
		}
		members[i].Value = j.values(members[i].Value, m.Value, below(path, m.Key.Text), at.Member(m.Key.Text))
	}
	return a.With(members, nil)
}

// values joins the values of a key that two files have.
func (j *joiner) values(a, b *source.Value, path string, at manual.Place) *source.Value {
	switch {
	case a.Kind == source.Object && b.Kind == source.Object:
		return j.objects(a, b, path, at)
	case a.Kind == source.Array && b.Kind == source.Array && appended[path]:
		elements := make([]*source.Value, 0, len(a.Elements)+len(b.Elements))
		return a.With(nil, append(append(elements, a.Elements...), b.Elements...))
	case !equal(a, b):
		j.fail(code.Conflict, b, path, "this is "+shown(b)+", and "+shown(a)+" at "+a.Place().String()+"; keep one of them")
	}
	return a
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

// equal reports whether two values mean the same. The order of keys does not matter.
func equal(a, b *source.Value) bool {
	if a == b {
		return true
	}
	if a.Kind != b.Kind || a.Text != b.Text || len(a.Members) != len(b.Members) || len(a.Elements) != len(b.Elements) {
		return false
	}
	of := make(map[string]*source.Value, len(a.Members))
	for _, m := range a.Members {
		of[m.Key.Text] = m.Value
	}
	for _, m := range b.Members {
		if other, ok := of[m.Key.Text]; !ok || !equal(other, m.Value) {
			return false
		}
	}
	for i, element := range a.Elements {
		if !equal(element, b.Elements[i]) {
			return false
		}
	}
	return true
}

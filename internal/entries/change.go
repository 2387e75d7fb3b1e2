// SPDX-License-Identifier: Apache-2.0

package entries

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/convert/insert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

const (
	responsesKey = "gatewayResponses"
	rulesKey     = "classification"
)

// read reads the text of a document. name is what errors call it.
func read(name, written string) (*tree.File, error) {
	file, err := tree.Read(name, []byte(written))
	if err != nil {
		return nil, err
	}
	if len(file.Documents) != 1 || !file.Documents[0].Is(tree.Object) {
		return nil, fmt.Errorf("%s does not hold one object", name)
	}
	return file, nil
}

// KeyOf is how a document writes the key of the entry of a type: DEFAULT_4xx and UNSUPPORTED_MEDIA_TYPES are read as well. Without an entry it is
// the type.
func KeyOf(checked check.Checked, t config.ResponseType) string {
	for i := range checked.Document.GatewayResponses {
		if entry := &checked.Document.GatewayResponses[i]; entry.Type == t {
			return entry.At.Value
		}
	}
	return string(t)
}

// Set gives the text of a document in which the entry under a key says some parts, and nothing else. What of the entry is neither, as x-note,
// stays.
func Set(name, written, key string, parts Parts) (string, error) {
	file, err := read(name, written)
	if err != nil {
		return "", err
	}
	entry := parts.object()
	if there := entriesOf(file).Get(key); there.Is(tree.Object) {
		for _, m := range there.Members {
			if value, unknown := object.Of(m.Value); unknown == nil && strings.HasPrefix(m.Key, "x-") {
				entry = append(entry, object.Member{Name: m.Key, Value: value})
			}
		}
	}
	all := valuesOf(file)
	all.Set(key, entry, tree.Place{})
	return insert.Set(file, 0, responsesKey, all, same)
}

// Remove gives the text of a document without the entry under a key. It is an error when there is none.
func Remove(name, written, key string) (string, error) {
	file, err := read(name, written)
	if err != nil {
		return "", err
	}
	if entriesOf(file).Get(key) == nil {
		return "", fmt.Errorf("%s has no entry %s", name, key)
	}
	all := slices.DeleteFunc(valuesOf(file), func(m object.Member) bool { return m.Name == key })
	return insert.Set(file, 0, responsesKey, all, same)
}

// AddRule gives the text of a document with one more rule, behind the others, that leads to a type. conditions are those of when, JSON.
func AddRule(name, written, rule, message, conditions string, t config.ResponseType) (string, error) {
	file, err := read(name, written)
	if err != nil {
		return "", err
	}
	when, err := read("when", conditions)
	if err != nil {
		return "", err
	}
	value, _ := object.Of(when.Documents[0])
	made := object.Object{}
	if rule != "" {
		made.Set("name", rule, tree.Place{})
	}
	made.Set("when", value, tree.Place{})
	made.Set("responseType", string(t), tree.Place{})
	if message != "" {
		made.Set("message", message, tree.Place{})
	}
	return insert.Append(file, 0, rulesKey, made)
}

// entriesOf are the entries as they are written; nil without any.
func entriesOf(file *tree.File) *tree.Node { return file.Documents[0].Get(responsesKey) }

// valuesOf are the entries as values.
func valuesOf(file *tree.File) object.Object {
	there := entriesOf(file)
	if !there.Is(tree.Object) {
		return object.Object{}
	}
	value, _ := object.Of(there)
	all, _ := value.(object.Object)
	return all
}

// object is an entry as it is written.
func (p Parts) object() (made object.Object) {
	made = object.Object{}
	if p.StatusCode != "" {
		made.Set("statusCode", p.StatusCode, tree.Place{})
	}
	for _, part := range []struct {
		key   string
		texts map[string]string
	}{{"responseParameters", p.Parameters}, {"headers", p.Headers}, {"responseTemplates", p.Templates}} {
		if len(part.texts) == 0 {
			continue
		}
		texts := object.Object{}
		for _, name := range slices.Sorted(maps.Keys(part.texts)) {
			texts.Set(name, part.texts[name], tree.Place{})
		}
		made.Set(part.key, texts, tree.Place{})
	}
	return made
}

// same reports whether a part that is there says what is wanted: a status may be a number there, and members stand in any order.
func same(there *tree.Node, wanted any) bool {
	switch want := wanted.(type) {
	case object.Object:
		return sameMembers(there, want)
	case string:
		text, ok := there.Scalar()
		return ok && text == want
	default:
		value, unknown := object.Of(there)
		return unknown == nil && string(object.Line(value)) == string(object.Line(want))
	}
}

func sameMembers(there *tree.Node, want object.Object) bool {
	if !there.Is(tree.Object) || len(there.Members) != len(want) {
		return false
	}
	wanted := make(map[string]any, len(want))
	for _, m := range want {
		wanted[m.Name] = m.Value
	}
	for _, m := range there.Members {
		value, known := wanted[m.Key]
		if !known || !same(m.Value, value) {
			return false
		}
		delete(wanted, m.Key)
	}
	return true
}

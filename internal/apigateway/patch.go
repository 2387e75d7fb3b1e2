// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"maps"
	"slices"
	"strings"
)

// A patch changes a value by operations as of RFC 6902, in their order and all or none. Each shape allows some paths, and for each
// path some operations; what AWS says of the others differs from shape to shape.

// The operations of patches that some path allows.
const (
	opAdd     = "add"
	opRemove  = "remove"
	opReplace = "replace"
)

// patchRule is a path that the patches of a shape can name.
type patchRule[T any] struct {
	// path is the path; a last segment * stands for any one, which is the key.
	path string
	ops  []string
	// apply carries an operation out.
	apply func(value *T, key string, operation PatchOperation) error
}

// patcher are the paths of a shape.
type patcher[T any] struct {
	rules []patchRule[T]
	// refused words what AWS says of a path that is none of the rules, for which ops is nil, or does not allow the operation.
	refused func(operation PatchOperation, ops []string) error
}

// patch carries operations out. What value refers to must be the caller's own.
func (p *patcher[T]) patch(value T, operations []PatchOperation) (T, error) {
	for _, operation := range operations {
		if err := p.apply(&value, operation); err != nil {
			var none T
			return none, err
		}
	}
	return value, nil
}

func (p *patcher[T]) apply(value *T, operation PatchOperation) error {
	segments, ok := parsePointer(operation.Path)
	if !ok {
		return p.refused(operation, nil)
	}
	for _, rule := range p.rules {
		key, ok := rule.match(segments)
		switch {
		case !ok:
		case !slices.Contains(rule.ops, operation.Op):
			return p.refused(operation, rule.ops)
		default:
			return rule.apply(value, key, operation)
		}
	}
	return p.refused(operation, nil)
}

// match reports whether the rule is for a path, and what stands for its *.
func (r *patchRule[T]) match(segments []string) (key string, ok bool) {
	pattern := strings.Split(r.path[1:], "/")
	if len(pattern) != len(segments) {
		return "", false
	}
	last := len(pattern) - 1
	if pattern[last] == "*" {
		return segments[last], slices.Equal(pattern[:last], segments[:last])
	}
	return "", slices.Equal(pattern, segments)
}

// parsePointer reads a JSON pointer (RFC 6901) to its unescaped segments; "" and what is no pointer are not ok.
func parsePointer(path string) (segments []string, ok bool) {
	if !strings.HasPrefix(path, "/") {
		return nil, false
	}
	segments = strings.Split(path[1:], "/")
	for i, segment := range segments {
		if segments[i], ok = unescape(segment); !ok {
			return nil, false
		}
	}
	return segments, true
}

// unescape reads ~1 as / and ~0 as ~; another ~ is not ok.
func unescape(segment string) (string, bool) {
	if strings.Count(segment, "~") != strings.Count(segment, "~0")+strings.Count(segment, "~1") {
		return "", false
	}
	return strings.ReplaceAll(strings.ReplaceAll(segment, "~1", "/"), "~0", "~"), true
}

// badPath says that there is no such path, or that it does not allow the operation.
func badPath(operation PatchOperation, _ []string) error {
	if operation.Path == "" {
		return BadRequest("Invalid patch path null")
	}
	return BadRequest("Invalid patch path %s", operation.Path)
}

// badPathOrOp says that there is no such path, or which operations it allows.
func badPathOrOp(operation PatchOperation, ops []string) error {
	if ops == nil {
		return badPath(operation, nil)
	}
	return BadRequest("Invalid patch operation specified. Must be one of: [%s]", strings.Join(ops, ", "))
}

// badPathForOp says in other words that there is no such path, or that it does not allow the operation. replaceable are the paths that
// can be replaced; nothing else can be done.
func badPathForOp(replaceable ...string) func(PatchOperation, []string) error {
	return func(operation PatchOperation, _ []string) error {
		advice := "Please choose supported operations"
		if operation.Op == opReplace {
			advice = "Must be one of: [" + strings.Join(replaceable, ", ") + "]"
		}
		return BadRequest("Invalid patch path  '%s' specified for op '%s'. %s", operation.Path, operation.Op, advice)
	}
}

// replacement is a rule by which a text can only be replaced.
func replacement[T any](path string, member func(*T) *string) patchRule[T] {
	return patchRule[T]{path, []string{opReplace}, func(value *T, _ string, operation PatchOperation) error {
		*member(value) = operation.Value
		return nil
	}}
}

// settable is replacement of a text that can also be added and removed.
func settable[T any](path string, member func(*T) *string) patchRule[T] {
	return patchRule[T]{path, []string{opAdd, opReplace, opRemove}, func(value *T, _ string, operation PatchOperation) error {
		if operation.Op == opRemove {
			operation.Value = ""
		}
		*member(value) = operation.Value
		return nil
	}}
}

// oneOf is replacement by one of some values, or by none.
func oneOf[T any](path string, values []string, member func(*T) *string) patchRule[T] {
	return patchRule[T]{path, []string{opReplace}, func(value *T, _ string, operation PatchOperation) error {
		if operation.Value != "" && !slices.Contains(values, operation.Value) {
			return BadRequest("Invalid value '%s' of %s. Must be one of: [%s]", operation.Value, path, strings.Join(values, ", "))
		}
		*member(value) = operation.Value
		return nil
	}}
}

// toggle is a rule by which a bool can only be replaced.
func toggle[T any](path string, member func(*T) *bool) patchRule[T] {
	return patchRule[T]{path, []string{opReplace}, func(value *T, _ string, operation PatchOperation) error {
		*member(value) = isTrue(operation.Value)
		return nil
	}}
}

// isTrue reads a bool as AWS does: what is not true is false.
func isTrue(value string) bool { return strings.EqualFold(value, "true") }

// entries is a rule for the members of a map.
func entries[T any, M ~map[string]V, V any](path string, read func(string) V, missing func() error, member func(*T) *M) patchRule[T] {
	return patchRule[T]{path, []string{opAdd, opReplace, opRemove}, func(value *T, key string, operation PatchOperation) error {
		return changeMap(member(value), key, operation.Op, read(operation.Value), missing())
	}}
}

// asIs reads a text.
func asIs(value string) string { return value }

// changeSet carries an operation out on a list whose elements differ. What is replaced goes, and the new one comes last.
func changeSet(list *[]string, element string, operation PatchOperation) {
	if operation.Op != opAdd {
		*list = slices.DeleteFunc(*list, func(old string) bool { return old == element })
	}
	if operation.Op == opReplace {
		element = operation.Value
	}
	if operation.Op != opRemove && !slices.Contains(*list, element) {
		*list = append(*list, element)
	}
	if len(*list) == 0 {
		*list = nil
	}
}

// changeMap carries an operation out on one member of a map: what is replaced or removed must be there, or the error is missing. The
// map is the caller's own, and made when it is nil.
func changeMap[M ~map[string]V, V any](m *M, key, op string, value V, missing error) error {
	if _, there := (*m)[key]; op != opAdd && !there {
		return missing
	}
	if op == opRemove {
		delete(*m, key)
		if len(*m) == 0 {
			*m = nil
		}
		return nil
	}
	if *m == nil {
		*m = M{}
	}
	(*m)[key] = value
	return nil
}

// own gives a map that can be changed.
func own[M ~map[string]V, V any](m M) M { return maps.Clone(m) }

// parameterMissing is what AWS says of a parameter that is not there.
func parameterMissing() error { return NotFound("Invalid parameter name specified") }

// contentTypeMissing is what AWS says of a media type that is not there.
func contentTypeMissing() error { return NotFound("Content-Type specified was not found") }

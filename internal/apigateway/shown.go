// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"bytes"
	"encoding/json"
)

// Map is a map that AWS shows even when there is nothing in it.
type Map[V any] map[string]V

// MarshalJSON writes an object, never null.
func (m Map[V]) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("{}"), nil
	}
	return marshal(map[string]V(m))
}

// ResponseTemplates are templates by media type. AWS shows an empty one as null.
type ResponseTemplates map[string]string

// MarshalJSON writes null for empty templates.
func (t ResponseTemplates) MarshalJSON() ([]byte, error) {
	shown := make(map[string]*string, len(t))
	for mediaType, template := range t {
		if template != "" {
			shown[mediaType] = &template
		} else {
			shown[mediaType] = nil
		}
	}
	return marshal(shown)
}

// List is a list that AWS shows even when there is nothing in it.
type List[V any] []V

// MarshalJSON writes an array, never null.
func (l List[V]) MarshalJSON() ([]byte, error) {
	if l == nil {
		return []byte("[]"), nil
	}
	return marshal([]V(l))
}

// marshal writes JSON with <, > and & as they are, which the caller's encoder may still escape.
func marshal(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(value)
	return b.Bytes(), err
}

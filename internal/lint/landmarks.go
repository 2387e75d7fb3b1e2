// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/jsonread"
)

// landmarks are places of a document that what was decoded of it does not know.
type landmarks struct {
	// declared is the key of that name.
	declared config.Text
	// rules are the elements of classification.
	rules []config.Text
	// members are the members of all objects called x-gwr-allow.
	members []allowance
}

// readLandmarks reads a document that has no errors.
func readLandmarks(text []byte) landmarks {
	var places jsonread.Places
	w := walker{r: jsonread.NewReader(text, &places, 1)}
	w.r.Object(config.Text{}, func(key config.Text) {
		switch key.Value {
		case "declared":
			w.found.declared = key
			w.value(key, key)
		case "classification":
			w.r.Array(key, func(element config.Text) {
				w.found.rules = append(w.found.rules, element)
				w.value(element, element)
			})
		case allowKey:
			w.allowances("", key)
		default:
			w.value(key, key)
		}
	})
	return w.found
}

// walker walks through a document.
type walker struct {
	r     *jsonread.Reader
	found landmarks
}

// value passes a value, which stands at a key or is an element. of is the object that its own keys belong to.
func (w *walker) value(at, of config.Text) {
	switch w.r.Kind() {
	case '{':
		w.r.Object(at, func(key config.Text) {
			if key.Value == allowKey {
				w.allowances(w.r.Path(of), key)
				return
			}
			w.value(key, key)
		})
	case '[':
		w.r.Array(at, func(element config.Text) { w.value(element, element) })
	default:
		w.r.Skip(at)
	}
}

// allowances reads the value of x-gwr-allow, which an object has that path leads to.
func (w *walker) allowances(path string, key config.Text) {
	if w.r.Kind() != '{' {
		w.found.members = append(w.found.members, allowance{key: key, allows: allows{path: path}, malformed: true})
		w.r.Skip(key)
		return
	}
	w.r.Object(key, func(name config.Text) {
		a := allowance{key: name, allows: allows{path: path}}
		if w.r.Kind() == '"' {
			reason, _ := w.r.Text(name)
			a.reason = reason.Value
		} else {
			w.r.Skip(name)
		}
		w.found.members = append(w.found.members, a)
	})
}

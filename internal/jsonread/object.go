// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"slices"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// Object reads an object and calls read for each of its keys, to read the value. at is the object's own key. A key that
// stands there twice is reported, and its second value skipped.
func (r *Reader) Object(at Text, read func(key Text)) {
	if !r.open(at, '{', "an object") {
		return
	}
	keys := keySet{first: len(r.keys)}
	for r.Kind() == '"' {
		r.member(at, &keys, read)
		if r.broken {
			return
		}
	}
	r.keys = r.keys[:keys.first]
	r.bracket(at)
}

// member reads one key and its value. keys are those of the object so far.
func (r *Reader) member(at Text, keys *keySet, read func(key Text)) {
	name, ok := r.Literal(at)
	if !ok {
		return
	}
	key := Text{Value: r.intern(name), Offset: name.Offset}
	if !r.add(keys, key.Value) {
		r.Report(code.DuplicateKey, Error, key.Offset, "duplicate key "+quote.Text(key.Value)+"; keep one of them")
		r.Skip(key)
		return
	}
	read(key)
}

// keySet are the keys of an object that is being read: a part of Reader.keys, so that objects with few keys need no memory of
// their own.
type keySet struct {
	// first is where the part begins.
	first int
	// many has all of them, nil while there are few.
	many map[string]bool
}

// fewKeys is up to how many keys are compared one by one.
const fewKeys = 16

// add adds a key to those of the object at hand, and reports whether it is new.
func (r *Reader) add(keys *keySet, key string) bool {
	own := r.keys[keys.first:]
	if keys.many == nil && len(own) == fewKeys {
		keys.many = make(map[string]bool, 2*fewKeys)
		for _, other := range own {
			keys.many[other] = true
		}
	}
	if keys.many != nil {
		known := keys.many[key]
		keys.many[key] = true
		return !known
	}
	if slices.Contains(own, key) {
		return false
	}
	r.keys = append(r.keys, key)
	return true
}

// intern is the key that a literal stands for. Documents have few keys, and thousands of each.
func (r *Reader) intern(l Literal) string {
	if known, ok := r.interned[string(l.raw)]; ok {
		return known
	}
	key := l.Unquoted()
	if len(r.interned) < maxInterned {
		r.interned[string(l.raw)] = key
	}
	return key
}

// maxInterned is how many keys are kept to be used again.
const maxInterned = 256

// open passes the bracket that begins an object or array, or takes what stands in its place and reports it.
func (r *Reader) open(at Text, bracket byte, want string) bool {
	if r.Kind() == bracket {
		return r.bracket(at)
	}
	if found, ok := r.Literal(at); ok {
		r.WrongType(at, found, want)
	}
	return false
}

// bracket passes the bracket that begins or ends an object or array, or reports what stands in its place.
func (r *Reader) bracket(at Text) bool {
	_, err := r.json.ReadToken()
	if err != nil {
		r.syntaxError(at, err)
	}
	return err == nil
}

// UnknownKey reports a key that is none of names, and passes over its value.
func (r *Reader) UnknownKey(key Text, names []string) {
	r.Report(code.UnknownKey, Error, key.Offset, r.UnknownKeyMessage(key.Value, names))
	r.Skip(key)
}

// UnknownKeyMessage is the message about a key that is none of names.
func (r *Reader) UnknownKeyMessage(key string, names []string) string {
	if r.Full() {
		return ""
	}
	message := "unknown key " + quote.Text(key)
	if meant, ok := r.Meant(key, names); ok {
		return message + "; did you mean " + quote.Text(meant) + "?"
	}
	return message + "; use " + Listed(names)
}

// Extent is the text of the object that comes next, as its brackets have it: whether it is JSON shows when it is read. It is nil
// when something else comes, or when the object does not end.
func (r *Reader) Extent() []byte {
	if r.Kind() != '{' {
		return nil
	}
	rest := r.text[r.Ahead():]
	depth, inString := 0, false
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '"':
			inString = !inString
		case inString && c == '\\':
			i++
		case inString:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth--; depth == 0 {
				return rest[:i+1]
			}
		}
	}
	return nil
}

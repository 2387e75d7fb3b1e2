// SPDX-License-Identifier: Apache-2.0

package jsonread

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// Object reads an object and calls read for each of its keys, to read the value. at is the object's own key. A key that
// stands there twice is reported, and its second value skipped.
func (r *Reader) Object(at Text, read func(key Text)) {
	if !r.open(at, '{', "an object") {
		return
	}
	seen := map[string]bool{}
	for r.Kind() == '"' {
		r.member(at, seen, read)
		if r.broken {
			return
		}
	}
	r.bracket(at)
}

// member reads one key and its value. seen holds the keys of the object so far.
func (r *Reader) member(at Text, seen map[string]bool, read func(key Text)) {
	name, ok := r.Literal(at.Path)
	if !ok {
		return
	}
	key := Text{Value: name.Unquoted(), Offset: name.Offset}
	key.Path = join(at.Path, key.Value)
	if seen[key.Value] {
		r.Report(Error, key.Path, key.Offset, "duplicate key "+quote.Text(key.Value)+"; keep one of them")
		r.Skip(key.Path)
		return
	}
	seen[key.Value] = true
	read(key)
}

// open passes the bracket that begins an object or array, or takes what stands in its place and reports it.
func (r *Reader) open(at Text, bracket byte, want string) bool {
	if r.Kind() == bracket {
		return r.bracket(at)
	}
	if found, ok := r.Literal(at.Path); ok {
		r.WrongType(at.Path, found, want)
	}
	return false
}

// bracket passes the bracket that begins or ends an object or array, or reports what stands in its place.
func (r *Reader) bracket(at Text) bool {
	_, err := r.json.ReadToken()
	if err != nil {
		r.syntaxError(at.Path, err)
	}
	return err == nil
}

// UnknownKey reports a key that is none of names, and passes over its value.
func (r *Reader) UnknownKey(key Text, names []string) {
	r.Report(Error, key.Path, key.Offset, r.UnknownKeyMessage(key.Value, names))
	r.Skip(key.Path)
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

// maxPathKey is up to how many bytes a key stands in paths without brackets. Of a longer one there is the beginning only:
// the paths of all that is below it hold it, too.
const maxPathKey = 64

// join extends a path by a key: .key when it is made of letters, digits and "_", else ["key"].
func join(path, key string) string {
	if key == "" || len(key) > maxPathKey || strings.ContainsFunc(key, func(c rune) bool { return !IsWord(c) }) {
		return path + "[" + quote.Text(key) + "]"
	}
	if path == "" {
		return key
	}
	return path + "." + key
}

// IsWord reports whether c is an ASCII letter, a digit or "_".
func IsWord(c rune) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_'
}

// SPDX-License-Identifier: Apache-2.0

package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
)

// FuzzRenderJSON: a template that is JSON with a plain value is JSON with any, has the same shape and, where the
// template fixes them, the same names.
func FuzzRenderJSON(f *testing.F) {
	for _, text := range []string{
		`{"message":$context.error.messageString}`,
		`{"a":"$context.path","b":$context.path,"c":[$context.status,"$context.status"]}`,
		`{"a":"\\$context.path\"$context.path"}`,
		`{"$context.path":1,"b":2}`,
		`{$context.path:{"a":$context.status}}`,
		`"${context.path|json}${context.path|html}${context.path|url}"`,
		`{"a":"\u00$context.status"}`,
		`[1$context.status]`,
	} {
		for _, value := range hostileValues {
			f.Add(text, value, true)
		}
		f.Add(text, "", false)
	}
	f.Fuzz(func(t *testing.T, text, value string, ok bool) {
		if len(text)+len(value) > maxFuzz {
			return
		}
		parsed, _ := Parse(text, Options{MediaType: "application/json", Unsafe: Empty, Resolve: resolve, Owners: ownersValues})
		if parsed == nil {
			return
		}
		want, err := shape(fillAll(parsed, "x", true))
		if err != nil {
			return
		}
		rendered := fillAll(parsed, value, ok)
		checkOrigin(t, parsed, text, value, ok)
		got, err := shape(rendered)
		if err != nil {
			t.Fatalf("%q with %q is not JSON: %v\n%s", text, value, err, rendered)
		}
		if other, _ := shape(fillAll(parsed, "y", true)); other == want && got != want {
			t.Errorf("%q with %q has the shape %s, want %s\n%s", text, value, got, want, rendered)
		}
	})
}

// checkOrigin holds that each byte of the text before a variable comes from the byte of the template that says so, and each byte
// of a value from where its variable begins.
func checkOrigin(t *testing.T, parsed *Template, text, value string, ok bool) {
	t.Helper()
	fill := func(int) (string, bool) { return value, ok }
	rendered, _ := parsed.Render(nil, NoLimit, fill)
	last := 0
	for at := range len(rendered) + 1 {
		origin := parsed.Origin(at, fill)
		if origin < last || origin > len(text) {
			t.Fatalf("byte %d of %q comes from byte %d of %q, and the one before from %d", at, rendered, origin, text, last)
		}
		last = origin
		if at < len(rendered) && text[origin] != '$' && text[origin] != rendered[at] {
			t.Fatalf("byte %d of %q comes from byte %d of %q", at, rendered, origin, text)
		}
	}
	if last != len(text) {
		t.Errorf("the end of %q comes from byte %d of %q", rendered, last, text)
	}
}

// shape lists the tokens of a JSON text: names as they are, all other scalars as "?".
func shape(text []byte) (string, error) {
	if !json.Valid(text) {
		return "", errors.New("not valid")
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var b strings.Builder
	for nesting := []byte{}; ; {
		inObject := len(nesting) > 0 && nesting[len(nesting)-1] != '['
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		} else if err != nil {
			return "", err
		}
		switch delim, isDelim := token.(json.Delim); {
		case isDelim && (delim == '{' || delim == '['):
			nesting = append(value(nesting), byte(delim))
			b.WriteRune(rune(delim))
		case isDelim:
			nesting = nesting[:len(nesting)-1]
			b.WriteRune(rune(delim))
		case inObject && nesting[len(nesting)-1] == '{':
			nesting[len(nesting)-1] = ':'
			b.WriteString(token.(string) + ":")
		default:
			value(nesting)
			b.WriteByte('?')
		}
	}
}

// value notes in the nesting that a member has its value: ':' becomes '{' again.
func value(nesting []byte) []byte {
	if last := len(nesting) - 1; last >= 0 && nesting[last] == ':' {
		nesting[last] = '{'
	}
	return nesting
}

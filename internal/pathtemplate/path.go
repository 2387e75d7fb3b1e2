// SPDX-License-Identifier: Apache-2.0

package pathtemplate

import (
	"strings"

	"gatewayresponses/internal/chars"
)

// Path is the path of a request, percent-decoded by segment. The zero Path is none: no template takes it.
type Path struct {
	// text is "" or begins with a slash; every slash in it stands between segments.
	text string
}

// PathOf is the path in a request target, ":path" in Envoy's words. A target such as "*" has none.
func PathOf(target string) Path {
	if !strings.HasPrefix(target, "/") {
		return Path{}
	}
	path, _, _ := strings.Cut(target, "?")
	return Path{decode(path)}
}

// PrefixOf is the path that text means as a prefix: a slash at the end says nothing.
func PrefixOf(text string) Path { return Path{strings.TrimSuffix(decode(text), "/")} }

// String is the decoded path.
func (p Path) String() string { return p.text }

// HasPrefix reports whether the path is prefix, or lies below it: /v0 is a prefix of /v0/a and not of /v01.
func (p Path) HasPrefix(prefix Path) bool {
	_, ok := p.Below(prefix)
	return ok
}

// Below is what is left of the path behind prefix, if it has that: of /v0/a behind /v0 it is /a, of /v0 and of /v0/ it is /.
func (p Path) Below(prefix Path) (Path, bool) {
	below, ok := strings.CutPrefix(p.text, prefix.text)
	switch {
	case !ok || p.text == "":
		return Path{}, false
	case below == "":
		return Path{"/"}, true
	default:
		return Path{below}, below[0] == '/'
	}
}

// Prefixes hands out every prefix of at most n segments and at most size bytes, the path itself included, the shortest
// first: of /a/b the empty one, /a and /a/b. It stops when yield returns false.
func (p Path) Prefixes(n, size int) func(yield func(string) bool) {
	// A segment that is longer than that need not be looked through.
	limit := min(size+1, len(p.text))
	return func(yield func(string) bool) {
		end := 0
		for end <= size && yield(p.text[:end]) && n > 0 && end < limit {
			n--
			end = segmentEnd(p.text, end, limit)
		}
	}
}

// Depth is the number of segments.
func (p Path) Depth() int { return strings.Count(p.text, "/") }

// segmentEnd is where the segment of text ends whose slash stands at byte i, limit when it is not over before that.
func segmentEnd(text string, i, limit int) int {
	length := strings.IndexByte(text[i+1:limit], '/')
	if length < 0 {
		return limit
	}
	return i + 1 + length
}

// join makes a path of decoded segments.
func join(segments []string) Path {
	var b strings.Builder
	for _, s := range segments {
		b.WriteByte('/')
		b.WriteString(s)
	}
	return Path{b.String()}
}

// decode percent-decodes text, but for slashes.
func decode(text string) string {
	if strings.IndexByte(text, '%') < 0 {
		return text
	}
	return string(chars.AppendUnescaped(make([]byte, 0, len(text)), text, '/'))
}

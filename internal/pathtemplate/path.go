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

// HasPrefix tells whether the path is prefix, or lies below it: /v0 is a prefix of /v0/a and not of /v01.
func (p Path) HasPrefix(prefix Path) bool {
	behind, ok := strings.CutPrefix(p.text, prefix.text)
	return ok && p.text != "" && (behind == "" || behind[0] == '/')
}

// Prefixes hands out every prefix of at most n segments, the path itself included, the shortest first: of /a/b the empty
// one, /a and /a/b. It stops when yield returns false.
func (p Path) Prefixes(n int) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		end := 0
		for yield(p.text[:end]) && n > 0 && end < len(p.text) {
			n--
			next := strings.IndexByte(p.text[end+1:], '/')
			if next < 0 {
				end = len(p.text)
			} else {
				end += 1 + next
			}
		}
	}
}

// Depth is the number of segments.
func (p Path) Depth() int { return strings.Count(p.text, "/") }

// cut takes the first segment off a path that has one.
func (p Path) cut() (first string, rest Path) {
	end := strings.IndexByte(p.text[1:], '/')
	if end < 0 {
		return p.text[1:], Path{}
	}
	return p.text[1 : 1+end], Path{p.text[1+end:]}
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

// encodedSlash is what stays of a slash that was percent-encoded, in the spelling of RFC 3986 section 6.2.2.1.
const encodedSlash = "%2F"

// decode percent-decodes text, but for slashes.
func decode(text string) string {
	at := strings.IndexByte(text, '%')
	if at < 0 {
		return text
	}
	decoded := append(make([]byte, 0, len(text)), text[:at]...)
	for ; at < len(text); at++ {
		b, escaped := chars.PercentEscape(text[at:])
		switch {
		case !escaped:
			decoded = append(decoded, text[at])
			continue
		case b == '/':
			decoded = append(decoded, encodedSlash...)
		default:
			decoded = append(decoded, b)
		}
		at += len("%XX") - 1
	}
	return string(decoded)
}

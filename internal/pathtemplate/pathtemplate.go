// SPDX-License-Identifier: Apache-2.0

// Package pathtemplate matches the path of a request against a template such as /pets/{petId}, and takes values from it.
//
// The grammar of a template, in the notation of RFC 5234:
//
//	template  = 1*100( "/" segment )           ; a {name+} only in the last one
//	segment   = literal / "{" name "}" / "{" name "+}"
//	literal   = *( any byte but "/" "?" "#" "{" "}" and control characters )
//	name      = 1*( ALPHA / DIGIT / "_" / "-" / "." )   ; each name once
//
// {name} takes one segment that is not empty. {name+} takes all that is left, at least one byte. A literal takes a
// segment that is equal to it. Upper and lower case differ, and so do /pets and /pets/.
//
// The path is the request's without query. It is cut at its slashes first, and each segment is percent-decoded then, so
// that an encoded slash never makes a segment: it stays, as %2F. A "%" without two hexadecimal digits behind it stays as
// well. Literals are decoded in the same way, so /a%20b and "/a b" are one template.
//
//	/pets/{petId}    takes /pets/7 and /pets/a%2Fb?x=1 (petId is "a%2Fb"), not /pets/ and not /pets/7/toys
//	/files/{path+}   takes /files/a/b%20c (path is "a/b c"), not /files/
package pathtemplate

import "strings"

// Template is a parsed template. It is immutable.
type Template struct {
	text     string
	segments []segment
}

// segment is one segment of a template.
type segment struct {
	// name is the parameter that the segment gives a value to, "" for a literal.
	name string
	// rest reports whether it is a {name+}.
	rest bool
	// literal is percent-decoded.
	literal string
}

// String is the template as written.
func (t *Template) String() string { return t.text }

// Shape is the same for two templates that differ in the names of their parameters alone, and so take the same paths.
func (t *Template) Shape() string {
	var b strings.Builder
	for _, s := range t.segments {
		switch {
		case s.rest:
			b.WriteString("/{+}")
		case s.name != "":
			b.WriteString("/{}")
		default:
			// The mark keeps a literal "{}" apart, which can be written in percent-encoding.
			b.WriteString("/=" + s.literal)
		}
	}
	return b.String()
}

// Literal is the run of literals that the template begins with: every path that it takes has them as a Prefix.
func (t *Template) Literal() Path {
	var literals []string
	for _, s := range t.segments {
		if s.name != "" {
			break
		}
		literals = append(literals, s.literal)
	}
	return join(literals)
}

// Depth is the number of segments.
func (t *Template) Depth() int { return len(t.segments) }

// Match reports whether the template takes the whole path, which is cut at least as far as the template looks.
func (t *Template) Match(path Segments) bool {
	for i, s := range t.segments {
		switch {
		case !path.has(i):
			return false
		case s.rest:
			return path.from(i) != ""
		case s.name == "" && path.at(i) != s.literal, s.name != "" && path.at(i) == "":
			return false
		}
	}
	return path.isLast(len(t.segments) - 1)
}

// Values are the parameters of a path that Match takes, name to value; nil for a template without parameters.
func (t *Template) Values(path Segments) map[string]string {
	var values map[string]string
	for i, s := range t.segments {
		if s.name == "" {
			continue
		}
		if values == nil {
			values = map[string]string{}
		}
		if s.rest {
			values[s.name] = path.from(i)
		} else {
			values[s.name] = path.at(i)
		}
	}
	return values
}

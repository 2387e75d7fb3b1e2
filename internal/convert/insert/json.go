// SPDX-License-Identifier: Apache-2.0

package insert

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// json makes the edits in a JSON text.
func (s *setter) json() []edit {
	own := s.root.Member(s.key)
	if own == nil {
		return []edit{s.add(s.root, object.Object{{Name: s.key, Value: s.value}})}
	}
	from := s.file.Offset(own.Value.Place)
	c, ok := s.changes(own.Value)
	if !ok {
		return []edit{{from, s.end(from), s.written(s.value, s.indentation(own.Place))}}
	}
	var edits []edit
	for i, m := range own.Value.Members {
		if value, differs := c.changed[m.Key]; differs {
			from := s.file.Offset(m.Value.Place)
			edits = append(edits, edit{from, s.end(from), s.written(value, s.indentation(m.Place))})
		}
		if m.Key == c.removed {
			edits = append(edits, s.cut(own.Value.Members, i))
		}
	}
	if len(c.added) > 0 {
		edits = append(edits, s.add(own.Value, c.added))
	}
	return edits
}

// cut removes a member of several, with the comma that stands in front of it or, at the first one, behind it.
func (s *setter) cut(members []tree.Member, i int) edit {
	if i == 0 {
		return edit{s.file.Offset(members[0].Place), s.file.Offset(members[1].Place), ""}
	}
	return edit{s.end(s.file.Offset(members[i-1].Value.Place)), s.end(s.file.Offset(members[i].Value.Place)), ""}
}

// add puts members behind those of an object, on lines of their own where these are.
func (s *setter) add(n *tree.Node, members object.Object) edit {
	at := s.file.Offset(n.Place) + 1
	comma, indent := "", s.unit()
	if outer := s.indentation(n.Place); outer != nil {
		indent = *outer + indent
	}
	lines := true
	if len(n.Members) > 0 {
		last := n.Members[len(n.Members)-1]
		at, comma = s.end(s.file.Offset(last.Value.Place)), ","
		if own := s.indentation(last.Place); own != nil {
			indent = *own
		} else {
			lines = false
		}
	}
	var b strings.Builder
	for _, m := range members {
		b.WriteString(comma)
		comma = ","
		if lines {
			b.WriteString(s.newline + indent + string(object.Line(m.Name)) + ": " + s.written(m.Value, &indent))
			continue
		}
		b.WriteString(" " + string(object.Line(m.Name)) + ": " + s.written(m.Value, nil))
	}
	if len(n.Members) == 0 {
		b.WriteString(s.newline + strings.TrimSuffix(indent, s.unit()))
	}
	return edit{at, at, b.String()}
}

// written is a value as text: on lines behind an indentation, or on one line without one.
func (s *setter) written(value any, indent *string) string {
	if indent == nil {
		return string(object.Line(value))
	}
	return strings.ReplaceAll(string(object.Indent(value, *indent, s.unit())), "\n", s.newline)
}

// indentation is the white space that the line of a place begins with, nil when something else stands in front of the place.
func (s *setter) indentation(p tree.Place) *string {
	at := s.file.Offset(p)
	before := s.text[strings.LastIndexByte(s.text[:at], '\n')+1 : at]
	if strings.Trim(before, " \t") != "" {
		return nil
	}
	return &before
}

// unit is the indentation of a level, as that of the root's first member.
func (s *setter) unit() string {
	if len(s.root.Members) > 0 {
		if first := s.indentation(s.root.Members[0].Place); first != nil && *first != "" {
			return *first
		}
	}
	return "  "
}

// end is the byte behind the value at a byte.
func (s *setter) end(from int) int {
	decoder := jsontext.NewDecoder(strings.NewReader(s.text[from:]), jsontext.AllowDuplicateNames(true))
	if err := decoder.SkipValue(); err != nil {
		return from // it was read before, so there is one
	}
	return from + int(decoder.InputOffset())
}

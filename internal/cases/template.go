// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// templatePrefix begins the name of a file that holds a template: "template: THROTTLED text/html".
const templatePrefix = "template: "

// addTemplate puts the template of a file into the document: a member of the responseTemplates of an entry. Objects that are
// not there are made.
func (c *Case) addTemplate(name, text string) error {
	entry, media, ok := strings.Cut(strings.TrimPrefix(name, templatePrefix), " ")
	if !ok {
		return fmt.Errorf(`want the name of an entry and a media type, e.g. "template: THROTTLED text/html"`)
	}
	quoted, err := jsontext.AppendQuote(nil, strings.TrimSuffix(text, "\n"))
	if err != nil {
		return err
	}
	c.Document, err = insert(c.Document, []string{"gatewayResponses", entry, "responseTemplates", media}, quoted)
	return err
}

// insert adds a member at the end of the objects that path names.
func insert(document []byte, path []string, value []byte) ([]byte, error) {
	at, depth, empty, err := innermost(document, path)
	if err != nil {
		return nil, err
	}
	var member []byte
	if !empty {
		member = append(member, ", "...)
	}
	for i, name := range path[depth:] {
		if i > 0 {
			member = append(member, '{')
		}
		if member, err = jsontext.AppendQuote(member, name); err != nil {
			return nil, err
		}
		member = append(member, ": "...)
	}
	member = append(member, value...)
	member = append(member, bytes.Repeat([]byte{'}'}, len(path)-depth-1)...)
	return slices.Insert(document, at, member...), nil
}

// innermost finds the object that is as far along path as the document goes: where its last member ends, how many names lead
// to it, and whether it has no members.
func innermost(document []byte, path []string) (end, depth int, empty bool, err error) {
	decoder := jsontext.NewDecoder(bytes.NewReader(document))
	for depth, name := range path {
		opening, err := decoder.ReadToken()
		if err != nil {
			return 0, 0, false, err
		}
		if opening.Kind() != '{' {
			return 0, 0, false, fmt.Errorf("what the document has at %q is not an object", path[:depth])
		}
		begin := int(decoder.InputOffset())
		end, found, err := findMember(decoder, name)
		if err != nil || !found {
			return end, depth, end == begin, err
		}
	}
	return 0, 0, false, fmt.Errorf("the document has a template of its own at %q", path)
}

// findMember reads on to the value of the member called name, or to the end of the object; end is where the member before it
// ends.
func findMember(decoder *jsontext.Decoder, name string) (end int, found bool, err error) {
	for {
		end = int(decoder.InputOffset())
		if decoder.PeekKind() == '}' {
			return end, false, nil
		}
		key, err := decoder.ReadToken()
		if err != nil {
			return 0, false, err
		}
		if key.String() == name {
			return end, true, nil
		}
		if err := decoder.SkipValue(); err != nil {
			return 0, false, err
		}
	}
}

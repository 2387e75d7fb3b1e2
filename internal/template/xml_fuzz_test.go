// SPDX-License-Identifier: Apache-2.0

package template

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzRenderXML: a template that is well-formed with a plain value is so with any, and has the same elements,
// attributes, comments and instructions.
func FuzzRenderXML(f *testing.F) {
	for _, text := range []string{
		`<m>$context.path</m>`, `<m a="$context.path" b='$context.error.messageString'/>`, `<?xml version="1.0"?><!-- a --><m><![CDATA[<]]>$context.path</m>`,
		`<m xmlns:a="urn:a" a:b="${context.path|url}">&amp;$context.status</m>`,
	} {
		for _, value := range hostileValues {
			f.Add(text, value)
		}
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		if len(text)+len(value) > maxFuzz {
			return
		}
		parsed, _ := Parse(text, Options{MediaType: "application/xml", Unsafe: Empty, Resolve: resolve, Owners: ownersValues})
		if parsed == nil {
			return
		}
		want, err := nodes(fillAll(parsed, "x", true))
		if err != nil {
			return
		}
		rendered := fillAll(parsed, value, true)
		got, err := nodes(rendered)
		if err != nil {
			t.Fatalf("%q with %q is not well-formed: %v\n%s", text, value, err, rendered)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q with %q: nodes mismatch (-want +got):\n%s\n%s", text, value, diff, rendered)
		}
	})
}

// nodes lists all that an XML text consists of but for its character data and the values of attributes.
func nodes(text []byte) ([]string, error) {
	var all []string
	for decoder := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.CharData:
		case xml.StartElement:
			for i := range token.Attr {
				token.Attr[i].Value = ""
			}
			all = append(all, fmt.Sprint(token))
		default:
			all = append(all, fmt.Sprintf("%T %s", token, token))
		}
	}
}

// FuzzMarkupValue: what a parser reads in XML is the value, but for what XML cannot hold.
func FuzzMarkupValue(f *testing.F) {
	for _, value := range hostileValues {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		var got struct {
			Attribute string `xml:"a,attr"`
			Text      string `xml:",chardata"`
		}
		escaped := string(appendMarkup(nil, value))
		if err := xml.Unmarshal([]byte(`<m a="`+escaped+`">`+escaped+`</m>`), &got); err != nil {
			t.Fatalf("appendMarkup(%q) = %q: %v", value, escaped, err)
		}
		want := strings.Map(func(r rune) rune {
			if isXMLChar(r) {
				return r
			}
			return '\ufffd'
		}, value)
		if got.Text != want || got.Attribute != want {
			t.Errorf("appendMarkup(%q) = %q, which reads as text %q and attribute %q", value, escaped, got.Text, got.Attribute)
		}
	})
}

// FuzzRenderForm: what a server reads of a form is the value.
func FuzzRenderForm(f *testing.F) {
	for _, value := range hostileValues {
		f.Add(value)
	}
	f.Fuzz(func(t *testing.T, value string) {
		parsed := parse(t, "a=$context.path&b=x$context.path", "application/x-www-form-urlencoded", Refuse)
		rendered := string(fillAll(parsed, value, true))
		got, err := url.ParseQuery(rendered)
		if err != nil {
			t.Fatalf("form with %q: %v\n%s", value, err, rendered)
		}
		want := url.Values{"a": {value}, "b": {"x" + value}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("form with %q mismatch (-want +got):\n%s", value, diff)
		}
	})
}

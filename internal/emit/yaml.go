// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Render fills a file of templates, whose functions are:
//
//	quote TEXT      TEXT in double quotes
//	indent N TEXT   the lines of TEXT, N spaces to the right, without a line end behind the last
//	document TEXT   JSON on several lines, safe in a block of YAML
func Render(templates fs.FS, name string, data any) ([]byte, error) {
	parsed, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"quote": Quote, "indent": indent, "document": Document,
	}).ParseFS(templates, name)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := parsed.Execute(&text, data); err != nil {
		return nil, err
	}
	return text.Bytes(), nil
}

// Quote writes text as a scalar in double quotes, which YAML and JSON read alike.
func Quote(text string) string {
	var quoted bytes.Buffer
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic(err) // a string always has a form in JSON
	}
	return escape(strings.TrimSuffix(quoted.String(), "\n"))
}

// Indent moves the lines of text to the right. Empty lines stay empty.
func Indent(spaces int, text string) string {
	margin := strings.Repeat(" ", spaces)
	var moved strings.Builder
	for line := range strings.Lines(text) {
		if line != "\n" {
			moved.WriteString(margin)
		}
		moved.WriteString(line)
	}
	return moved.String()
}

// indent is Indent for templates, whose own line ends stand behind what they insert.
func indent(spaces int, text string) string {
	return Indent(spaces, strings.TrimRight(text, "\n"))
}

// Document writes a document on several lines, without a line end behind the last. Members keep their order. The text is as good
// in a block of YAML as it is as YAML of its own: what YAML does not print or reads otherwise than JSON is written so that both agree.
func Document(text []byte) (string, error) {
	pretty := jsontext.Value(bytes.Clone(text))
	if err := pretty.Format(jsontext.Multiline(true), jsontext.WithIndent("  ")); err != nil {
		return "", fmt.Errorf("the document is not JSON: %w", err)
	}
	return escape(string(pretty)), nil
}

// escape writes characters that YAML does not print, or takes for line ends, as JSON escapes them. They only stand in strings:
// elsewhere JSON has none.
func escape(text string) string {
	if strings.IndexFunc(text, isUnprintable) < 0 {
		return text
	}
	var escaped strings.Builder
	for _, r := range text {
		if isUnprintable(r) {
			fmt.Fprintf(&escaped, `\u%04x`, r)
		} else {
			escaped.WriteRune(r)
		}
	}
	return escaped.String()
}

// isUnprintable reports whether YAML 1.1 or 1.2 does not print a character as it is, or takes it for a line end. All are below
// U+10000.
func isUnprintable(r rune) bool {
	switch {
	case r == utf8.RuneError, r == '\n', r == '\t':
		return r == utf8.RuneError
	case r < ' ', r >= 0x7F && r <= 0xA0, r == 0x2028, r == 0x2029, r == 0xFEFF:
		return true
	default:
		return r >= 0xD800 && r <= 0xDFFF || r == 0xFFFE || r == 0xFFFF
	}
}

// SPDX-License-Identifier: Apache-2.0

package emit

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
	"text/template"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/internal/jsonwrite"
)

// Render fills a file of templates, whose functions are:
//
//	quote TEXT      TEXT in double quotes
//	indent N TEXT   the lines of TEXT, N spaces to the right, without a line end behind the last
//	document TEXT   JSON on several lines, safe in a block of YAML
func Render(templates fs.FS, name string, data any) ([]byte, error) {
	parsed, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"quote": jsonwrite.String, "indent": indent, "document": Document,
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
	return jsonwrite.ForYAML(string(pretty)), nil
}

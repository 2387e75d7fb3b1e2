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

// Files fills files of the folder templates, each into the file of its name.
func Files(templates fs.FS, data any, names ...string) ([]File, error) {
	var files []File
	for _, name := range names {
		text, err := Render(templates, name, data)
		if err != nil {
			return nil, err
		}
		files = append(files, File{Name: name, Text: []byte(text)})
	}
	return files, nil
}

// Render fills a file of the folder templates. The functions there are:
//
//	quote TEXT      TEXT in double quotes
//	indent N TEXT   the lines of TEXT, N spaces to the right, without a line end behind the last
//	document TEXT   JSON on several lines, safe in a block of YAML
func Render(templates fs.FS, name string, data any) (string, error) {
	parsed, err := template.New(name).Option("missingkey=error").Funcs(template.FuncMap{
		"quote": jsonwrite.String, "indent": indent, "document": Document,
	}).ParseFS(templates, "templates/"+name)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	if err := parsed.Execute(&text, data); err != nil {
		return "", err
	}
	return text.String(), nil
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

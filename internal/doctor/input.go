// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

const (
	// MaxSize is how large a JSON text may be, in bytes: 256 MiB. A gateway with ten thousand routes dumps about a tenth.
	MaxSize = 256 << 20
	// maxDepth is how deep JSON may nest. Envoy's own messages nest a hundred deep, each of them two levels of JSON.
	maxDepth = 1000
	// maxYAML is how large a text of YAML may be, in bytes: 64 MiB.
	maxYAML = 64 << 20
	// maxManifests is how many YAML documents a text may have.
	maxManifests = 2000
)

// parse reads a text into its values: one of a JSON text, one of each YAML document. Each is an object or an array.
func parse(name string, text []byte) ([]node, finding.List, error) {
	if isJSON(name, text) {
		n, err := parseJSON(name, text)
		if err != nil {
			return nil, nil, err
		}
		return []node{n}, nil, nil
	}
	return parseYAML(name, text)
}

// isJSON reports whether a text is read as JSON.
func isJSON(name string, text []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return false
	}
	text = bytes.TrimLeft(text, " \t\r\n")
	return len(text) > 0 && (text[0] == '{' || text[0] == '[')
}

// parseJSON reads a JSON text, which isJSON has seen to be an object or an array.
func parseJSON(name string, text []byte) (node, error) {
	switch {
	case len(text) > MaxSize:
		return node{}, fmt.Errorf("%s has more than %d MiB", name, MaxSize>>20)
	case tooDeep(text):
		return node{}, fmt.Errorf("%s nests deeper than %d levels; Envoy writes nothing like that", name, maxDepth)
	case !gjson.ValidBytes(text):
		return node{}, fmt.Errorf("%s is not JSON", name)
	case !utf8.Valid(text):
		return node{}, fmt.Errorf("%s is not UTF-8", name)
	}
	return newNode(&file{name: name, text: string(text)}), nil
}

// tooDeep reports whether brackets nest deeper than maxDepth. What reads JSON recurses, so it must not see such a text.
func tooDeep(text []byte) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			if depth++; depth > maxDepth {
				return true
			}
		case c == '}' || c == ']':
			depth--
		}
	}
	return false
}

// parseYAML reads YAML documents, each behind a line "---".
func parseYAML(name string, text []byte) ([]node, finding.List, error) {
	if len(text) > maxYAML {
		return nil, nil, fmt.Errorf("%s has more than %d MiB of YAML; give it as JSON", name, maxYAML>>20)
	}
	parts := manifests(text)
	if len(parts) > maxManifests {
		return nil, nil, fmt.Errorf("%s has more than %d YAML documents", name, maxManifests)
	}
	var nodes []node
	var found finding.List
	for _, p := range parts {
		if len(p.text) > source.MaxSize {
			return nil, nil, fmt.Errorf("%s has a YAML document of more than %d MiB; give it as JSON", name, source.MaxSize>>20)
		}
		document, wrong := source.Read(yamlName(name), p.text)
		for i := range wrong {
			wrong[i].Line += p.line
		}
		found = append(found, wrong...)
		if document == nil || bytes.Equal(document.Text, []byte("null")) {
			continue
		}
		n := newNode(&file{name: name, text: string(document.Text), document: document, line: p.line})
		if !n.IsObject() && !n.IsArray() {
			return nil, nil, fmt.Errorf("%s: %w", name, errNoObject)
		}
		nodes = append(nodes, n)
	}
	return nodes, found, nil
}

var errNoObject = errors.New("a configuration of Envoy or a manifest is an object, and http_filters a list; this is something else")

// yamlName is a name that package source takes for that of a YAML file.
func yamlName(name string) string { return name + ".yaml" }

// manifest is a YAML document in a text of several.
type manifest struct {
	text []byte
	// line is how many lines stand before it.
	line int
}

// manifests cuts a text at its lines "---". At the beginning of a line these end a document wherever they stand.
func manifests(text []byte) []manifest {
	var parts []manifest
	start, line, at, firstLine := 0, 0, 0, 0
	for l := range bytes.Lines(text) {
		at += len(l)
		line++
		if bytes.HasPrefix(l, []byte("---")) && (len(l) == 3 || strings.IndexByte(" \t\r\n", l[3]) >= 0) {
			parts = append(parts, manifest{text[start : at-len(l)], firstLine})
			start, firstLine = at, line
		}
	}
	return append(parts, manifest{text[start:], firstLine})
}

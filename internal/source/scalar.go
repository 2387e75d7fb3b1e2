// SPDX-License-Identifier: Apache-2.0

package source

import (
	"strings"

	"github.com/go-json-experiment/json/jsontext"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/yamltext"
)

// scalar reads a value that is no mapping and no sequence.
func (r *reader) scalar(n *yaml.Node, v *Value) {
	v.Kind, v.Text = String, n.Value
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		v.style = singleQuoted
	case n.Style&yaml.DoubleQuotedStyle != 0:
		v.style = doubleQuoted
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		v.style, v.from = block, r.file.blockText(v.from)
	case n.Style&yaml.TaggedStyle != 0 && (n.ShortTag() == "!!str" || n.Tag == "!"):
		v.style = plain
	default:
		v.style = plain
		if json := asJSON(n.Value); json != "" {
			v.Kind, v.Text, v.style = Scalar, json, bare
		}
	}
}

// asJSON is a plain scalar as JSON has it, "" when it is a text. Numbers that JSON has not are texts, and so are the yes and no
// of YAML 1.1.
func asJSON(plain string) string {
	switch plain {
	case "", "~", "null", "Null", "NULL":
		return "null"
	case "true", "True", "TRUE":
		return "true"
	case "false", "False", "FALSE":
		return "false"
	}
	if number := jsontext.Value(plain); number.Kind() == '0' && number.IsValid() && strings.TrimSpace(plain) == plain {
		return plain
	}
	return ""
}

// blockText is where the text of a block begins, whose indicator stands at a byte: in the line behind it.
func (f *file) blockText(indicator int) int {
	end := strings.IndexByte(f.text[indicator:], '\n')
	if end < 0 {
		return len(f.text)
	}
	start := indicator + end + 1
	return start + yamltext.Indentation(f.text[start:])
}

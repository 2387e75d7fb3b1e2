// SPDX-License-Identifier: Apache-2.0

package source

import (
	"errors"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/lines"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/yamltext"
)

// maxMerged is how many members merge keys may bring, all together: few aliases can name many.
const maxMerged = 1 << 20

// maxFindings is how many findings of a file are told.
const maxFindings = 1000

// readYAML reads YAML. A text without a value is null.
func readYAML(f *file) (*Value, finding.List) {
	if at, message := unreadable(f.text); message != "" {
		return nil, finding.List{f.finding(code.NotYAML, at, message)}
	}
	body, found := parseYAML(f)
	if found.HasErrors() {
		return nil, found
	}
	if body == nil {
		return &Value{Text: "null", origin: origin{file: f}}, nil
	}
	r := &reader{file: f, values: map[*yaml.Node]*Value{}, open: map[*yaml.Node]bool{}}
	root := r.node(body, 0)
	return root, r.found
}

// unreadable finds what a text must not have: bytes that are not UTF-8, and characters that end a line for some readers and not
// for others.
func unreadable(text string) (at int, message string) {
	if at := lines.NotUTF8(text); at >= 0 {
		return at, notUTF8
	}
	for i, r := range text {
		switch {
		case r == '\r' && !strings.HasPrefix(text[i+1:], "\n"):
			return i, `a carriage return stands here without a line feed; end lines with a line feed, or write "\r" in double quotes`
		case r == '\u0085' || r == '\u2028' || r == '\u2029':
			return i, fmt.Sprintf(`the character U+%04X ends a line for some readers of YAML; write "\u%04[1]x" in double quotes`, r)
		}
	}
	return 0, ""
}

const notUTF8 = "the file is not UTF-8; save it as UTF-8"

// parseYAML parses a text, which has one YAML document at most.
func parseYAML(f *file) (*yaml.Node, finding.List) {
	var body *yaml.Node
	for document, err := range yamltext.Documents(f.text, maxDepth) {
		switch {
		case err != nil:
			return nil, finding.List{f.syntax(err)}
		case len(document.Content) == 0 || isNothing(document.Content[0]):
		case body == nil:
			body = document.Content[0]
		default:
			at := f.nodeOffset(document.Content[0])
			return nil, finding.List{f.finding(code.SecondDocument, at, `there is a second YAML document behind "---"; write one document a file`)}
		}
	}
	return body, nil
}

// isNothing reports whether a node is a value that is not there.
func isNothing(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 && n.Anchor == ""
}

// nodeOffset is the byte where a node begins.
func (f *file) nodeOffset(n *yaml.Node) int {
	return f.RuneOffset(n.Line, n.Column)
}

// syntax is the finding about YAML that cannot be read.
func (f *file) syntax(err error) finding.Finding {
	var e *yamltext.Error
	if !errors.As(err, &e) {
		return f.finding(code.NotYAML, 0, err.Error())
	}
	at := f.RuneOffset(e.Line, e.Column)
	if e.TooDeep {
		return f.finding(code.SourceTooLarge, at, tooDeep)
	}
	if name, ok := strings.CutPrefix(e.Message, "unknown anchor '"); ok {
		name, _, _ = strings.Cut(name, "'")
		return f.finding(code.BadAlias, at, "there is no anchor &"+name+" before the alias *"+name+"; a text that begins with * stands in quotes")
	}
	return f.finding(code.NotYAML, at, e.Error()+hint(e.Error(), f.text[at:]))
}

// hint says what to write where it is likely what was meant.
func hint(message, text string) string {
	switch {
	case strings.Contains(message, "scanning an alias"), strings.Contains(message, "scanning an anchor"):
		return "; a text that begins with * or & stands in quotes"
	case strings.Contains(message, "mapping values are not allowed"):
		return `; a text with ": " in it stands in quotes`
	case strings.Contains(message, "cannot start any token") && strings.HasPrefix(text, "\t"):
		return "; indent with spaces, not with tabs"
	case strings.Contains(message, "cannot start any token"):
		return "; a text that begins with " + text[:min(1, len(text))] + " stands in quotes"
	}
	return ""
}

// reader makes values of the nodes of a file.
type reader struct {
	file *file
	// values are those of nodes with an anchor, open the nodes that are being read.
	values map[*yaml.Node]*Value
	open   map[*yaml.Node]bool
	merged int
	found  finding.List
}

// fail reports what is wrong with a node, unless that is enough already.
func (r *reader) fail(kind code.Code, n *yaml.Node, message string) {
	if len(r.found) == maxFindings {
		return
	}
	r.found = append(r.found, r.file.finding(kind, r.file.nodeOffset(n), message))
}

// node reads one value, which is nil when it is none.
func (r *reader) node(n *yaml.Node, depth int) *Value {
	if depth > maxDepth {
		r.fail(code.SourceTooLarge, n, tooDeep)
		return nil
	}
	switch n.Kind {
	case yaml.AliasNode:
		if r.open[n.Alias] {
			r.fail(code.BadAlias, n, "the alias *"+n.Value+" stands inside of the value that it stands for")
			return nil
		}
		return r.values[n.Alias]
	case yaml.MappingNode, yaml.SequenceNode, yaml.ScalarNode:
	default:
		r.fail(code.NotYAML, n, "this is no value of a document")
		return nil
	}
	v := &Value{origin: origin{file: r.file, from: r.begin(n)}}
	r.open[n] = true
	switch n.Kind {
	case yaml.MappingNode:
		r.mapping(n, v, depth)
	case yaml.SequenceNode:
		v.Kind = Array
		for _, element := range n.Content {
			if e := r.node(element, depth+1); e != nil {
				v.Elements = append(v.Elements, e)
			}
		}
	default:
		r.scalar(n, v)
	}
	delete(r.open, n)
	if n.Anchor != "" {
		r.values[n] = v
	}
	r.checkTag(n)
	return v
}

// checkTag reports a tag for which JSON has no value.
func (r *reader) checkTag(n *yaml.Node) {
	if n.Style&yaml.TaggedStyle == 0 {
		return
	}
	switch tag := n.ShortTag(); tag {
	case "!!str", "!!map", "!!seq", "!!int", "!!float", "!!bool", "!!null", "!":
	default:
		r.fail(code.UnknownTag, n, "the tag "+quote.Text(tag)+" means nothing in a document; leave it out")
	}
}

// begin is the byte where the value of a node begins, behind its anchor and its tag.
func (r *reader) begin(n *yaml.Node) int { return yamltext.Text{Lines: r.file.Lines}.Begin(n) }

// SPDX-License-Identifier: Apache-2.0

package format

import (
	"bytes"
	"errors"
	"slices"

	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/manual"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/yamltext"
)

// refused is the finding about a file that cannot be formatted.
func refused(name, why string) finding.List {
	return finding.List{{
		Code: code.NotFormatted, Severity: finding.Error, Place: finding.Place{File: name},
		Message: "this cannot be formatted: " + why + "; the file stays as it is",
	}}
}

// formatYAML formats a document in YAML.
func formatYAML(name string, text []byte, root *source.Value) ([]byte, finding.List) {
	text = bytes.ReplaceAll(bytes.TrimPrefix(text, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	if root.Kind == source.Scalar {
		return append([]byte{}, text...), nil // it has comments at most
	}
	// An alias must not come to stand in front of its anchor, so where the order of keys brings that about it stays.
	why := ""
	for _, order := range []bool{true, false} {
		formatted, err := settle(string(text), order)
		if err != nil {
			why = err.Error()
			continue
		}
		if why = changed(name, string(text), formatted, root); why == "" {
			return []byte(formatted), nil
		}
	}
	return nil, refused(name, why)
}

// changed says what a form of a text changes that it must not, "" for nothing.
func changed(name, text, formatted string, root *source.Value) string {
	again, found := source.Read(name, []byte(formatted))
	if again == nil {
		return "it would not be YAML any more (" + found[0].Message + ")"
	}
	if !root.Equal(again.Root()) {
		return "it would mean something else"
	}
	if lost := lostComment(text, formatted); lost != "" {
		return "the comment " + lost + " would get lost; move it to a line of its own"
	}
	return ""
}

// settle is a text in its form. The emitter may need a second look at what it wrote: a comment can come to belong to another node.
func settle(text string, order bool) (string, error) {
	for range 4 {
		formatted, err := layout(text, order)
		if err != nil || formatted == text {
			return formatted, err
		}
		text = formatted
	}
	return "", errors.New("each form of it has another one")
}

// layout is a text in its form, with the keys of the format in their order or as they are.
func layout(text string, order bool) (string, error) {
	document, err := parse(text)
	if err != nil {
		return "", err
	}
	if len(document.Content) > 0 && order {
		head := document.Content[0]
		if len(head.Content) > 0 {
			first := head.Content[0]
			orderKeys(head, manual.Root())
			keepFirst(document, first, head.Content[0])
		}
	}
	formatted, err := emit(document)
	if err != nil {
		return "", err
	}
	again, err := parse(formatted)
	if err != nil {
		return "", err
	}
	return restore(text, document, formatted, again), nil
}

// keepFirst keeps a comment that begins the file at its beginning, when the key behind it comes to stand elsewhere.
func keepFirst(document, was, is *yaml.Node) {
	if was != is && document.HeadComment == "" {
		document.HeadComment, was.HeadComment = was.HeadComment, ""
	}
}

// maxDepth is more than how deep a source may nest.
const maxDepth = 1000

func parse(text string) (*yaml.Node, error) {
	only := &yaml.Node{}
	for document, err := range yamltext.Documents(text, maxDepth) {
		switch {
		case err != nil:
			return nil, err
		case only.Kind != 0:
			return nil, errors.New("it has several documents, and a file of gwr has one")
		}
		only = document
	}
	return only, nil
}

// emit writes a tree.
func emit(document *yaml.Node) (string, error) {
	var b bytes.Buffer
	dumper, err := yaml.NewDumper(&b, yaml.WithIndent(2), yaml.WithCompactSeqIndent(false), yaml.WithLineWidth(-1))
	if err == nil {
		err = dumper.Dump(document)
	}
	if err == nil {
		err = dumper.Close()
	}
	return b.String(), err
}

// orderKeys puts the keys of the format in their order.
func orderKeys(n *yaml.Node, at manual.Place) {
	switch n.Kind {
	case yaml.MappingNode:
		type pair struct{ key, value *yaml.Node }
		pairs := make([]pair, 0, len(n.Content)/2)
		for i := 0; i+1 < len(n.Content); i += 2 {
			pairs = append(pairs, pair{n.Content[i], n.Content[i+1]})
			orderKeys(n.Content[i+1], at.Member(n.Content[i].Value))
		}
		if !at.Object() {
			return
		}
		slices.SortStableFunc(pairs, func(a, b pair) int { return rank(at, a.key.Value) - rank(at, b.key.Value) })
		for i, p := range pairs {
			n.Content[2*i], n.Content[2*i+1] = p.key, p.value
		}
	case yaml.SequenceNode:
		for _, element := range n.Content {
			orderKeys(element, at.Element())
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package yamltext

import (
	"errors"
	"io"
	"iter"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Error says where a text cannot be read, and why.
type Error struct {
	// Line and Column are where, from 1, the column in characters. They are 0 where it is not known.
	Line, Column int
	// Message is what the parser says, and Context what it was doing, "" when that is not known.
	Message, Context string
	// TooDeep reports that values are nested too deep, which Message does not say.
	TooDeep bool
}

// Error is why the text cannot be read.
func (e *Error) Error() string {
	if e.Context == "" {
		return "not YAML: " + e.Message
	}
	return "not YAML: " + e.Context + ": " + e.Message
}

// Documents are the documents of a text as the parser has them, each a document node. Values that are nested deeper than maxDepth
// levels end the parsing, so that it needs no more than its bounded share of the stack; aliases are not expanded, so that it needs
// no more memory than its text has. The last pair is an *Error when the text cannot be read.
func Documents(text string, maxDepth int) iter.Seq2[*yaml.Node, error] {
	return func(yield func(*yaml.Node, error) bool) {
		loader, err := yaml.NewLoader(strings.NewReader(parsable(text)), yaml.WithPlugin(depthLimit(maxDepth)))
		if err != nil {
			yield(nil, errorOf(err))
			return
		}
		for {
			document := &yaml.Node{}
			switch err := loader.Load(document); {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(nil, errorOf(err))
				return
			case !yield(document, nil):
				return
			}
		}
	}
}

// depthLimit is how deep values may be nested.
type depthLimit int

// errDeep ends the parsing. The parser keeps its text alone.
var errDeep = errors.New("nested too deep")

// CheckDepth is called with the depth of what begins.
func (limit depthLimit) CheckDepth(depth int, _ *yaml.DepthContext) error {
	if depth > int(limit) {
		return errDeep
	}
	return nil
}

// CheckAlias has nothing to say: no alias is expanded by the parser.
func (depthLimit) CheckAlias(_, _ int) error { return nil }

// errorOf is an error of the parser.
func errorOf(err error) *Error {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return &Error{Message: err.Error()}
	}
	return &Error{
		Line: load.Mark.Line, Column: load.Mark.Column, Message: load.Message, Context: load.ContextMsg,
		TooDeep: strings.Contains(load.Message, errDeep.Error()),
	}
}

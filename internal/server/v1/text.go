// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"cmp"
	"context"
	"strings"
	"unicode"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/exchange"
)

// Text is a text that a person wrote: a document, or a file of another tool.
type Text struct {
	Name string `json:"name,omitempty" about:"What findings call the text, as the name of a file. One that ends in .yaml or .yml is YAML; others by their content."`
	Text string `json:"text" about:"The text itself."`
}

// maxName is how long the name of a text may be, in bytes.
const maxName = 256

// shownName is what findings call the text.
func (t Text) shownName() string { return cmp.Or(t.Name, "document") }

// check refuses names that are none of a file.
func (t Text) check() error {
	if len(t.Name) > maxName || strings.ContainsFunc(t.Name, unicode.IsControl) {
		return badInput("the name of a text has 256 bytes at most, and no control characters", nil)
	}
	return nil
}

// Document says which document: one that is sent, or one of a gateway.
type Document struct {
	Name     string  `json:"name,omitempty" about:"What findings call the text, as the name of a file."`
	Text     *string `json:"text,omitempty" about:"The document itself, JSON or YAML."`
	Gateway  string  `json:"gateway,omitempty" about:"The gateway whose document it is, in the place of a text."`
	Revision int64   `json:"revision,omitempty" about:"The revision of that gateway; the one in force by default."`
}

// shownName is what findings and replies call the document.
func (d Document) shownName() string { return cmp.Or(d.Name, d.Gateway, "document") }

// good is a document that can be used.
func (s *Server) good(ctx context.Context, by control.Caller, d Document) (exchange.Document, error) {
	c, err := s.compiled(ctx, by, d)
	if err != nil {
		return exchange.Document{}, err
	}
	return exchange.Document{Config: c.checked.Document, Program: c.checked.Program}, nil
}

// compiled is a document that can be used, as it was read.
func (s *Server) compiled(ctx context.Context, by control.Caller, d Document) (*compiled, error) {
	text, err := s.textOf(ctx, by, d)
	if err != nil {
		return nil, err
	}
	c, err := s.documents.read(text)
	if err != nil {
		return nil, err
	}
	if c.checked.Program == nil {
		return nil, unfit("the document cannot be used as it is: "+c.findings[0].Words(), c.findings)
	}
	return c, nil
}

// textOf is the text of a document.
func (s *Server) textOf(ctx context.Context, by control.Caller, d Document) (Text, error) {
	switch {
	case (d.Text == nil) == (d.Gateway == ""):
		return Text{}, badInput(`a document is either a "text" or that of a "gateway"; give one of them`, nil)
	case d.Text != nil && d.Revision != 0:
		return Text{}, badInput(`"revision" is about a "gateway"; leave it out`, nil)
	case d.Text != nil:
		return Text{d.Name, *d.Text}, nil
	}
	return s.ofGateway(ctx, by, d)
}

// ofGateway is the document of a gateway.
func (s *Server) ofGateway(ctx context.Context, by control.Caller, d Document) (Text, error) {
	number := d.Revision
	if number == 0 {
		var err error
		if number, err = s.delivered(ctx, by, d.Gateway); err != nil {
			return Text{}, err
		}
	}
	text, err := s.revision(ctx, by, d.Gateway, number)
	return Text{cmp.Or(d.Name, d.Gateway), string(text)}, err
}

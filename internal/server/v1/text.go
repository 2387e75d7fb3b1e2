// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"cmp"
	"context"
	"strings"
	"unicode"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/entries"
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

// Document says which document: one that is sent, that of a gateway, or what there would be if the working copy of an API were deployed, or
// a base document had other entries.
type Document struct {
	Name      string                   `json:"name,omitempty" about:"What findings call the text, as the name of a file."`
	Text      *string                  `json:"text,omitempty" about:"The document itself, JSON or YAML."`
	Gateway   string                   `json:"gateway,omitempty" about:"The gateway whose document it is, in the place of a text."`
	Revision  int64                    `json:"revision,omitempty" about:"The revision of that gateway; the one in force by default."`
	API       string                   `json:"api,omitempty" about:"The API whose working copy takes the place of what is deployed. Without gateway the document is that of the API alone, with one route, which takes every request."`
	Stage     string                   `json:"stage,omitempty" about:"The stage of the API; on a gateway it is all of them by default."`
	Deployed  bool                     `json:"deployed,omitempty" about:"Take what the stage of the API serves, and not its working copy. For the document of the API alone."`
	Responses map[string]ResponseParts `json:"responses,omitempty" about:"Gateway responses to put over those of the working copy, by type."`
	Base      map[string]BaseParts     `json:"base,omitempty" about:"Entries to put over those of the base document of the gateway, by type. The document is what there would be then, the routes of stages included."`
}

// shownName is what findings and replies call the document.
func (d Document) shownName() string { return cmp.Or(d.Name, d.Gateway, d.API, "document") }

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
	isStored := d.Gateway != "" || d.API != ""
	switch {
	case (d.Text == nil) != isStored:
		return Text{}, badInput(`a document is either a "text", or that of a "gateway" or an "api"; give one of them`, nil)
	case d.Revision != 0 && (d.Gateway == "" || d.API != ""):
		return Text{}, badInput(`"revision" is about what a "gateway" had; leave it out`, nil)
	case d.Deployed && (d.Stage == "" || d.Gateway != "" || d.Responses != nil):
		return Text{}, badInput(`"deployed" is about a "stage" of an "api" alone, as it is; leave out "gateway" and "responses"`, nil)
	case d.API == "" && (d.Stage != "" || d.Responses != nil):
		return Text{}, badInput(`"stage" and "responses" are about an "api"; leave them out, or name it`, nil)
	case d.Base != nil && (d.Gateway == "" || d.API != "" || d.Revision != 0):
		return Text{}, badInput(`"base" is about a "gateway" as it is now; leave it out, or name one, without "api" and "revision"`, nil)
	case d.Text != nil:
		return Text{d.Name, *d.Text}, nil
	case d.Base != nil:
		return s.draftBase(ctx, by, d)
	case d.API != "":
		return s.draft(ctx, by, d)
	}
	return s.ofGateway(ctx, by, d)
}

// ofGateway is the document of a gateway.
func (s *Server) ofGateway(ctx context.Context, by control.Caller, d Document) (Text, error) {
	number := d.Revision
	if number == 0 {
		var err error
		if number, err = s.options.Control.Delivered(ctx, by, d.Gateway); err != nil {
			return Text{}, err
		}
	}
	text, err := s.revision(ctx, by, d.Gateway, number)
	return Text{cmp.Or(d.Name, d.Gateway), string(text)}, err
}

// draft is the document that there would be if the working copy of an API were deployed.
func (s *Server) draft(ctx context.Context, by control.Caller, d Document) (Text, error) {
	draft := control.Draft{API: d.API, Stage: d.Stage, Gateway: d.Gateway, Deployed: d.Deployed, Responses: map[string]apigateway.GatewayResponse{}}
	for name, parts := range d.Responses {
		draft.Responses[name] = apigateway.GatewayResponse{
			StatusCode: parts.StatusCode, ResponseParameters: parts.ResponseParameters, ResponseTemplates: parts.ResponseTemplates,
		}
	}
	text, err := s.options.Control.Draft(ctx, by, draft)
	return Text{d.shownName(), string(text)}, err
}

// draftBase is the document that a gateway would have if its base document had some entries.
func (s *Server) draftBase(ctx context.Context, by control.Caller, d Document) (Text, error) {
	over := make(map[string]entries.Parts, len(d.Base))
	for name, parts := range d.Base {
		over[name] = parts.entry()
	}
	text, err := s.options.Control.DraftBase(ctx, by, d.Gateway, over)
	return Text{d.shownName(), string(text)}, err
}

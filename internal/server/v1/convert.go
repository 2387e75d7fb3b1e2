// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/formats"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/finding"
)

// converting are the operations between documents and what other gateways are configured with. They change nothing.
func converting() []operation {
	return []operation{
		op("convertImport", "POST", "/import", auth.Read, everything, "Make a document of what another gateway is configured with", imported).onTexts(),
		op("convertExport", "POST", "/export", auth.Read, everything, "Put a document into an OpenAPI file, as AWS's extension", exported).onTexts(),
	}
}

// importInput is what convertImport takes.
type importInput struct {
	Text
	Format     string            `json:"format,omitempty" about:"The format of the text, as gwr import --from has them; by its content by default."`
	API        string            `json:"api,omitempty" about:"The API to import, of several, by its name or id."`
	Parameters map[string]string `json:"parameters,omitempty" about:"Values that the text leaves open, by name."`
}

// ImportFormats are the formats that convertImport reads.
func ImportFormats() []string { return formats.Names() }

// Import is the outcome of an import.
type Import struct {
	Format    string           `json:"format" about:"The format that the text was read as."`
	Document  object.Object    `json:"document" about:"The document, JSON."`
	YAML      string           `json:"yaml" about:"The document as YAML, with the losses as comments."`
	Works     bool             `json:"works" about:"Whether the document can be used as it is; the losses say why not."`
	Losses    finding.List     `json:"losses" about:"What of the text the document does not say, or that has no effect there."`
	Inventory []convert.Raised `json:"inventory" about:"What in the text raises errors, and what must raise them here."`
}

func imported(_ context.Context, _ *Server, _ control.Caller, in importInput) (Import, error) {
	file, err := foreign(in.Text)
	if err != nil {
		return Import{}, err
	}
	from := &convert.Source{Name: in.shownName(), Files: []*tree.File{file}}
	format, err := formats.Find(in.Format, from)
	if err != nil {
		return Import{}, misused(err)
	}
	result, err := format.Import(from, convert.Options{API: in.API, Parameters: in.Parameters})
	if err != nil {
		return Import{}, misused(err)
	}
	text, spots := result.Document.Compact()
	program, found := engine.Load(text, engine.Everything())
	result.Judge(spots, found)
	return Import{
		Format: format.Name, Document: result.Document, YAML: string(result.Document.YAML(result.Comments())), Works: program != nil,
		Losses: result.Findings(), Inventory: result.Inventory,
	}, nil
}

// foreign reads a file of another tool.
func foreign(text Text) (*tree.File, error) {
	if err := text.check(); err != nil {
		return nil, err
	}
	file, err := tree.Read(text.shownName(), []byte(text.Text))
	if err != nil {
		return nil, unfit(err.Error(), nil)
	}
	return file, nil
}

// misused separates mistakes in what was asked for from texts that cannot be read.
func misused(err error) error {
	if convert.IsMisuse(err) {
		return badInput(err.Error(), nil)
	}
	return unfit(err.Error(), nil)
}

// exportInput is what convertExport takes.
type exportInput struct {
	Document Document `json:"document" about:"The document to export."`
	Route    string   `json:"route,omitempty" about:"The route of the document whose gateway responses to take."`
	Into     Text     `json:"into" about:"The OpenAPI file to put them into, JSON or YAML."`
}

// Export is the outcome of an export.
type Export struct {
	Text    string       `json:"text" about:"The OpenAPI file. Every byte beside the extension is as it was."`
	Changed bool         `json:"changed" about:"Whether the file says something else than before."`
	Losses  finding.List `json:"losses" about:"What AWS cannot say."`
}

func exported(ctx context.Context, s *Server, by control.Caller, in exportInput) (Export, error) {
	file, err := foreign(in.Into)
	if err != nil {
		return Export{}, err
	}
	c, err := s.compiled(ctx, by, in.Document)
	if err != nil {
		return Export{}, err
	}
	parsed, err := tree.Read(c.checked.Source.Name, c.checked.Source.Text)
	if err != nil {
		return Export{}, unfit(err.Error(), nil)
	}
	result, err := openapi.Export(parsed.Documents[0], in.Route)
	if err != nil {
		return Export{}, misused(err)
	}
	after, err := openapi.Into(file, result.Document)
	if err != nil {
		return Export{}, unfit(err.Error(), nil)
	}
	return Export{Text: after, Changed: after != in.Into.Text, Losses: c.atSource(result.Findings())}, nil
}

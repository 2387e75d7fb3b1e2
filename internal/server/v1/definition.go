// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"cmp"
	"context"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onDefinitions are the operations that bring definitions of OpenAPI into APIs, and out of them.
func onDefinitions() []operation {
	return []operation{
		op("importApi", "POST", "/apis/import", auth.Edit, allAPIs, "Make an API of a definition", importAPI).created(),
		op("putDefinition", "PUT", "/apis/{api}/definition", auth.Edit, oneAPI, "Bring a definition into an API", putDefinition),
		op("getDefinition", "GET", "/apis/{api}/stages/{stage}/definition", auth.Read, oneAPI, "Get the definition of what a stage serves", getDefinition),
	}
}

// definition is a definition of OpenAPI.
type definition struct {
	Text           string `json:"text" about:"The definition, OpenAPI 2.0 or 3.0, JSON or YAML."`
	FailOnWarnings bool   `json:"failOnWarnings,omitempty" about:"Whether to do nothing where something of the definition would be dropped."`
}

// Defined is an API into which a definition was brought.
type Defined struct {
	API      API      `json:"api" about:"The API."`
	Warnings []string `json:"warnings" about:"What of the definition was dropped, and why."`
	ETag     string   `json:"-" etag:""`
}

func definedOf(from apigateway.RestAPI) Defined {
	return Defined{apiOf(from), from.Warnings, from.ETag}
}

// newDefined is what importApi takes.
type newDefined struct {
	definition
	trying
}

func importAPI(ctx context.Context, s *Server, by control.Caller, in newDefined) (Defined, error) {
	made, err := s.options.Control.ImportRestAPI(ctx, by, apigateway.ImportRestAPIInput{FailOnWarnings: in.FailOnWarnings, Body: []byte(in.Text)})
	return definedOf(made), err
}

// newDefinition is what putDefinition takes.
type newDefinition struct {
	oneAPIInput
	definition
	trying
	Mode string `json:"mode,omitempty" enum:"merge overwrite" about:"merge, the default, keeps what the definition does not name; overwrite removes it."`
}

func putDefinition(ctx context.Context, s *Server, by control.Caller, in newDefinition) (Defined, error) {
	put, err := s.options.Control.PutRestAPI(ctx, by, apigateway.PutRestAPIInput{
		RestAPIID: in.API, Mode: in.Mode, FailOnWarnings: in.FailOnWarnings, Body: []byte(in.Text),
	})
	return definedOf(put), err
}

// definitionInput is what getDefinition takes.
type definitionInput struct {
	oneStage
	Format string `query:"format" enum:"oas30 swagger" about:"OpenAPI 3.0, the default, or 2.0."`
	Syntax string `query:"syntax" enum:"json yaml" about:"JSON, the default, or YAML."`
}

func getDefinition(ctx context.Context, s *Server, by control.Caller, in definitionInput) (Text, error) {
	accepts := mediaJSON
	if in.Syntax == "yaml" {
		accepts = "application/yaml"
	}
	found, err := s.options.Control.GetExport(ctx, by, apigateway.GetExportInput{
		RestAPIID: in.API, StageName: in.Stage, ExportType: cmp.Or(in.Format, "oas30"), Parameters: map[string]string{"extensions": "apigateway"}, Accepts: accepts,
	})
	return Text{Text: string(found.Body)}, err
}

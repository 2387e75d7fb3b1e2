// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"github.com/go-json-experiment/json"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/finding"
)

// onDefinitions are the operations that bring definitions of OpenAPI into APIs, and out of them.
func onDefinitions() []operation {
	return []operation{
		op("importApi", "POST", "/apis/import", auth.Edit, allAPIs, "Make an API of a definition", importAPI).created(),
		op("putDefinition", "PUT", "/apis/{api}/definition", auth.Edit, oneAPI, "Bring a definition into an API", putDefinition),
		op("getWorkingDefinition", "GET", "/apis/{api}/definition", auth.Read, oneAPI, "Get the definition of the working copy of an API", getWorkingDefinition),
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

// definitionForm is the form of a definition.
type definitionForm struct {
	Format string `query:"format" enum:"oas30 swagger" about:"OpenAPI 3.0, the default, or 2.0."`
	Syntax string `query:"syntax" enum:"json yaml" about:"JSON, the default, or YAML."`
}

// workingInput is what getWorkingDefinition takes.
type workingInput struct {
	oneAPIInput
	definitionForm
}

// definitionInput is what getDefinition takes.
type definitionInput struct {
	oneStage
	definitionForm
}

// Definition is a definition of OpenAPI, with AWS's extension.
type Definition struct {
	Text   string       `json:"text" about:"The definition."`
	Losses finding.List `json:"losses" about:"What of its gateway responses AWS cannot say, or reads otherwise."`
}

func getWorkingDefinition(ctx context.Context, s *Server, by control.Caller, in workingInput) (Definition, error) {
	return s.definition(ctx, by, in.API, "", in.definitionForm)
}

func getDefinition(ctx context.Context, s *Server, by control.Caller, in definitionInput) (Definition, error) {
	return s.definition(ctx, by, in.API, in.Stage, in.definitionForm)
}

// definition is an API as a definition.
func (s *Server) definition(ctx context.Context, by control.Caller, api, stage string, form definitionForm) (Definition, error) {
	found, err := s.options.Control.Definition(ctx, by, control.DefinitionQuery{API: api, Stage: stage, Swagger: form.Format == "swagger", YAML: form.Syntax == "yaml"})
	if err != nil {
		return Definition{}, err
	}
	losses, err := lossesOf(found.Responses)
	return Definition{string(found.Text), losses}, err
}

// lossesOf are what AWS cannot say of gateway responses, or reads otherwise. They have paths and no places: nobody has written the document.
func lossesOf(responses map[string]apigateway.GatewayResponse) (finding.List, error) {
	written := map[string]ResponseParts{}
	for name, r := range responses {
		written[name] = ResponseParts{r.StatusCode, r.ResponseParameters, r.ResponseTemplates}
	}
	text, err := json.Marshal(map[string]any{"emulate": "aws", "gatewayResponses": written}, asJSON)
	if err != nil {
		return nil, err
	}
	file, err := tree.Read("definition", text)
	if err != nil {
		return nil, err
	}
	result, err := openapi.Export(file.Documents[0], "")
	if err != nil {
		return nil, err
	}
	losses := result.Findings()
	for i := range losses {
		losses[i].Place = finding.Place{File: "definition"}
	}
	return losses, nil
}

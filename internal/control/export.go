// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/definition"
	"gatewayresponses/internal/store"
)

// GetExport gives the definition of what a stage serves: the API as it was deployed. Equal deployments give equal bytes.
func (c *Control) GetExport(ctx context.Context, by Caller, in apigateway.GetExportInput) (out apigateway.ExportResponse, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	format, err := c.exportFormat(in)
	if err != nil {
		return out, err
	}
	var taken snapshot
	var made deployment
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		stage, err := lookupStage(r, in.RestAPIID, in.StageName)
		if err != nil {
			return err
		}
		if made, err = lookupDeployment(r, in.RestAPIID, stage.DeploymentID); err != nil {
			return err
		}
		taken, err = readSnapshot(r, in.RestAPIID, stage.DeploymentID)
		return err
	})
	if err != nil {
		return out, err
	}
	if taken.Version == "" {
		taken.Version = made.Deployment.CreatedDate.Format(time.RFC3339)
	}
	extension := ".json"
	if format.YAML {
		extension = ".yaml"
	}
	return apigateway.ExportResponse{
		ContentType:        "application/octet-stream",
		ContentDisposition: `attachment; filename="` + in.ExportType + "_" + fileName(taken.Version) + extension + `"`,
		Body:               definition.Write(taken.definition(), format),
	}, nil
}

// exportFormat is how an export is asked for.
func (c *Control) exportFormat(in apigateway.GetExportInput) (definition.Format, error) {
	format := definition.Format{Host: in.RestAPIID + ".execute-api." + c.options.Region + ".amazonaws.com", Stage: in.StageName}
	switch in.ExportType {
	case "oas30":
	case "swagger":
		format.Swagger = true
	default:
		return format, apigateway.BadRequest("Invalid export type %q: it is oas30 or swagger", in.ExportType)
	}
	accept, _, _ := strings.Cut(in.Accepts, ";")
	switch strings.ToLower(strings.TrimSpace(accept)) {
	case "", "*/*", "application/*", "application/json", "application/hal+json":
	case "application/yaml", "application/x-yaml":
		format.YAML = true
	default:
		return format, apigateway.BadRequest("Invalid Accept %q of an export: it is application/json or application/yaml", in.Accepts)
	}
	for name, value := range in.Parameters {
		if !strings.EqualFold(name, "extensions") {
			continue
		}
		for extensions := range strings.SplitSeq(value, ",") {
			switch strings.TrimSpace(extensions) {
			case "apigateway":
				format.Extensions = true
			case "integrations":
				format.Integrations = true
			case "authorizers", "postman", "":
				// There are no authorizers, and what Postman adds says nothing of an API.
			default:
				return format, apigateway.BadRequest("Invalid value %q of the parameter extensions: it is apigateway, integrations, authorizers or postman", value)
			}
		}
	}
	return format, nil
}

// fileName is a version as a part of the name of a file in a header.
func fileName(version string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' || c > '~' || strings.ContainsRune(`"\/`, c) {
			return '_'
		}
		return c
	}, version)
}

// definition is a snapshot as a definition.
func (s snapshot) definition() definition.Definition {
	made := definition.Definition{
		Name: s.Name, Description: s.Description, Version: s.Version, BinaryMediaTypes: s.BinaryMediaTypes,
		MinimumCompressionSize: s.MinimumCompressionSize, APIKeySource: s.APIKeySource, Policy: s.Policy,
		Responses: s.Responses, Resources: map[string]definition.Methods{},
	}
	for _, resource := range s.Resources {
		made.Resources[resource.Path] = resource.ResourceMethods
	}
	return made
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"context"
	"strings"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/snapshot"
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
	taken, err := c.taken(ctx, in.RestAPIID, in.StageName)
	if err != nil {
		return out, err
	}
	extension := ".json"
	if format.YAML {
		extension = ".yaml"
	}
	return apigateway.ExportResponse{
		ContentType:        "application/octet-stream",
		ContentDisposition: `attachment; filename="` + in.ExportType + "_" + fileName(taken.Version) + extension + `"`,
		Body:               definition.Write(taken.Definition(), format),
	}, nil
}

// taken is an API as a stage serves it, or, without a stage, its working copy. One without a version has that of the deployment.
func (c *Control) taken(ctx context.Context, api, stage string) (taken snapshot.Snapshot, err error) {
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, api); err != nil {
			return err
		}
		if stage == "" {
			taken, err = c.takeSnapshot(r, api)
			taken.Version = cmp.Or(taken.Version, "working copy")
			return err
		}
		served, err := lookupStage(r, api, stage)
		if err != nil {
			return err
		}
		made, err := lookupDeployment(r, api, served.DeploymentID)
		if err != nil {
			return err
		}
		taken, err = readSnapshot(r, api, served.DeploymentID)
		taken.Version = cmp.Or(taken.Version, made.Deployment.CreatedDate.Format(time.RFC3339))
		return err
	})
	return taken, err
}

// DefinitionQuery says which definition of an API is wanted.
type DefinitionQuery struct {
	// Stage is the stage that serves what is wanted; "" is the working copy.
	API, Stage string
	// Swagger asks for OpenAPI 2.0 in the place of 3.0, and YAML for that in the place of JSON.
	Swagger, YAML bool
}

// Definition is an API as a definition, with AWS's extension.
type Definition struct {
	Text []byte
	// Responses are the gateway responses in it, by type.
	Responses map[string]apigateway.GatewayResponse
}

// Definition gives the definition of an API.
func (c *Control) Definition(ctx context.Context, by Caller, q DefinitionQuery) (Definition, error) {
	if err := onAPI(by, auth.Read, q.API, nil); err != nil {
		return Definition{}, err
	}
	taken, err := c.taken(ctx, q.API, q.Stage)
	if err != nil {
		return Definition{}, err
	}
	format := c.formatOf(q.API, q.Stage)
	format.Extensions, format.Swagger, format.YAML = true, q.Swagger, q.YAML
	return Definition{definition.Write(taken.Definition(), format), taken.Responses}, nil
}

// formatOf is the format of a definition that names the address of a stage.
func (c *Control) formatOf(api, stage string) definition.Format {
	return definition.Format{Host: api + ".execute-api." + c.options.Region + ".amazonaws.com", Stage: stage}
}

// exportFormat is how an export is asked for.
func (c *Control) exportFormat(in apigateway.GetExportInput) (definition.Format, error) {
	format := c.formatOf(in.RestAPIID, in.StageName)
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

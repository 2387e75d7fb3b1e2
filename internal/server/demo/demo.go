// SPDX-License-Identifier: Apache-2.0

// Package demo shows a server at work: a pet store that is imported and
// deployed as tools of AWS would do it, and an Envoy that has the result.
package demo

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"net/http"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

//go:embed petstore.yaml
var petStore []byte

const (
	// title is that of petstore.yaml, by which a second start finds the API again.
	title = "pet store"
	// Stage is the stage that is bound.
	Stage = "prod"
)

// owner is who sets up the demo.
var owner = control.Caller{Name: "gwrd try", Rights: auth.Everything()}

// SetUp imports the pet store, deploys it and binds it to every host of the gateway "default", whose filter is a file; what is there
// already stays. It gives the id of the API.
func SetUp(ctx context.Context, c *control.Control, plugin string) (api string, err error) {
	g, err := c.Gateway(ctx, owner, control.DefaultGateway)
	if err != nil {
		return "", err
	}
	if g.Plugin.File != plugin {
		g.Plugin.File = plugin
		if _, err := c.PutGateway(ctx, owner, g); err != nil {
			return "", err
		}
	}
	found, err := find(ctx, c)
	if err != nil || found != "" {
		return found, err
	}
	made, err := c.ImportRestAPI(ctx, owner, apigateway.ImportRestAPIInput{Body: petStore})
	if err != nil {
		return "", fmt.Errorf("petstore.yaml: %w", err)
	}
	return made.ID, deploy(ctx, c, made.ID)
}

// find finds the API that an earlier start has made, or "": whatever is bound where that was, or else what has its title.
func find(ctx context.Context, c *control.Control) (api string, err error) {
	bound, err := c.Binding(ctx, owner, control.AnyHost, "")
	if err == nil || !isMissing(err) {
		return bound.API, err
	}
	for position := ""; ; {
		apis, err := c.SearchRestAPIs(ctx, owner, apigateway.GetRestAPIsInput{Position: position}, title)
		if err != nil {
			return "", err
		}
		for _, api := range apis.Items {
			if api.Name == title {
				return api.ID, nil
			}
		}
		if position = apis.Position; position == "" {
			return "", nil
		}
	}
}

func deploy(ctx context.Context, c *control.Control, api string) error {
	stage, host := Stage, control.AnyHost
	if _, err := c.CreateDeployment(ctx, owner, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: &stage}); err != nil {
		return err
	}
	_, err := c.Host(ctx, owner, host)
	if isMissing(err) {
		_, err = c.CreateDomainName(ctx, owner, apigateway.CreateDomainNameInput{DomainName: &host})
	}
	if err != nil {
		return err
	}
	_, err = c.CreateBasePathMapping(ctx, owner, apigateway.CreateBasePathMappingInput{DomainName: host, RestAPIID: &api, Stage: &stage})
	return err
}

// isMissing reports whether an error says that something is not there.
func isMissing(err error) bool {
	var said *apigateway.Error
	return errors.As(err, &said) && said.Status == http.StatusNotFound
}

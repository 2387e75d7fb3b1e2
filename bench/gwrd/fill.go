// SPDX-License-Identifier: Apache-2.0

package gwrd

import (
	"context"
	"fmt"
	"net/http"

	"golang.org/x/sync/errgroup"
)

// atOnce is how many requests are under way while a server is filled.
const atOnce = 4

// Stage is the stage of every API that is bound.
const Stage = "prod"

// definition is an API as its owner has it: a few paths, and gateway responses of its own.
const definition = `{"openapi": "3.0.1", "info": {"title": "api%[1]d", "version": "1"},
"paths": {"/pets": {"get": {"responses": {}}, "post": {"responses": {}}}, "/pets/{petId}": {"get": {"responses": {}}}},
"x-amazon-apigateway-gateway-responses": {
"DEFAULT_4XX": {"responseParameters": {"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
 "responseTemplates": {"application/json": "{\"message\":$context.error.messageString,\"id\":\"$context.requestId\",\"api\":%[1]d}"}},
"THROTTLED": {"statusCode": "429", "responseParameters": {"gatewayresponse.header.Retry-After": "'5'"}}}}`

// Import makes APIs, numbered from 0 on, and gives their ids.
func (c Client) Import(ctx context.Context, count int) ([]string, error) {
	ids := make([]string, count)
	return ids, each(ctx, count, func(ctx context.Context, i int) error {
		var api struct{ ID string }
		err := c.Call(ctx, http.MethodPost, "/restapis?mode=import", fmt.Appendf(nil, definition, i), &api)
		ids[i] = api.ID
		return err
	})
}

// Bind deploys APIs to a stage each and binds these to hosts of their own, by which the gateway "default" serves them. It gives the ids of the
// deployments.
func (c Client) Bind(ctx context.Context, apis []string) ([]string, error) {
	deployments := make([]string, len(apis))
	return deployments, each(ctx, len(apis), func(ctx context.Context, i int) (err error) {
		if deployments[i], err = c.Deploy(ctx, apis[i], i); err != nil {
			return err
		}
		return c.host(ctx, fmt.Sprintf("api%d.example.com", i), apis[i])
	})
}

// Deploy deploys an API to its stage with a variable that makes the stage differ from what it was, and gives the id of the deployment.
func (c Client) Deploy(ctx context.Context, api string, number int) (string, error) {
	var made struct{ ID string }
	err := c.Call(ctx, http.MethodPost, "/restapis/"+api+"/deployments", deployment(number), &made)
	return made.ID, err
}

// deployment is the body of a CreateDeployment.
func deployment(number int) []byte {
	return fmt.Appendf(nil, `{"stageName": %q, "variables": {"number": "%d"}}`, Stage, number)
}

// host makes a domain name and binds an API's stage to it.
func (c Client) host(ctx context.Context, name, api string) error {
	if err := c.Call(ctx, http.MethodPost, "/domainnames", fmt.Appendf(nil, `{"domainName": %q}`, name), nil); err != nil {
		return err
	}
	return c.Call(ctx, http.MethodPost, "/domainnames/"+name+"/basepathmappings", fmt.Appendf(nil, `{"restApiId": %q, "stage": %q}`, api, Stage), nil)
}

// BindEverywhere binds an API's stage to every host.
func (c Client) BindEverywhere(ctx context.Context, api string) error { return c.host(ctx, "*", api) }

// each calls a function for the numbers below count, several at once, until one fails.
func each(ctx context.Context, count int, do func(ctx context.Context, i int) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(atOnce)
	for i := range count {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, i)
		})
	}
	return group.Wait()
}

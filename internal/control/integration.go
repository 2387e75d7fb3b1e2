// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"gatewayresponses/internal/apigateway"
)

// integrationMissing is what AWS says of an integration that is not there.
func integrationMissing() error {
	return apigateway.NotFound("Invalid Integration identifier specified")
}

// PutIntegration sets the integration of a method; the one before goes with its responses.
func (c *Control) PutIntegration(ctx context.Context, by Caller, in apigateway.PutIntegrationInput) (out apigateway.Integration, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	etag, err := c.changeMethod(ctx, by, "PutIntegration", name, in, func(method *apigateway.Method) error {
		out = apigateway.NewIntegration(in)
		method.MethodIntegration = &out
		return out.Check()
	})
	out.ETag = etag
	return out, err
}

// GetIntegration gives the integration of a method with its responses.
func (c *Control) GetIntegration(ctx context.Context, by Caller, in apigateway.GetIntegrationInput) (apigateway.Integration, error) {
	return c.viewIntegration(ctx, by, methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}, in)
}

// viewIntegration reads the integration of a method. in is what is validated.
func (c *Control) viewIntegration(ctx context.Context, by Caller, name methodName, in any) (out apigateway.Integration, err error) {
	method, err := c.viewMethod(ctx, by, name, in)
	if err != nil {
		return out, err
	}
	integration, err := integrationOf(method)
	if err != nil {
		return out, err
	}
	integration.ETag = method.ETag
	return *integration, nil
}

// changeIntegration changes the integration of a method.
func (c *Control) changeIntegration(ctx context.Context, by Caller, action string, name methodName, in any, f func(*apigateway.Integration) error) (etag string, err error) {
	return c.changeMethod(ctx, by, action, name, in, func(method *apigateway.Method) error {
		integration, err := integrationOf(*method)
		if err != nil {
			return err
		}
		return f(integration)
	})
}

// integrationOf finds the integration of a method.
func integrationOf(method apigateway.Method) (*apigateway.Integration, error) {
	if method.MethodIntegration == nil {
		return nil, integrationMissing()
	}
	return method.MethodIntegration, nil
}

// UpdateIntegration changes the integration of a method.
func (c *Control) UpdateIntegration(ctx context.Context, by Caller, in apigateway.UpdateIntegrationInput) (out apigateway.Integration, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	etag, err := c.changeIntegration(ctx, by, "UpdateIntegration", name, in, func(integration *apigateway.Integration) error {
		out, err = apigateway.PatchIntegration(*integration, in.PatchOperations)
		*integration = out
		return err
	})
	out.ETag = etag
	return out, err
}

// DeleteIntegration removes the integration of a method.
func (c *Control) DeleteIntegration(ctx context.Context, by Caller, in apigateway.DeleteIntegrationInput) (out apigateway.Empty, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	_, err = c.changeMethod(ctx, by, "DeleteIntegration", name, in, func(method *apigateway.Method) error {
		_, err := integrationOf(*method)
		method.MethodIntegration = nil
		return err
	})
	return out, err
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"gatewayresponses/internal/apigateway"
)

// PutIntegrationResponse sets a response of an integration.
func (c *Control) PutIntegrationResponse(ctx context.Context, by Caller, in apigateway.PutIntegrationResponseInput) (out apigateway.IntegrationResponse, err error) {
	out = apigateway.IntegrationResponse{
		StatusCode:         in.StatusCode,
		SelectionPattern:   in.SelectionPattern,
		ResponseParameters: in.ResponseParameters,
		ResponseTemplates:  in.ResponseTemplates,
		ContentHandling:    value(in.ContentHandling),
	}
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	out.ETag, err = c.changeIntegration(ctx, by, "PutIntegrationResponse", name, in, func(integration *apigateway.Integration) error {
		if integration.IntegrationResponses == nil {
			integration.IntegrationResponses = map[string]apigateway.IntegrationResponse{}
		}
		integration.IntegrationResponses[in.StatusCode] = out
		return out.Check()
	})
	return out, err
}

// integrationResponse finds a response of an integration.
func integrationResponse(integration *apigateway.Integration, status string) (apigateway.IntegrationResponse, error) {
	response, ok := integration.IntegrationResponses[status]
	if !ok {
		return response, statusMissing()
	}
	return response, nil
}

// GetIntegrationResponse gives a response of an integration.
func (c *Control) GetIntegrationResponse(ctx context.Context, by Caller, in apigateway.GetIntegrationResponseInput) (out apigateway.IntegrationResponse, err error) {
	integration, err := c.viewIntegration(ctx, by, methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}, in)
	if err != nil {
		return out, err
	}
	out, err = integrationResponse(&integration, in.StatusCode)
	out.ETag = integration.ETag
	return out, err
}

// UpdateIntegrationResponse changes a response of an integration.
func (c *Control) UpdateIntegrationResponse(ctx context.Context, by Caller, in apigateway.UpdateIntegrationResponseInput) (out apigateway.IntegrationResponse, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	etag, err := c.changeIntegration(ctx, by, "UpdateIntegrationResponse", name, in, func(integration *apigateway.Integration) error {
		before, err := integrationResponse(integration, in.StatusCode)
		if err != nil {
			return err
		}
		if out, err = apigateway.PatchIntegrationResponse(before, in.PatchOperations); err != nil {
			return err
		}
		integration.IntegrationResponses[in.StatusCode] = out
		return nil
	})
	out.ETag = etag
	return out, err
}

// DeleteIntegrationResponse removes a response of an integration. Without the method AWS says that the integration is not there.
func (c *Control) DeleteIntegrationResponse(ctx context.Context, by Caller, in apigateway.DeleteIntegrationResponseInput) (out apigateway.Empty, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	_, err = c.changeMethods(ctx, by, "DeleteIntegrationResponse", name, in, func(resource *apigateway.Resource) error {
		integration, err := integrationOf(resource.ResourceMethods[in.HTTPMethod])
		if err != nil {
			return err
		}
		if _, err := integrationResponse(integration, in.StatusCode); err != nil {
			return err
		}
		delete(integration.IntegrationResponses, in.StatusCode)
		return nil
	})
	return out, err
}

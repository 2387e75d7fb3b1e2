// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"gatewayresponses/internal/apigateway"
)

// statusMissing is what AWS says of a response of a method or an integration that is not there.
func statusMissing() error { return apigateway.NotFound("Invalid Response status code specified") }

// PutMethodResponse adds a response to a method.
func (c *Control) PutMethodResponse(ctx context.Context, by Caller, in apigateway.PutMethodResponseInput) (out apigateway.MethodResponse, err error) {
	out = apigateway.MethodResponse{StatusCode: in.StatusCode, ResponseParameters: in.ResponseParameters, ResponseModels: in.ResponseModels}
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	out.ETag, err = c.changeMethod(ctx, by, "PutMethodResponse", name, in, func(method *apigateway.Method) error {
		if _, there := method.MethodResponses[in.StatusCode]; there {
			return apigateway.Conflict("Response already exists for this resource")
		}
		if method.MethodResponses == nil {
			method.MethodResponses = map[string]apigateway.MethodResponse{}
		}
		method.MethodResponses[in.StatusCode] = out
		return nil
	})
	return out, err
}

// GetMethodResponse gives a response of a method.
func (c *Control) GetMethodResponse(ctx context.Context, by Caller, in apigateway.GetMethodResponseInput) (apigateway.MethodResponse, error) {
	method, err := c.viewMethod(ctx, by, methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}, in)
	if err != nil {
		return apigateway.MethodResponse{}, err
	}
	return methodResponse(method, in.StatusCode)
}

// methodResponse finds a response of a method.
func methodResponse(method apigateway.Method, status string) (apigateway.MethodResponse, error) {
	response, ok := method.MethodResponses[status]
	if !ok {
		return response, statusMissing()
	}
	response.ETag = method.ETag
	return response, nil
}

// UpdateMethodResponse changes a response of a method.
func (c *Control) UpdateMethodResponse(ctx context.Context, by Caller, in apigateway.UpdateMethodResponseInput) (out apigateway.MethodResponse, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	etag, err := c.changeMethod(ctx, by, "UpdateMethodResponse", name, in, func(method *apigateway.Method) error {
		before, err := methodResponse(*method, in.StatusCode)
		if err != nil {
			return err
		}
		if out, err = apigateway.PatchMethodResponse(before, in.PatchOperations); err != nil {
			return err
		}
		method.MethodResponses[in.StatusCode] = out
		return nil
	})
	out.ETag = etag
	return out, err
}

// DeleteMethodResponse removes a response of a method.
func (c *Control) DeleteMethodResponse(ctx context.Context, by Caller, in apigateway.DeleteMethodResponseInput) (out apigateway.Empty, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	_, err = c.changeMethod(ctx, by, "DeleteMethodResponse", name, in, func(method *apigateway.Method) error {
		if _, err := methodResponse(*method, in.StatusCode); err != nil {
			return err
		}
		delete(method.MethodResponses, in.StatusCode)
		return nil
	})
	return out, err
}

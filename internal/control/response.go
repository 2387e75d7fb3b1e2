// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// GetGatewayResponse gives the gateway response of a type: the one that the API customises, else what stands for it.
func (c *Control) GetGatewayResponse(ctx context.Context, by Caller, in apigateway.GetGatewayResponseInput) (out apigateway.GatewayResponse, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	responseType, _ := apigateway.ResponseType(in.ResponseType)
	err = c.store.View(ctx, func(r store.Reader) error {
		customised, err := c.lookupResponses(r, in.RestAPIID)
		out = shownResponse(apigateway.Resolve(responseType, customised))
		return err
	})
	return out, err
}

// shownResponse gives a response that an API does not customise the ETag of what is not there.
func shownResponse(response apigateway.GatewayResponse) apigateway.GatewayResponse {
	if response.ETag == "" {
		response.ETag = etagOf(0)
	}
	return response
}

// GetGatewayResponses lists the gateway responses of all types, customised or not. As on AWS they are on one page whatever the limit.
func (c *Control) GetGatewayResponses(ctx context.Context, by Caller, in apigateway.GetGatewayResponsesInput) (out apigateway.GatewayResponses, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		customised, err := c.lookupResponses(r, in.RestAPIID)
		out = apigateway.ResolveAll(customised)
		return err
	})
	for i, response := range out.Items {
		out.Items[i] = shownResponse(response)
	}
	return out, err
}

// lookupResponses reads the gateway responses that an API customises, by type. Without the API it is AWS's error.
func (c *Control) lookupResponses(r store.Reader, api string) (map[string]apigateway.GatewayResponse, error) {
	if _, err := c.lookupAPI(r, api); err != nil {
		return nil, err
	}
	records, err := r.List("response", api, "", 0)
	if err != nil {
		return nil, err
	}
	responses := make(map[string]apigateway.GatewayResponse, len(records))
	for _, record := range records {
		var response apigateway.GatewayResponse
		if err := decode(record, &response); err != nil {
			return nil, err
		}
		response.ETag = etagOf(record.Version)
		responses[record.Name] = response
	}
	return responses, nil
}

// PutGatewayResponse customises the gateway response of a type. It replaces the one before as a whole.
func (c *Control) PutGatewayResponse(ctx context.Context, by Caller, in apigateway.PutGatewayResponseInput) (out apigateway.GatewayResponse, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "PutGatewayResponse", func(t *change) error {
		out, err = c.putResponse(t, by, in.RestAPIID, in.ResponseType, func(now apigateway.GatewayResponse) (apigateway.GatewayResponse, error) {
			return apigateway.GatewayResponse{
				ResponseType:       now.ResponseType,
				StatusCode:         value(in.StatusCode),
				ResponseParameters: in.ResponseParameters,
				ResponseTemplates:  in.ResponseTemplates,
			}, nil
		})
		return err
	})
	return out, err
}

// UpdateGatewayResponse changes parts of a gateway response. One that is not customised yet starts with AWS's own body.
func (c *Control) UpdateGatewayResponse(ctx context.Context, by Caller, in apigateway.UpdateGatewayResponseInput) (out apigateway.GatewayResponse, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateGatewayResponse", func(t *change) error {
		out, err = c.putResponse(t, by, in.RestAPIID, in.ResponseType, func(now apigateway.GatewayResponse) (apigateway.GatewayResponse, error) {
			return apigateway.PatchGatewayResponse(now, in.PatchOperations)
		})
		return err
	})
	return out, err
}

// putResponse stores what a function makes of the gateway response of a type, and gives it as AWS shows it.
func (c *Control) putResponse(t *change, by Caller, api, name string, made func(apigateway.GatewayResponse) (apigateway.GatewayResponse, error)) (shown apigateway.GatewayResponse, err error) {
	customised, err := c.lookupResponses(t, api)
	if err != nil {
		return shown, err
	}
	responseType, _ := apigateway.ResponseType(name)
	key := responseKey(api, responseType)
	if err := c.match(t, by, key); err != nil {
		return shown, err
	}
	now, own := customised[responseType]
	if !own {
		now = apigateway.Uncustomised(responseType)
	}
	if now, err = made(now); err != nil {
		return shown, err
	}
	if err := t.put(key, "", now); err != nil {
		return shown, err
	}
	if now.ETag, err = currentETag(t, key); err != nil {
		return shown, err
	}
	customised[responseType] = now
	if err := responsesFit(customised); err != nil {
		return shown, err
	}
	return apigateway.Resolve(responseType, customised), nil
}

// DeleteGatewayResponse returns to AWS's own gateway response of a type.
func (c *Control) DeleteGatewayResponse(ctx context.Context, by Caller, in apigateway.DeleteGatewayResponseInput) (out apigateway.Empty, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteGatewayResponse", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		responseType, _ := apigateway.ResponseType(in.ResponseType)
		key := responseKey(in.RestAPIID, responseType)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		err := t.remove(key)
		if errors.Is(err, store.ErrNotFound) {
			return apigateway.NotFound("Gateway response type not defined on api")
		}
		return err
	})
}

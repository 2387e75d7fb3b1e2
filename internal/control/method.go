// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"encoding/json"
	"errors"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// methodMissing is what AWS says of a method that is not there.
func methodMissing() error { return apigateway.NotFound("Invalid Method identifier specified") }

// methodName names a method of a resource of an API. Its ETag is that of the resource, whose record holds it.
type methodName struct{ api, resource, method string }

func (m methodName) key() store.Key { return resourceKey(m.api, m.resource) }

// errRemove removes the method that a change is about.
var errRemove = errors.New("remove the method")

// changeMethod changes a method, and gives the new ETag. f gets the method, and says errRemove to remove it. in is what is validated.
func (c *Control) changeMethod(ctx context.Context, by Caller, action string, name methodName, in any, f func(*apigateway.Method) error) (etag string, err error) {
	return c.changeMethods(ctx, by, action, name, in, func(resource *apigateway.Resource) error {
		method, ok := resource.ResourceMethods[name.method]
		if !ok {
			return methodMissing()
		}
		err := f(&method)
		switch {
		case errors.Is(err, errRemove):
			delete(resource.ResourceMethods, name.method)
		case err != nil:
			return err
		default:
			resource.ResourceMethods[name.method] = method
		}
		return nil
	})
}

// changeMethods changes the methods of a resource, and gives the new ETag.
func (c *Control) changeMethods(ctx context.Context, by Caller, action string, name methodName, in any, f func(*apigateway.Resource) error) (etag string, err error) {
	if err := onAPI(by, auth.Edit, name.api, in); err != nil {
		return "", err
	}
	err = c.change(ctx, by, action, func(t *change) error {
		resource, err := lookupResource(t, name.api, name.resource)
		if err != nil {
			return err
		}
		if err := c.match(t, by, name.key()); err != nil {
			return err
		}
		if err := f(&resource); err != nil {
			return err
		}
		if err := methodsFit(resource); err != nil {
			return err
		}
		etag, err = t.replace(name.key(), "", resource)
		return err
	})
	return etag, err
}

// maxMethodsSize is how large a resource may be with its methods, in bytes of JSON: they are read and written as one.
const maxMethodsSize = 1 << 20

// methodsFit refuses a resource that is too large.
func methodsFit(resource apigateway.Resource) error {
	body, err := json.Marshal(resource)
	if err != nil {
		return err
	}
	if len(body) > maxMethodsSize {
		return apigateway.OverLimit("The resource %s has %d bytes with its methods, and %d at most", resource.Path, len(body), maxMethodsSize)
	}
	return nil
}

// viewMethod reads a method. in is what is validated.
func (c *Control) viewMethod(ctx context.Context, by Caller, name methodName, in any) (method apigateway.Method, err error) {
	if err := onAPI(by, auth.Read, name.api, in); err != nil {
		return method, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		resource, err := lookupResource(r, name.api, name.resource)
		if err != nil {
			return err
		}
		var ok bool
		if method, ok = resource.ResourceMethods[name.method]; !ok {
			return methodMissing()
		}
		method.ETag = resource.ETag
		return nil
	})
	return method, err
}

// PutMethod adds a method to a resource.
func (c *Control) PutMethod(ctx context.Context, by Caller, in apigateway.PutMethodInput) (out apigateway.Method, err error) {
	out = apigateway.Method{
		HTTPMethod:          in.HTTPMethod,
		AuthorizationType:   value(in.AuthorizationType),
		AuthorizerID:        value(in.AuthorizerID),
		APIKeyRequired:      value(in.APIKeyRequired),
		RequestValidatorID:  value(in.RequestValidatorID),
		OperationName:       value(in.OperationName),
		RequestParameters:   in.RequestParameters,
		RequestModels:       in.RequestModels,
		AuthorizationScopes: in.AuthorizationScopes,
	}
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	out.ETag, err = c.changeMethods(ctx, by, "PutMethod", name, in, func(resource *apigateway.Resource) error {
		if _, there := resource.ResourceMethods[in.HTTPMethod]; there {
			return apigateway.Conflict("Method already exists for this resource")
		}
		if err := c.checkMethod(apigateway.Method{}, out); err != nil {
			return err
		}
		if resource.ResourceMethods == nil {
			resource.ResourceMethods = map[string]apigateway.Method{}
		}
		resource.ResourceMethods[in.HTTPMethod] = out
		return nil
	})
	return out, err
}

// checkMethod refuses a method that AWS would refuse, or that has settings without effect which it did not have before.
func (c *Control) checkMethod(before, after apigateway.Method) error {
	if err := after.Check(); err != nil {
		return err
	}
	return c.refuse(apigateway.MethodEffects(before), apigateway.MethodEffects(after))
}

// GetMethod gives a method with its responses and its integration.
func (c *Control) GetMethod(ctx context.Context, by Caller, in apigateway.GetMethodInput) (apigateway.Method, error) {
	return c.viewMethod(ctx, by, methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}, in)
}

// UpdateMethod changes a method.
func (c *Control) UpdateMethod(ctx context.Context, by Caller, in apigateway.UpdateMethodInput) (out apigateway.Method, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	etag, err := c.changeMethod(ctx, by, "UpdateMethod", name, in, func(method *apigateway.Method) error {
		before := *method
		if out, err = apigateway.PatchMethod(before, in.PatchOperations); err != nil {
			return err
		}
		*method = out
		return c.checkMethod(before, out)
	})
	out.ETag = etag
	return out, err
}

// DeleteMethod removes a method with its responses and its integration.
func (c *Control) DeleteMethod(ctx context.Context, by Caller, in apigateway.DeleteMethodInput) (out apigateway.Empty, err error) {
	name := methodName{in.RestAPIID, in.ResourceID, in.HTTPMethod}
	_, err = c.changeMethod(ctx, by, "DeleteMethod", name, in, func(*apigateway.Method) error { return errRemove })
	return out, err
}

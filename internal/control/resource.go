// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// resourceMissing is what AWS says of a resource that is not there, or whose API is not.
func resourceMissing() error { return apigateway.NotFound("Invalid Resource identifier specified") }

// lookupResource reads a resource with its methods.
func lookupResource(r store.Reader, api, id string) (resource apigateway.Resource, err error) {
	resource.ETag, err = lookup(r, resourceKey(api, id), &resource, resourceMissing())
	return resource, err
}

// CreateResource adds a resource under another one.
func (c *Control) CreateResource(ctx context.Context, by Caller, in apigateway.CreateResourceInput) (out apigateway.Resource, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "CreateResource", func(t *change) error {
		tree, err := readTree(t, in.RestAPIID)
		if err != nil {
			return err
		}
		if err := quotaResources.room(t, in.RestAPIID); err != nil {
			return err
		}
		out = apigateway.Resource{ID: newID(6), ParentID: in.ParentID, PathPart: value(in.PathPart)}
		if err := tree.place(&out); err != nil {
			return err
		}
		out.ETag = etagOf(1)
		return t.insert(resourceKey(in.RestAPIID, out.ID), "", out)
	})
	return out, err
}

// GetResource gives a resource, with its methods if they are to be embedded, else with their names.
func (c *Control) GetResource(ctx context.Context, by Caller, in apigateway.GetResourceInput) (out apigateway.Resource, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		out, err = lookupResource(r, in.RestAPIID, in.ResourceID)
		return err
	})
	return embedMethods(out, in.Embed), err
}

// GetResources lists the resources of an API by their ids.
func (c *Control) GetResources(ctx context.Context, by Caller, in apigateway.GetResourcesInput) (out apigateway.Resources, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		out.Items, out.Position, err = page(r, "resource", in.RestAPIID, in.Position, in.Limit, func(_ store.Record, resource *apigateway.Resource) bool {
			*resource = embedMethods(*resource, in.Embed)
			return true
		})
		return err
	})
	return out, err
}

// embedMethods is a resource as AWS shows it: of methods that are not embedded it has the names alone.
func embedMethods(resource apigateway.Resource, embed []string) apigateway.Resource {
	if slices.Contains(embed, "methods") {
		return resource
	}
	var names map[string]apigateway.Method
	for name := range resource.ResourceMethods {
		if names == nil {
			names = map[string]apigateway.Method{}
		}
		names[name] = apigateway.Method{}
	}
	resource.ResourceMethods = names
	return resource
}

// UpdateResource renames a resource, or moves it with all that is below it.
func (c *Control) UpdateResource(ctx context.Context, by Caller, in apigateway.UpdateResourceInput) (out apigateway.Resource, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateResource", func(t *change) error {
		before, err := lookupResource(t, in.RestAPIID, in.ResourceID)
		if err != nil {
			return err
		}
		key := resourceKey(in.RestAPIID, in.ResourceID)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		after, err := apigateway.PatchResource(before, in.PatchOperations)
		if err != nil {
			return err
		}
		if err := moveResource(t, in.RestAPIID, before, &after); err != nil {
			return err
		}
		out = after
		out.ETag, err = currentETag(t, key)
		return err
	})
	return embedMethods(out, nil), err
}

// moveResource stores a resource that has another parent or path part than before, and the paths of those below it.
func moveResource(t *change, api string, before apigateway.Resource, after *apigateway.Resource) error {
	if before.ParentID == "" {
		switch {
		case after.PathPart != "":
			return apigateway.BadRequest("Root resource cannot update its pathPart.")
		case after.ParentID != "":
			return apigateway.BadRequest("Root resource cannot update its parentId.")
		}
	}
	if after.ParentID == before.ParentID && after.PathPart == before.PathPart {
		return nil
	}
	tree, err := readTree(t, api)
	if err != nil {
		return err
	}
	if err := tree.place(after); err != nil {
		return err
	}
	if err := t.update(resourceKey(api, after.ID), "", *after); err != nil {
		return err
	}
	for _, below := range tree.below(after.ID) {
		below.Path = after.Path + strings.TrimPrefix(below.Path, before.Path)
		if err := t.update(resourceKey(api, below.ID), "", below); err != nil {
			return err
		}
	}
	return nil
}

// DeleteResource removes a resource, its methods, and all that is below it.
func (c *Control) DeleteResource(ctx context.Context, by Caller, in apigateway.DeleteResourceInput) (out apigateway.Empty, err error) {
	if err := onAPI(by, auth.Edit, in.RestAPIID, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteResource", func(t *change) error {
		resource, err := lookupResource(t, in.RestAPIID, in.ResourceID)
		if err != nil {
			return err
		}
		if resource.ParentID == "" {
			return apigateway.BadRequest("Root resource cannot be deleted.")
		}
		if err := c.match(t, by, resourceKey(in.RestAPIID, in.ResourceID)); err != nil {
			return err
		}
		tree, err := readTree(t, in.RestAPIID)
		if err != nil {
			return err
		}
		for _, gone := range append(tree.below(resource.ID), resource) {
			if err := t.remove(resourceKey(in.RestAPIID, gone.ID)); err != nil {
				return err
			}
		}
		return nil
	})
}

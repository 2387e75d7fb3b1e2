// SPDX-License-Identifier: Apache-2.0

package control

import (
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// resourceTree are the resources of an API.
type resourceTree struct {
	byID map[string]apigateway.Resource
	// children are the resources by the id of their parent.
	children map[string][]apigateway.Resource
}

// readTree reads the resources of an API.
func readTree(r store.Reader, api string) (*resourceTree, error) {
	resources, err := all[apigateway.Resource](r, "resource", api)
	if err != nil {
		return nil, err
	}
	tree := &resourceTree{byID: map[string]apigateway.Resource{}, children: map[string][]apigateway.Resource{}}
	for _, resource := range resources {
		tree.byID[resource.ID] = resource
		tree.children[resource.ParentID] = append(tree.children[resource.ParentID], resource)
	}
	return tree, nil
}

// place says whether a resource can stand under its parent, and sets its path.
func (tree *resourceTree) place(resource *apigateway.Resource) error {
	parent, ok := tree.byID[resource.ParentID]
	if !ok {
		return resourceMissing()
	}
	if err := apigateway.CheckPathPart(resource.PathPart); err != nil {
		return err
	}
	for up := parent; up.ID != ""; up = tree.byID[up.ParentID] {
		if up.ID == resource.ID {
			return apigateway.BadRequest("Resources cannot be cyclical.")
		}
	}
	if strings.HasSuffix(parent.PathPart, "+}") {
		return apigateway.BadRequest("Cannot create a child of a resource with a greedy path variable: %s", parent.PathPart)
	}
	if strings.HasSuffix(resource.PathPart, "+}") && len(tree.children[resource.ID]) > 0 {
		return apigateway.BadRequest("Cannot create a child of a resource with a greedy path variable: %s", resource.PathPart)
	}
	for _, sibling := range tree.children[parent.ID] {
		switch {
		case sibling.ID == resource.ID:
		case sibling.PathPart == resource.PathPart:
			return apigateway.Conflict("Another resource with the same parent already has this name: %s", resource.PathPart)
		case isVariable(sibling.PathPart) && isVariable(resource.PathPart):
			return apigateway.BadRequest("A sibling (%s) of this resource already has a variable path part -- only one is allowed", sibling.PathPart)
		}
	}
	resource.Path = strings.TrimSuffix(parent.Path, "/") + "/" + resource.PathPart
	return nil
}

// isVariable reports whether a path part is one such as {petId}.
func isVariable(part string) bool { return strings.HasPrefix(part, "{") }

// below are the resources below one, parents first.
func (tree *resourceTree) below(id string) []apigateway.Resource {
	found := slices.Clone(tree.children[id])
	for i := 0; i < len(found); i++ {
		found = append(found, tree.children[found[i].ID]...)
	}
	return found
}

// SPDX-License-Identifier: Apache-2.0

package apigateway

// CreateResourceInput is what CreateResource takes.
type CreateResourceInput struct {
	RestAPIID string  `uri:"restapi_id" json:"-"`
	ParentID  string  `uri:"parent_id" json:"-"`
	PathPart  *string `json:"pathPart,omitzero"`
}

// Resource is AWS's shape Resource.
type Resource struct {
	ID              string            `json:"id,omitzero"`
	ParentID        string            `json:"parentId,omitzero"`
	PathPart        string            `json:"pathPart,omitzero"`
	Path            string            `json:"path,omitzero"`
	ResourceMethods map[string]Method `json:"resourceMethods,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// GetResourceInput is what GetResource takes.
type GetResourceInput struct {
	RestAPIID  string   `uri:"restapi_id" json:"-"`
	ResourceID string   `uri:"resource_id" json:"-"`
	Embed      []string `query:"embed" json:"-"`
}

// GetResourcesInput is what GetResources takes.
type GetResourcesInput struct {
	RestAPIID string   `uri:"restapi_id" json:"-"`
	Position  string   `query:"position" json:"-"`
	Limit     int      `query:"limit" json:"-"`
	Embed     []string `query:"embed" json:"-"`
}

// Resources is AWS's shape Resources.
type Resources struct {
	Position string         `json:"position,omitzero"`
	Items    List[Resource] `json:"item"`
}

// DeleteResourceInput is what DeleteResource takes.
type DeleteResourceInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
}

// UpdateResourceInput is what UpdateResource takes.
type UpdateResourceInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResourceID      string           `uri:"resource_id" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"maps"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onAPIs are the operations on REST APIs.
func onAPIs() []operation {
	return []operation{
		op("listApis", "GET", "/apis", auth.Read, everything, "List the APIs that the key is for", listAPIs),
		op("createApi", "POST", "/apis", auth.Edit, allAPIs, "Make an API", createAPI).created(),
		op("getApi", "GET", "/apis/{api}", auth.Read, oneAPI, "Get an API", getAPI),
		op("updateApi", "PATCH", "/apis/{api}", auth.Edit, oneAPI, "Change an API", updateAPI),
		op("deleteApi", "DELETE", "/apis/{api}", auth.Edit, oneAPI, "Delete an API", deleteAPI),
		op("getPending", "GET", "/apis/{api}/pending", auth.Read, oneAPI, "List the stages of an API that serve something else than its working copy", getPending),
		op("listResources", "GET", "/apis/{api}/resources", auth.Read, oneAPI, "List the resources of an API", listResources),
		op("listWithoutEffect", "GET", "/apis/{api}/without-effect", auth.Read, oneAPI, "List the settings of an API that imply protection, and have no effect here", listWithoutEffect),
	}
}

// API is a REST API.
type API struct {
	ID          string            `json:"id" about:"Its id."`
	Name        string            `json:"name" about:"Its name."`
	Description string            `json:"description,omitempty" about:"What it is, for people."`
	Version     string            `json:"version,omitempty" about:"Its version, for people."`
	Tags        map[string]string `json:"tags,omitempty" about:"Tags, for programs."`
	Created     time.Time         `json:"created" about:"When it was made."`
	ETag        string            `json:"-" etag:""`
}

func apiOf(from apigateway.RestAPI) API {
	return API{from.ID, from.Name, from.Description, from.Version, from.Tags, from.CreatedDate.UTC(), from.ETag}
}

// apisInput is what listApis takes.
type apisInput struct {
	Search string `query:"search" about:"What the id, the name or the description of an API has to contain, in whatever case; all by default."`
	paging
}

func listAPIs(ctx context.Context, s *Server, by control.Caller, in apisInput) (Page[API], error) {
	found, err := s.options.Control.SearchRestAPIs(ctx, by, apigateway.GetRestAPIsInput{Position: in.Cursor, Limit: in.Limit}, in.Search)
	return paged(found.Items, found.Position, apiOf), err
}

// newAPI is what createApi takes.
type newAPI struct {
	Name        string            `json:"name" about:"The name of the API."`
	Description *string           `json:"description,omitempty" about:"What it is, for people."`
	Version     *string           `json:"version,omitempty" about:"Its version, for people."`
	CloneFrom   *string           `json:"cloneFrom,omitempty" about:"The id of an API to begin with."`
	Tags        map[string]string `json:"tags,omitempty" about:"Tags, for programs."`
}

func createAPI(ctx context.Context, s *Server, by control.Caller, in newAPI) (API, error) {
	made, err := s.options.Control.CreateRestAPI(ctx, by, apigateway.CreateRestAPIInput{
		Name: &in.Name, Description: in.Description, Version: in.Version, CloneFrom: in.CloneFrom, Tags: in.Tags,
	})
	return apiOf(made), err
}

// oneAPIInput names an API.
type oneAPIInput struct {
	API string `uri:"api" about:"The id of the API."`
}

func getAPI(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (API, error) {
	found, err := s.options.Control.GetRestAPI(ctx, by, apigateway.GetRestAPIInput{RestAPIID: in.API})
	return apiOf(found), err
}

// changedAPI is what updateApi takes.
type changedAPI struct {
	oneAPIInput
	Name        *string `json:"name,omitempty" about:"Its new name."`
	Description *string `json:"description,omitempty" about:"Its new description."`
	Version     *string `json:"version,omitempty" about:"Its new version."`
}

func updateAPI(ctx context.Context, s *Server, by control.Caller, in changedAPI) (API, error) {
	changed, err := s.options.Control.UpdateRestAPI(ctx, by, apigateway.UpdateRestAPIInput{
		RestAPIID: in.API, PatchOperations: replaced("/name", in.Name, "/description", in.Description, "/version", in.Version),
	})
	return apiOf(changed), err
}

// replaced are the operations that replace what is given: paths, each with its new value or nil.
func replaced(pairs ...any) []apigateway.PatchOperation {
	operations := []apigateway.PatchOperation{}
	for i := 0; i < len(pairs); i += 2 {
		if value, _ := pairs[i+1].(*string); value != nil {
			path, _ := pairs[i].(string)
			operations = append(operations, apigateway.PatchOperation{Op: "replace", Path: path, Value: *value})
		}
	}
	return operations
}

func deleteAPI(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (nothing, error) {
	_, err := s.options.Control.DeleteRestAPI(ctx, by, apigateway.DeleteRestAPIInput{RestAPIID: in.API})
	return nothing{}, err
}

// PendingStages are stages that serve something else than the working copy of their API.
type PendingStages struct {
	Items []control.PendingStage `json:"items" about:"The stages, by name."`
}

func getPending(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (PendingStages, error) {
	found, err := s.options.Control.PendingOf(ctx, by, in.API)
	return PendingStages{found}, err
}

// Resource is a resource of an API.
type Resource struct {
	Path    string   `json:"path" about:"Its path template, such as /pets/{petId}, below the base path."`
	Methods []string `json:"methods,omitempty" about:"The methods that it has, in the order of their names."`
}

// resourcesInput is what listResources takes.
type resourcesInput struct {
	oneAPIInput
	paging
}

func listResources(ctx context.Context, s *Server, by control.Caller, in resourcesInput) (Page[Resource], error) {
	found, err := s.options.Control.GetResources(ctx, by, apigateway.GetResourcesInput{RestAPIID: in.API, Position: in.Cursor, Limit: in.Limit})
	return paged(found.Items, found.Position, func(r apigateway.Resource) Resource {
		return Resource{r.Path, slices.Sorted(maps.Keys(r.ResourceMethods))}
	}), err
}

// WithoutEffect are settings that imply protection that nobody here gives.
type WithoutEffect struct {
	Items []control.Unprotected `json:"items" about:"The settings; none unless the server accepts them."`
}

func listWithoutEffect(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (WithoutEffect, error) {
	found, err := s.options.Control.WithoutEffect(ctx, by, in.API)
	return WithoutEffect{found}, err
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// snapshot is an API as it was when it was deployed: all that assembly and export need.
type snapshot struct {
	Name                   string   `json:"name"`
	Description            string   `json:"description,omitempty"`
	Version                string   `json:"version,omitempty"`
	BinaryMediaTypes       []string `json:"binaryMediaTypes,omitempty"`
	MinimumCompressionSize *int     `json:"minimumCompressionSize,omitempty"`
	APIKeySource           string   `json:"apiKeySource,omitempty"`
	Policy                 string   `json:"policy,omitempty"`
	// Responses are the gateway responses that the API customises, by type.
	Responses map[string]apigateway.GatewayResponse `json:"responses,omitempty"`
	// Resources are in the order of their paths.
	Resources []apigateway.Resource `json:"resources,omitempty"`
}

// takeSnapshot reads an API as it is now.
func (c *Control) takeSnapshot(r store.Reader, id string) (taken snapshot, err error) {
	api, err := c.lookupAPI(r, id)
	if err != nil {
		return taken, err
	}
	taken = snapshot{
		Name: api.Name, Description: api.Description, Version: api.Version, BinaryMediaTypes: api.BinaryMediaTypes,
		MinimumCompressionSize: api.MinimumCompressionSize, APIKeySource: api.APIKeySource, Policy: api.Policy,
	}
	if taken.Responses, err = c.lookupResponses(r, id); err != nil {
		return taken, err
	}
	taken.Resources, err = sortedResources(r, id)
	return taken, err
}

// paths are those of the resources.
func (s *snapshot) paths() []string {
	paths := make([]string, len(s.Resources))
	for i := range s.Resources {
		paths[i] = s.Resources[i].Path
	}
	return paths
}

// sortedResources reads the resources of an API in the order of their paths.
func sortedResources(r store.Reader, api string) ([]apigateway.Resource, error) {
	resources, err := all[apigateway.Resource](r, "resource", api)
	slices.SortFunc(resources, func(a, b apigateway.Resource) int { return cmp.Compare(a.Path, b.Path) })
	return resources, err
}

// encode is a snapshot as it is stored, and the SHA-256 of that in hex. Equal snapshots have equal bytes.
func (s snapshot) encode() (body []byte, hash string, err error) {
	if body, err = json.Marshal(s); err != nil {
		return nil, "", fmt.Errorf("snapshot of %s: %w", s.Name, err)
	}
	if len(body) > maxSnapshotSize {
		return nil, "", tooLarge()
	}
	return body, hashOf(body), nil
}

// readSnapshot reads the snapshot of a deployment.
func readSnapshot(r store.Reader, api, deployment string) (taken snapshot, err error) {
	_, err = get(r, snapshotKey(api, deployment), &taken)
	return taken, err
}

// summary says which methods a snapshot has, by path and method.
func (s snapshot) summary() map[string]map[string]apigateway.MethodSnapshot {
	paths := map[string]map[string]apigateway.MethodSnapshot{}
	for _, resource := range s.Resources {
		if len(resource.ResourceMethods) == 0 {
			continue
		}
		methods := map[string]apigateway.MethodSnapshot{}
		for name, method := range resource.ResourceMethods {
			methods[name] = apigateway.MethodSnapshot{AuthorizationType: method.AuthorizationType, APIKeyRequired: method.APIKeyRequired}
		}
		paths[resource.Path] = methods
	}
	return paths
}

// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
	"gatewayresponses/internal/store"
)

// takeSnapshot reads an API as it is now.
func (c *Control) takeSnapshot(r store.Reader, id string) (taken snapshot.Snapshot, err error) {
	api, err := c.lookupAPI(r, id)
	if err != nil {
		return taken, err
	}
	taken = snapshot.Snapshot{
		Name: api.Name, Description: api.Description, Version: api.Version, BinaryMediaTypes: api.BinaryMediaTypes,
		MinimumCompressionSize: api.MinimumCompressionSize, APIKeySource: api.APIKeySource, Policy: api.Policy,
	}
	if taken.Responses, err = c.lookupResponses(r, id); err != nil {
		return taken, err
	}
	taken.Resources, err = sortedResources(r, id)
	return taken, err
}

// sortedResources reads the resources of an API in the order of their paths.
func sortedResources(r store.Reader, api string) ([]apigateway.Resource, error) {
	resources, err := all[apigateway.Resource](r, "resource", api)
	slices.SortFunc(resources, func(a, b apigateway.Resource) int { return cmp.Compare(a.Path, b.Path) })
	return resources, err
}

// readSnapshot reads the snapshot of a deployment.
func readSnapshot(r store.Reader, api, deployment string) (taken snapshot.Snapshot, err error) {
	_, err = get(r, snapshotKey(api, deployment), &taken)
	return taken, err
}

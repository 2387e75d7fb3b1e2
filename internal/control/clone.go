// SPDX-License-Identifier: Apache-2.0

package control

import "gatewayresponses/internal/apigateway"

// inheritSettings gives a clone the settings of its source that the input leaves out.
func inheritSettings(made *apigateway.RestAPI, source apigateway.RestAPI, in apigateway.CreateRestAPIInput) {
	if in.BinaryMediaTypes == nil {
		made.BinaryMediaTypes = source.BinaryMediaTypes
	}
	if in.MinimumCompressionSize == nil {
		made.MinimumCompressionSize = source.MinimumCompressionSize
	}
	if in.APIKeySource == nil {
		made.APIKeySource = source.APIKeySource
	}
	if in.EndpointConfiguration == nil {
		made.EndpointConfiguration = source.EndpointConfiguration
	}
	if in.Policy == nil {
		made.Policy = source.Policy
	}
}

// cloneContent copies the gateway responses and the resources of an API to a new one.
func (c *Control) cloneContent(t *change, source, made apigateway.RestAPI) error {
	responses, err := all[apigateway.GatewayResponse](t, "response", source.ID)
	if err != nil {
		return err
	}
	for _, response := range responses {
		if err := t.insert(responseKey(made.ID, response.ResponseType), "", response); err != nil {
			return err
		}
	}
	resources, err := all[apigateway.Resource](t, "resource", source.ID)
	if err != nil {
		return err
	}
	// The copies have ids of their own.
	ids := map[string]string{source.RootResourceID: made.RootResourceID}
	for _, resource := range resources {
		if ids[resource.ID] == "" {
			ids[resource.ID] = newID(6)
		}
	}
	var effects []apigateway.Effect
	for _, resource := range resources {
		for _, name := range sortedKeys(resource.ResourceMethods) {
			method := resource.ResourceMethods[name]
			effects = append(effects, placed(apigateway.MethodEffects(method), name, resource.Path)...)
			// The cache of an integration is named after its resource, unless somebody names it.
			if i := method.MethodIntegration; i != nil && ids[i.CacheNamespace] != "" {
				i.CacheNamespace = ids[i.CacheNamespace]
			}
		}
		resource.ID, resource.ParentID = ids[resource.ID], ids[resource.ParentID]
		if err := t.put(resourceKey(made.ID, resource.ID), "", resource); err != nil {
			return err
		}
	}
	return c.refuse(nil, effects)
}

// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strconv"
)

// restAPIPatches are the paths of a REST API.
var restAPIPatches = patcher[RestAPI]{
	refused: badPathOrOp,
	rules: []patchRule[RestAPI]{
		{"/name", []string{opReplace}, func(api *RestAPI, _ string, operation PatchOperation) error {
			if operation.Value == "" {
				return BadRequest("Name cannot be an empty string")
			}
			api.Name = operation.Value
			return nil
		}},
		settable("/description", func(api *RestAPI) *string { return &api.Description }),
		settable("/policy", func(api *RestAPI) *string { return &api.Policy }),
		oneOf("/apiKeySource", apiKeySources, func(api *RestAPI) *string { return &api.APIKeySource }),
		oneOf("/securityPolicy", securityPolicies, func(api *RestAPI) *string { return &api.SecurityPolicy }),
		oneOf("/endpointAccessMode", endpointAccessModes, func(api *RestAPI) *string { return &api.EndpointAccessMode }),
		toggle("/disableExecuteApiEndpoint", func(api *RestAPI) *bool { return &api.DisableExecuteAPIEndpoint }),
		{"/minimumCompressionSize", []string{opReplace}, patchCompression},
		{"/binaryMediaTypes/*", []string{opAdd, opReplace, opRemove}, func(api *RestAPI, key string, operation PatchOperation) error {
			if value, ok := unescape(operation.Value); ok {
				operation.Value = value
			}
			changeSet(&api.BinaryMediaTypes, key, operation)
			return nil
		}},
		{"/endpointConfiguration/types/*", []string{opAdd, opReplace, opRemove}, func(api *RestAPI, key string, operation PatchOperation) error {
			return patchEndpointType(api.EndpointConfiguration, key, operation)
		}},
		{"/endpointConfiguration/ipAddressType", []string{opReplace}, func(api *RestAPI, _ string, operation PatchOperation) error {
			return patchIPAddressType(api.EndpointConfiguration, operation)
		}},
		{"/endpointConfiguration/vpcEndpointIds", []string{opAdd, opRemove}, func(api *RestAPI, _ string, operation PatchOperation) error {
			changeSet(&api.EndpointConfiguration.VPCEndpointIDs, operation.Value, operation)
			return nil
		}},
		{"/endpointConfiguration/vpcEndpointIds/*", []string{opAdd, opReplace, opRemove}, func(api *RestAPI, key string, operation PatchOperation) error {
			changeSet(&api.EndpointConfiguration.VPCEndpointIDs, key, operation)
			return nil
		}},
	},
}

// PatchRestAPI carries operations out on a REST API.
func PatchRestAPI(api RestAPI, operations []PatchOperation) (RestAPI, error) {
	api.BinaryMediaTypes = slices.Clone(api.BinaryMediaTypes)
	api.EndpointConfiguration = api.EndpointConfiguration.own()
	api, err := restAPIPatches.patch(api, operations)
	if err != nil {
		return RestAPI{}, err
	}
	return api, checkEndpoint(api.EndpointConfiguration)
}

func patchCompression(api *RestAPI, _ string, operation PatchOperation) error {
	if operation.Value == "" {
		api.MinimumCompressionSize = nil
		return nil
	}
	size, err := strconv.Atoi(operation.Value)
	if err != nil || !isCompressionSize(size) {
		return badCompressionSize()
	}
	api.MinimumCompressionSize = &size
	return nil
}

// own gives an endpoint configuration that can be changed.
func (e *EndpointConfiguration) own() *EndpointConfiguration {
	if e == nil {
		return &EndpointConfiguration{Types: []string{"EDGE"}, IPAddressType: "ipv4"}
	}
	return &EndpointConfiguration{Types: slices.Clone(e.Types), IPAddressType: e.IPAddressType, VPCEndpointIDs: slices.Clone(e.VPCEndpointIDs)}
}

// patchEndpointType changes the type of an endpoint. The key is the type that was, or its index. A private endpoint has both IP versions.
func patchEndpointType(e *EndpointConfiguration, key string, operation PatchOperation) error {
	if index, err := strconv.Atoi(key); err == nil && 0 <= index && index < len(e.Types) {
		key = e.Types[index]
	}
	given := key
	if operation.Op == opReplace || operation.Op == opAdd && operation.Value != "" {
		given = operation.Value
	}
	if !slices.Contains(endpointTypes, given) {
		return BadRequest("Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE")
	}
	if operation.Op == opAdd {
		key = given
	}
	types := e.Types
	changeSet(&types, key, operation)
	e.Types = append([]string{}, types...)
	if slices.Contains(e.Types, "PRIVATE") {
		e.IPAddressType = "dualstack"
	}
	return nil
}

func patchIPAddressType(e *EndpointConfiguration, operation PatchOperation) error {
	if !slices.Contains(ipAddressTypes, operation.Value) {
		return BadRequest("ipAddressType must be either ipv4 or dualstack.")
	}
	e.IPAddressType = operation.Value
	return nil
}

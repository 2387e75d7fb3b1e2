// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strings"
)

// Validate says what AWS's model and AWS's first checks refuse.
func (in CreateRestAPIInput) Validate() error {
	v := violations{input: "createRestApiInput"}
	v.required("name", in.Name != nil)
	v.enum("apiKeySource", in.APIKeySource, apiKeySources)
	v.endpoint(in.EndpointConfiguration)
	v.enum("securityPolicy", in.SecurityPolicy, securityPolicies)
	v.enum("endpointAccessMode", in.EndpointAccessMode, endpointAccessModes)
	if err := v.err(); err != nil {
		return err
	}
	switch {
	case *in.Name == "":
		return BadRequest("Name cannot be an empty string")
	case in.Description != nil && *in.Description == "":
		return BadRequest("Description cannot be an empty string")
	case in.MinimumCompressionSize != nil && !isCompressionSize(*in.MinimumCompressionSize):
		return badCompressionSize()
	}
	return checkEndpoint(in.EndpointConfiguration)
}

// endpoint reports values that an endpoint configuration cannot have.
func (v *violations) endpoint(e *EndpointConfiguration) {
	if e == nil {
		return
	}
	v.enums("endpointConfiguration.types", e.Types, endpointTypes)
	if e.IPAddressType != "" {
		v.enum("endpointConfiguration.ipAddressType", &e.IPAddressType, ipAddressTypes)
	}
}

// checkEndpoint says what AWS finds in an endpoint configuration whose values are known to its model.
func checkEndpoint(e *EndpointConfiguration) error {
	switch {
	case e == nil:
		return nil
	case e.Types != nil && len(e.Types) == 0:
		return BadRequest("REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.")
	case len(e.Types) > 1:
		return BadRequest("Cannot create an api with multiple Endpoint Types.")
	case slices.Contains(e.Types, "PRIVATE") && e.IPAddressType == "ipv4":
		return BadRequest("Only dualstack ipAddressType is supported for Private APIs.")
	}
	return nil
}

// maxCompressionSize is the largest minimumCompressionSize, in bytes.
const maxCompressionSize = 10485760

func isCompressionSize(size int) bool { return 0 <= size && size <= maxCompressionSize }

func badCompressionSize() error {
	return BadRequest("Invalid minimum compression size, must be between 0 and %d", maxCompressionSize)
}

// Validate says what AWS's model refuses.
func (in UpdateRestAPIInput) Validate() error {
	return checkPatch("updateRestApiInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in ImportRestAPIInput) Validate() error {
	v := violations{input: "importRestApiInput"}
	v.required("body", len(in.Body) > 0)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in PutRestAPIInput) Validate() error {
	v := violations{input: "putRestApiInput"}
	v.required("body", len(in.Body) > 0)
	if in.Mode != "" && !slices.Contains(importModes, in.Mode) {
		v.add("'"+in.Mode+"'", "mode", mustBeOneOf(importModes))
	}
	return v.err()
}

// Validate says what AWS's model refuses.
func (in GetGatewayResponseInput) Validate() error { return checkResponseType(in.ResponseType) }

// Validate says what AWS's model refuses.
func (in DeleteGatewayResponseInput) Validate() error { return checkResponseType(in.ResponseType) }

func checkResponseType(name string) error {
	v := violations{}
	v.responseType(name)
	return v.err()
}

// Validate says what AWS's model refuses, and mappings and media types that are none.
func (in PutGatewayResponseInput) Validate() error {
	v := violations{input: "putGatewayResponseInput"}
	if in.StatusCode != nil {
		v.statusCode(v.body("statusCode"), *in.StatusCode)
	}
	v.responseType(in.ResponseType)
	if err := v.err(); err != nil {
		return err
	}
	if err := checkMappings(in.ResponseParameters); err != nil {
		return err
	}
	return checkContentTypes(in.ResponseTemplates)
}

// Validate says what AWS's model refuses.
func (in UpdateGatewayResponseInput) Validate() error {
	v := violations{input: "updateGatewayResponseInput"}
	v.patch(in.PatchOperations)
	v.responseType(in.ResponseType)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in CreateDeploymentInput) Validate() error {
	v := violations{input: "createDeploymentInput"}
	v.enum("cacheClusterSize", in.CacheClusterSize, cacheClusterSizes)
	if err := v.err(); err != nil {
		return err
	}
	if in.StageName == nil || *in.StageName == "" {
		return nil // Terraform sends an empty one for none
	}
	return checkStageName(*in.StageName)
}

// Validate says what AWS's model refuses.
func (in UpdateDeploymentInput) Validate() error {
	return checkPatch("updateDeploymentInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in CreateStageInput) Validate() error {
	v := violations{input: "createStageInput"}
	v.required("stageName", in.StageName != nil)
	v.required("deploymentId", in.DeploymentID != nil)
	v.enum("cacheClusterSize", in.CacheClusterSize, cacheClusterSizes)
	if err := v.err(); err != nil {
		return err
	}
	return checkStageName(*in.StageName)
}

// maxStageName is how long the name of a stage may be, in bytes.
const maxStageName = 128

// checkStageName refuses names that could not stand in a URL as they are.
func checkStageName(name string) error {
	switch {
	case name == "" || strings.ContainsFunc(name, notInStageNames):
		return BadRequest("Stage name only allows a-zA-Z0-9_-")
	case len(name) > maxStageName:
		return BadRequest("Stage name must have at most %d characters", maxStageName)
	}
	return nil
}

func notInStageNames(r rune) bool {
	return r != '_' && r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
}

// Validate says what AWS's model refuses.
func (in UpdateStageInput) Validate() error {
	return checkPatch("updateStageInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in TagResourceInput) Validate() error {
	v := violations{input: "tagResourceInput"}
	v.required("tags", in.Tags != nil)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in UntagResourceInput) Validate() error {
	v := violations{}
	if len(in.TagKeys) == 0 {
		v.add("null", "tagKeys", "Member must not be null")
	}
	return v.err()
}

// Validate says what AWS's model refuses.
func (in CreateDomainNameInput) Validate() error {
	v := violations{input: "createDomainNameInput"}
	v.required("domainName", in.DomainName != nil)
	v.endpoint(in.EndpointConfiguration)
	v.enum("securityPolicy", in.SecurityPolicy, securityPolicies)
	v.enum("endpointAccessMode", in.EndpointAccessMode, endpointAccessModes)
	v.enum("routingMode", in.RoutingMode, routingModes)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in GetDomainNamesInput) Validate() error {
	v := violations{}
	if in.ResourceOwner != "" && !slices.Contains(resourceOwners, in.ResourceOwner) {
		v.add("'"+in.ResourceOwner+"'", "resourceOwner", mustBeOneOf(resourceOwners))
	}
	return v.err()
}

// Validate says what AWS's model refuses.
func (in UpdateDomainNameInput) Validate() error {
	return checkPatch("updateDomainNameInput", in.PatchOperations)
}

// Validate says what AWS's model refuses.
func (in CreateBasePathMappingInput) Validate() error {
	v := violations{input: "createBasePathMappingInput"}
	v.required("restApiId", in.RestAPIID != nil)
	return v.err()
}

// Validate says what AWS's model refuses.
func (in UpdateBasePathMappingInput) Validate() error {
	return checkPatch("updateBasePathMappingInput", in.PatchOperations)
}

// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"slices"
	"strconv"
)

// resourcePatches are the paths of a resource.
var resourcePatches = patcher[Resource]{
	refused: badPathForOp("/parentId", "/pathPart"),
	rules: []patchRule[Resource]{
		replacement("/parentId", func(r *Resource) *string { return &r.ParentID }),
		replacement("/pathPart", func(r *Resource) *string { return &r.PathPart }),
	},
}

// PatchResource carries operations out on a resource. Its path, and whether it fits in the tree, is for the caller to settle.
func PatchResource(r Resource, operations []PatchOperation) (Resource, error) {
	return resourcePatches.patch(r, operations)
}

// methodPatches are the paths of a method.
var methodPatches = patcher[Method]{
	refused: badPathOrOp,
	rules: []patchRule[Method]{
		replacement("/authorizationType", func(m *Method) *string { return &m.AuthorizationType }),
		{"/authorizerId", []string{opReplace}, func(m *Method, _ string, operation PatchOperation) error {
			// AWS ignores it where the type knows no authorizer.
			if needsAuthorizer(m.AuthorizationType) {
				m.AuthorizerID = operation.Value
			}
			return nil
		}},
		replacement("/operationName", func(m *Method) *string { return &m.OperationName }),
		replacement("/requestValidatorId", func(m *Method) *string { return &m.RequestValidatorID }),
		toggle("/apiKeyRequired", func(m *Method) *bool { return &m.APIKeyRequired }),
		entries("/requestParameters/*", isTrue, parameterMissing, func(m *Method) *map[string]bool { return &m.RequestParameters }),
		entries("/requestModels/*", asIs, contentTypeMissing, func(m *Method) *map[string]string { return &m.RequestModels }),
		{"/authorizationScopes", []string{opAdd, opRemove}, func(m *Method, _ string, operation PatchOperation) error {
			changeSet(&m.AuthorizationScopes, operation.Value, operation)
			return nil
		}},
	},
}

// PatchMethod carries operations out on a method.
func PatchMethod(m Method, operations []PatchOperation) (Method, error) {
	m.RequestParameters, m.RequestModels = own(m.RequestParameters), own(m.RequestModels)
	m.AuthorizationScopes = slices.Clone(m.AuthorizationScopes)
	m, err := methodPatches.patch(m, operations)
	if err != nil {
		return Method{}, err
	}
	return m, m.Check()
}

// methodResponsePatches are the paths of a method response.
var methodResponsePatches = patcher[MethodResponse]{
	refused: badPath,
	rules: []patchRule[MethodResponse]{
		entries("/responseParameters/*", isTrue, parameterMissing, func(r *MethodResponse) *map[string]bool { return &r.ResponseParameters }),
		entries("/responseModels/*", asIs, contentTypeMissing, func(r *MethodResponse) *map[string]string { return &r.ResponseModels }),
	},
}

// PatchMethodResponse carries operations out on a method response.
func PatchMethodResponse(r MethodResponse, operations []PatchOperation) (MethodResponse, error) {
	r.ResponseParameters, r.ResponseModels = own(r.ResponseParameters), own(r.ResponseModels)
	return methodResponsePatches.patch(r, operations)
}

// integrationPatches are the paths of an integration.
var integrationPatches = patcher[Integration]{
	refused: badPathOrOp,
	rules: []patchRule[Integration]{
		replacement("/httpMethod", func(i *Integration) *string { return &i.HTTPMethod }),
		replacement("/uri", func(i *Integration) *string { return &i.URI }),
		replacement("/connectionId", func(i *Integration) *string { return &i.ConnectionID }),
		replacement("/credentials", func(i *Integration) *string { return &i.Credentials }),
		replacement("/cacheNamespace", func(i *Integration) *string { return &i.CacheNamespace }),
		replacement("/integrationTarget", func(i *Integration) *string { return &i.IntegrationTarget }),
		oneOf("/type", integrationTypes, func(i *Integration) *string { return &i.Type }),
		oneOf("/connectionType", connectionTypes, func(i *Integration) *string { return &i.ConnectionType }),
		oneOf("/contentHandling", contentHandlings, func(i *Integration) *string { return &i.ContentHandling }),
		oneOf("/passthroughBehavior", passthroughBehaviors, func(i *Integration) *string { return &i.PassthroughBehavior }),
		oneOf("/responseTransferMode", responseTransferModes, func(i *Integration) *string { return &i.ResponseTransferMode }),
		{"/timeoutInMillis", []string{opReplace}, func(i *Integration, _ string, operation PatchOperation) error {
			timeout, err := strconv.Atoi(operation.Value)
			if err != nil {
				return badTimeout()
			}
			i.TimeoutInMillis = timeout
			return nil
		}},
		toggle("/tlsConfig/insecureSkipVerification", func(i *Integration) *bool { return &i.TLSConfig.InsecureSkipVerification }),
		entries("/requestParameters/*", asIs, parameterMissing, func(i *Integration) *map[string]string { return &i.RequestParameters }),
		entries("/requestTemplates/*", asIs, contentTypeMissing, func(i *Integration) *map[string]string { return &i.RequestTemplates }),
		{"/cacheKeyParameters/*", []string{opAdd, opReplace, opRemove}, func(i *Integration, key string, operation PatchOperation) error {
			changeSet((*[]string)(&i.CacheKeyParameters), key, operation)
			return nil
		}},
	},
}

// PatchIntegration carries operations out on an integration.
func PatchIntegration(i Integration, operations []PatchOperation) (Integration, error) {
	i.RequestParameters, i.RequestTemplates = own(i.RequestParameters), own(i.RequestTemplates)
	i.CacheKeyParameters = slices.Clone(i.CacheKeyParameters)
	before, config := i.TLSConfig, TLSConfig{}
	if before != nil {
		config = *before
	}
	i.TLSConfig = &config
	i, err := integrationPatches.patch(i, operations)
	if err != nil {
		return Integration{}, err
	}
	if before == nil && !config.InsecureSkipVerification {
		i.TLSConfig = nil
	}
	return i, i.Check()
}

// integrationResponsePatches are the paths of an integration response.
var integrationResponsePatches = patcher[IntegrationResponse]{
	refused: badPathOrOp,
	rules: []patchRule[IntegrationResponse]{
		{"/selectionPattern", []string{opReplace}, func(r *IntegrationResponse, _ string, operation PatchOperation) error {
			r.SelectionPattern = &operation.Value
			return nil
		}},
		oneOf("/contentHandling", contentHandlings, func(r *IntegrationResponse) *string { return &r.ContentHandling }),
		entries("/responseParameters/*", asIs, parameterMissing, func(r *IntegrationResponse) *map[string]string { return &r.ResponseParameters }),
		entries("/responseTemplates/*", asIs, contentTypeMissing, func(r *IntegrationResponse) *ResponseTemplates { return &r.ResponseTemplates }),
	},
}

// PatchIntegrationResponse carries operations out on an integration response.
func PatchIntegrationResponse(r IntegrationResponse, operations []PatchOperation) (IntegrationResponse, error) {
	r.ResponseParameters, r.ResponseTemplates = own(r.ResponseParameters), own(r.ResponseTemplates)
	r, err := integrationResponsePatches.patch(r, operations)
	if err != nil {
		return IntegrationResponse{}, err
	}
	return r, r.Check()
}

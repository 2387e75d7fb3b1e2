// SPDX-License-Identifier: Apache-2.0

package apigateway

// gatewayResponsePatches are the paths of a gateway response. AWS refuses to add or remove the status: a PUT without one, or a DELETE,
// takes it back.
var gatewayResponsePatches = patcher[GatewayResponse]{
	refused: badPath,
	rules: []patchRule[GatewayResponse]{
		{"/statusCode", []string{opReplace}, func(r *GatewayResponse, _ string, operation PatchOperation) error {
			if !isStatusCode(operation.Value) {
				v := violations{input: "updateGatewayResponseInput"}
				v.statusCode(v.body("statusCode"), operation.Value)
				return v.err()
			}
			r.StatusCode = operation.Value
			return nil
		}},
		{"/responseParameters/*", []string{opAdd, opReplace, opRemove}, func(r *GatewayResponse, key string, operation PatchOperation) error {
			if operation.Op != opRemove && operation.Value == "" {
				return BadRequest("Invalid null or empty value in responseParameters")
			}
			return changeMap(&r.ResponseParameters, key, operation.Op, operation.Value, parameterMissing())
		}},
		{"/responseTemplates/*", []string{opAdd, opReplace, opRemove}, func(r *GatewayResponse, key string, operation PatchOperation) error {
			if operation.Op != opRemove && operation.Value == "" {
				return BadRequest("Invalid null or empty value in responseTemplates")
			}
			return changeMap(&r.ResponseTemplates, key, operation.Op, operation.Value, contentTypeMissing())
		}},
	},
}

// PatchGatewayResponse carries operations out on a gateway response: the one that the API has, or Uncustomised.
func PatchGatewayResponse(r GatewayResponse, operations []PatchOperation) (GatewayResponse, error) {
	r.ResponseParameters, r.ResponseTemplates = own(r.ResponseParameters), own(r.ResponseTemplates)
	if len(r.ResponseTemplates) == 0 {
		r.ResponseTemplates = defaultTemplates()
	}
	r, err := gatewayResponsePatches.patch(r, operations)
	if err != nil {
		return GatewayResponse{}, err
	}
	if err := checkMappings(r.ResponseParameters); err != nil {
		return GatewayResponse{}, err
	}
	r.DefaultResponse = false
	return r, checkContentTypes(r.ResponseTemplates)
}

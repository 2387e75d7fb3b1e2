// SPDX-License-Identifier: Apache-2.0

package apigateway

// Method is AWS's shape Method.
type Method struct {
	HTTPMethod          string                    `json:"httpMethod,omitzero"`
	AuthorizationType   string                    `json:"authorizationType,omitzero"`
	AuthorizerID        string                    `json:"authorizerId,omitzero"`
	APIKeyRequired      bool                      `json:"apiKeyRequired"`
	RequestValidatorID  string                    `json:"requestValidatorId,omitzero"`
	OperationName       string                    `json:"operationName,omitzero"`
	RequestParameters   map[string]bool           `json:"requestParameters,omitzero"`
	RequestModels       map[string]string         `json:"requestModels,omitzero"`
	MethodResponses     map[string]MethodResponse `json:"methodResponses,omitzero"`
	MethodIntegration   *Integration              `json:"methodIntegration,omitzero"`
	AuthorizationScopes []string                  `json:"authorizationScopes,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// MarshalJSON writes {} for a method of which only the name is shown.
func (m Method) MarshalJSON() ([]byte, error) {
	if m.HTTPMethod == "" {
		return []byte("{}"), nil
	}
	type shape Method
	return marshal(shape(m))
}

// PutMethodInput is what PutMethod takes.
type PutMethodInput struct {
	RestAPIID           string            `uri:"restapi_id" json:"-"`
	ResourceID          string            `uri:"resource_id" json:"-"`
	HTTPMethod          string            `uri:"http_method" json:"-"`
	AuthorizationType   *string           `json:"authorizationType,omitzero"`
	AuthorizerID        *string           `json:"authorizerId,omitzero"`
	APIKeyRequired      *bool             `json:"apiKeyRequired,omitzero"`
	OperationName       *string           `json:"operationName,omitzero"`
	RequestParameters   map[string]bool   `json:"requestParameters,omitzero"`
	RequestModels       map[string]string `json:"requestModels,omitzero"`
	RequestValidatorID  *string           `json:"requestValidatorId,omitzero"`
	AuthorizationScopes []string          `json:"authorizationScopes,omitzero"`
}

// GetMethodInput is what GetMethod takes.
type GetMethodInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
}

// UpdateMethodInput is what UpdateMethod takes.
type UpdateMethodInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResourceID      string           `uri:"resource_id" json:"-"`
	HTTPMethod      string           `uri:"http_method" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteMethodInput is what DeleteMethod takes.
type DeleteMethodInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
}

// MethodResponse is AWS's shape MethodResponse.
type MethodResponse struct {
	StatusCode         string            `json:"statusCode,omitzero"`
	ResponseParameters map[string]bool   `json:"responseParameters,omitzero"`
	ResponseModels     map[string]string `json:"responseModels,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// PutMethodResponseInput is what PutMethodResponse takes.
type PutMethodResponseInput struct {
	RestAPIID          string            `uri:"restapi_id" json:"-"`
	ResourceID         string            `uri:"resource_id" json:"-"`
	HTTPMethod         string            `uri:"http_method" json:"-"`
	StatusCode         string            `uri:"status_code" json:"-"`
	ResponseParameters map[string]bool   `json:"responseParameters,omitzero"`
	ResponseModels     map[string]string `json:"responseModels,omitzero"`
}

// GetMethodResponseInput is what GetMethodResponse takes.
type GetMethodResponseInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
	StatusCode string `uri:"status_code" json:"-"`
}

// UpdateMethodResponseInput is what UpdateMethodResponse takes.
type UpdateMethodResponseInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResourceID      string           `uri:"resource_id" json:"-"`
	HTTPMethod      string           `uri:"http_method" json:"-"`
	StatusCode      string           `uri:"status_code" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteMethodResponseInput is what DeleteMethodResponse takes.
type DeleteMethodResponseInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
	StatusCode string `uri:"status_code" json:"-"`
}

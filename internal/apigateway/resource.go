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
}

// Method is AWS's shape Method.
type Method struct {
	HTTPMethod          string                    `json:"httpMethod,omitzero"`
	AuthorizationType   string                    `json:"authorizationType,omitzero"`
	AuthorizerID        string                    `json:"authorizerId,omitzero"`
	APIKeyRequired      bool                      `json:"apiKeyRequired,omitzero"`
	RequestValidatorID  string                    `json:"requestValidatorId,omitzero"`
	OperationName       string                    `json:"operationName,omitzero"`
	RequestParameters   map[string]bool           `json:"requestParameters,omitzero"`
	RequestModels       map[string]string         `json:"requestModels,omitzero"`
	MethodResponses     map[string]MethodResponse `json:"methodResponses,omitzero"`
	MethodIntegration   *Integration              `json:"methodIntegration,omitzero"`
	AuthorizationScopes []string                  `json:"authorizationScopes,omitzero"`
}

// MethodResponse is AWS's shape MethodResponse.
type MethodResponse struct {
	StatusCode         string            `json:"statusCode,omitzero"`
	ResponseParameters map[string]bool   `json:"responseParameters,omitzero"`
	ResponseModels     map[string]string `json:"responseModels,omitzero"`
}

// Integration is AWS's shape Integration.
type Integration struct {
	Type                 string                         `json:"type,omitzero"`
	HTTPMethod           string                         `json:"httpMethod,omitzero"`
	URI                  string                         `json:"uri,omitzero"`
	ConnectionType       string                         `json:"connectionType,omitzero"`
	ConnectionID         string                         `json:"connectionId,omitzero"`
	Credentials          string                         `json:"credentials,omitzero"`
	RequestParameters    map[string]string              `json:"requestParameters,omitzero"`
	RequestTemplates     map[string]string              `json:"requestTemplates,omitzero"`
	PassthroughBehavior  string                         `json:"passthroughBehavior,omitzero"`
	ContentHandling      string                         `json:"contentHandling,omitzero"`
	TimeoutInMillis      int                            `json:"timeoutInMillis,omitzero"`
	CacheNamespace       string                         `json:"cacheNamespace,omitzero"`
	CacheKeyParameters   []string                       `json:"cacheKeyParameters,omitzero"`
	IntegrationResponses map[string]IntegrationResponse `json:"integrationResponses,omitzero"`
	TLSConfig            *TLSConfig                     `json:"tlsConfig,omitzero"`
	ResponseTransferMode string                         `json:"responseTransferMode,omitzero"`
	IntegrationTarget    string                         `json:"integrationTarget,omitzero"`
}

// IntegrationResponse is AWS's shape IntegrationResponse.
type IntegrationResponse struct {
	StatusCode         string            `json:"statusCode,omitzero"`
	SelectionPattern   string            `json:"selectionPattern,omitzero"`
	ResponseParameters map[string]string `json:"responseParameters,omitzero"`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitzero"`
	ContentHandling    string            `json:"contentHandling,omitzero"`
}

// TLSConfig is AWS's shape TlsConfig.
type TLSConfig struct {
	InsecureSkipVerification bool `json:"insecureSkipVerification,omitzero"`
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
	Position string     `json:"position,omitzero"`
	Items    []Resource `json:"item,omitzero"`
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

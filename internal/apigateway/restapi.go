// SPDX-License-Identifier: Apache-2.0

package apigateway

// CreateRestAPIInput is what CreateRestApi takes.
type CreateRestAPIInput struct {
	Name                      *string                `json:"name,omitzero"`
	Description               *string                `json:"description,omitzero"`
	Version                   *string                `json:"version,omitzero"`
	CloneFrom                 *string                `json:"cloneFrom,omitzero"`
	BinaryMediaTypes          []string               `json:"binaryMediaTypes,omitzero"`
	MinimumCompressionSize    *int                   `json:"minimumCompressionSize,omitzero"`
	APIKeySource              *string                `json:"apiKeySource,omitzero"`
	EndpointConfiguration     *EndpointConfiguration `json:"endpointConfiguration,omitzero"`
	Policy                    *string                `json:"policy,omitzero"`
	Tags                      map[string]string      `json:"tags,omitzero"`
	DisableExecuteAPIEndpoint *bool                  `json:"disableExecuteApiEndpoint,omitzero"`
	SecurityPolicy            *string                `json:"securityPolicy,omitzero"`
	EndpointAccessMode        *string                `json:"endpointAccessMode,omitzero"`
}

// EndpointConfiguration is AWS's shape EndpointConfiguration.
type EndpointConfiguration struct {
	Types          []string `json:"types,omitzero"`
	IPAddressType  string   `json:"ipAddressType,omitzero"`
	VPCEndpointIDs []string `json:"vpcEndpointIds,omitzero"`
}

// RestAPI is AWS's shape RestApi.
type RestAPI struct {
	ID                        string                 `json:"id,omitzero"`
	Name                      string                 `json:"name,omitzero"`
	Description               string                 `json:"description,omitzero"`
	CreatedDate               Time                   `json:"createdDate,omitzero"`
	Version                   string                 `json:"version,omitzero"`
	Warnings                  []string               `json:"warnings,omitzero"`
	BinaryMediaTypes          []string               `json:"binaryMediaTypes,omitzero"`
	MinimumCompressionSize    *int                   `json:"minimumCompressionSize,omitzero"`
	APIKeySource              string                 `json:"apiKeySource,omitzero"`
	EndpointConfiguration     *EndpointConfiguration `json:"endpointConfiguration,omitzero"`
	Policy                    string                 `json:"policy,omitzero"`
	Tags                      map[string]string      `json:"tags,omitzero"`
	DisableExecuteAPIEndpoint bool                   `json:"disableExecuteApiEndpoint"`
	RootResourceID            string                 `json:"rootResourceId,omitzero"`
	SecurityPolicy            string                 `json:"securityPolicy,omitzero"`
	EndpointAccessMode        string                 `json:"endpointAccessMode,omitzero"`
	APIStatus                 string                 `json:"apiStatus,omitzero"`
	APIStatusMessage          string                 `json:"apiStatusMessage,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// GetRestAPIInput is what GetRestApi takes.
type GetRestAPIInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
}

// GetRestAPIsInput is what GetRestApis takes.
type GetRestAPIsInput struct {
	Position string `query:"position" json:"-"`
	Limit    int    `query:"limit" json:"-"`
}

// RestAPIs is AWS's shape RestApis.
type RestAPIs struct {
	Position string        `json:"position,omitzero"`
	Items    List[RestAPI] `json:"item"`
}

// UpdateRestAPIInput is what UpdateRestApi takes.
type UpdateRestAPIInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// PatchOperation is AWS's shape PatchOperation.
type PatchOperation struct {
	Op    string `json:"op,omitzero"`
	Path  string `json:"path,omitzero"`
	Value string `json:"value,omitzero"`
	From  string `json:"from,omitzero"`
}

// DeleteRestAPIInput is what DeleteRestApi takes.
type DeleteRestAPIInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
}

// ImportRestAPIInput is what ImportRestApi takes.
type ImportRestAPIInput struct {
	FailOnWarnings bool              `query:"failonwarnings" json:"-"`
	Parameters     map[string]string `query:"parameters" json:"-"`
	Body           []byte            `json:"-"`
}

// PutRestAPIInput is what PutRestApi takes.
type PutRestAPIInput struct {
	RestAPIID      string            `uri:"restapi_id" json:"-"`
	Mode           string            `query:"mode" json:"-"`
	FailOnWarnings bool              `query:"failonwarnings" json:"-"`
	Parameters     map[string]string `query:"parameters" json:"-"`
	Body           []byte            `json:"-"`
}

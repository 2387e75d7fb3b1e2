// SPDX-License-Identifier: Apache-2.0

package apigateway

// GetGatewayResponseInput is what GetGatewayResponse takes.
type GetGatewayResponseInput struct {
	RestAPIID    string `uri:"restapi_id" json:"-"`
	ResponseType string `uri:"response_type" json:"-"`
}

// GatewayResponse is AWS's shape GatewayResponse.
type GatewayResponse struct {
	ResponseType       string      `json:"responseType,omitzero"`
	StatusCode         string      `json:"statusCode,omitzero"`
	ResponseParameters Map[string] `json:"responseParameters"`
	ResponseTemplates  Map[string] `json:"responseTemplates"`
	DefaultResponse    bool        `json:"defaultResponse"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// GetGatewayResponsesInput is what GetGatewayResponses takes.
type GetGatewayResponsesInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
	Position  string `query:"position" json:"-"`
	Limit     int    `query:"limit" json:"-"`
}

// GatewayResponses is AWS's shape GatewayResponses.
type GatewayResponses struct {
	Position string                `json:"position,omitzero"`
	Items    List[GatewayResponse] `json:"item"`
}

// PutGatewayResponseInput is what PutGatewayResponse takes.
type PutGatewayResponseInput struct {
	RestAPIID          string            `uri:"restapi_id" json:"-"`
	ResponseType       string            `uri:"response_type" json:"-"`
	StatusCode         *string           `json:"statusCode,omitzero"`
	ResponseParameters map[string]string `json:"responseParameters,omitzero"`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitzero"`
}

// UpdateGatewayResponseInput is what UpdateGatewayResponse takes.
type UpdateGatewayResponseInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResponseType    string           `uri:"response_type" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteGatewayResponseInput is what DeleteGatewayResponse takes.
type DeleteGatewayResponseInput struct {
	RestAPIID    string `uri:"restapi_id" json:"-"`
	ResponseType string `uri:"response_type" json:"-"`
}

// SPDX-License-Identifier: Apache-2.0

package apigateway

import "strings"

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
	CacheKeyParameters   List[string]                   `json:"cacheKeyParameters"`
	IntegrationResponses map[string]IntegrationResponse `json:"integrationResponses,omitzero"`
	TLSConfig            *TLSConfig                     `json:"tlsConfig,omitzero"`
	ResponseTransferMode string                         `json:"responseTransferMode,omitzero"`
	IntegrationTarget    string                         `json:"integrationTarget,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// TLSConfig is AWS's shape TlsConfig.
type TLSConfig struct {
	InsecureSkipVerification bool `json:"insecureSkipVerification,omitzero"`
}

// PutIntegrationInput is what PutIntegration takes.
type PutIntegrationInput struct {
	RestAPIID             string            `uri:"restapi_id" json:"-"`
	ResourceID            string            `uri:"resource_id" json:"-"`
	HTTPMethod            string            `uri:"http_method" json:"-"`
	Type                  *string           `json:"type,omitzero"`
	IntegrationHTTPMethod *string           `json:"httpMethod,omitzero"`
	URI                   *string           `json:"uri,omitzero"`
	ConnectionType        *string           `json:"connectionType,omitzero"`
	ConnectionID          *string           `json:"connectionId,omitzero"`
	Credentials           *string           `json:"credentials,omitzero"`
	RequestParameters     map[string]string `json:"requestParameters,omitzero"`
	RequestTemplates      map[string]string `json:"requestTemplates,omitzero"`
	PassthroughBehavior   *string           `json:"passthroughBehavior,omitzero"`
	CacheNamespace        *string           `json:"cacheNamespace,omitzero"`
	CacheKeyParameters    []string          `json:"cacheKeyParameters,omitzero"`
	ContentHandling       *string           `json:"contentHandling,omitzero"`
	TimeoutInMillis       *int              `json:"timeoutInMillis,omitzero"`
	TLSConfig             *TLSConfig        `json:"tlsConfig,omitzero"`
	ResponseTransferMode  *string           `json:"responseTransferMode,omitzero"`
	IntegrationTarget     *string           `json:"integrationTarget,omitzero"`
}

// GetIntegrationInput is what GetIntegration takes.
type GetIntegrationInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
}

// UpdateIntegrationInput is what UpdateIntegration takes.
type UpdateIntegrationInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResourceID      string           `uri:"resource_id" json:"-"`
	HTTPMethod      string           `uri:"http_method" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteIntegrationInput is what DeleteIntegration takes.
type DeleteIntegrationInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
}

// IntegrationResponse is AWS's shape IntegrationResponse.
type IntegrationResponse struct {
	StatusCode         string            `json:"statusCode,omitzero"`
	SelectionPattern   *string           `json:"selectionPattern,omitzero"`
	ResponseParameters map[string]string `json:"responseParameters,omitzero"`
	ResponseTemplates  ResponseTemplates `json:"responseTemplates,omitzero"`
	ContentHandling    string            `json:"contentHandling,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
}

// PutIntegrationResponseInput is what PutIntegrationResponse takes.
type PutIntegrationResponseInput struct {
	RestAPIID          string            `uri:"restapi_id" json:"-"`
	ResourceID         string            `uri:"resource_id" json:"-"`
	HTTPMethod         string            `uri:"http_method" json:"-"`
	StatusCode         string            `uri:"status_code" json:"-"`
	SelectionPattern   *string           `json:"selectionPattern,omitzero"`
	ResponseParameters map[string]string `json:"responseParameters,omitzero"`
	ResponseTemplates  map[string]string `json:"responseTemplates,omitzero"`
	ContentHandling    *string           `json:"contentHandling,omitzero"`
}

// GetIntegrationResponseInput is what GetIntegrationResponse takes.
type GetIntegrationResponseInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
	StatusCode string `uri:"status_code" json:"-"`
}

// UpdateIntegrationResponseInput is what UpdateIntegrationResponse takes.
type UpdateIntegrationResponseInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	ResourceID      string           `uri:"resource_id" json:"-"`
	HTTPMethod      string           `uri:"http_method" json:"-"`
	StatusCode      string           `uri:"status_code" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteIntegrationResponseInput is what DeleteIntegrationResponse takes.
type DeleteIntegrationResponseInput struct {
	RestAPIID  string `uri:"restapi_id" json:"-"`
	ResourceID string `uri:"resource_id" json:"-"`
	HTTPMethod string `uri:"http_method" json:"-"`
	StatusCode string `uri:"status_code" json:"-"`
}

// NewIntegration is the integration that an input describes, with AWS's defaults.
func NewIntegration(in PutIntegrationInput) Integration {
	made := Integration{
		Type:                 text(in.Type, ""),
		HTTPMethod:           text(in.IntegrationHTTPMethod, ""),
		URI:                  text(in.URI, ""),
		ConnectionType:       text(in.ConnectionType, ""),
		ConnectionID:         text(in.ConnectionID, ""),
		Credentials:          text(in.Credentials, ""),
		RequestParameters:    in.RequestParameters,
		RequestTemplates:     in.RequestTemplates,
		PassthroughBehavior:  text(in.PassthroughBehavior, ""),
		ContentHandling:      text(in.ContentHandling, ""),
		CacheNamespace:       text(in.CacheNamespace, ""),
		CacheKeyParameters:   in.CacheKeyParameters,
		TLSConfig:            in.TLSConfig,
		ResponseTransferMode: text(in.ResponseTransferMode, ""),
		IntegrationTarget:    text(in.IntegrationTarget, ""),
	}
	made = made.WithDefaults(in.ResourceID)
	if in.TimeoutInMillis != nil {
		made.TimeoutInMillis = *in.TimeoutInMillis
	}
	return made
}

// WithDefaults is the integration of a method of a resource with AWS's defaults where it says nothing.
func (i Integration) WithDefaults(resourceID string) Integration {
	i.PassthroughBehavior = text(&i.PassthroughBehavior, "WHEN_NO_MATCH")
	i.CacheNamespace = text(&i.CacheNamespace, resourceID)
	if i.TimeoutInMillis == 0 {
		i.TimeoutInMillis = defaultTimeout
	}
	if i.ConnectionType == "" && strings.HasPrefix(i.Type, "HTTP") {
		i.ConnectionType = "INTERNET"
	}
	return i
}

// text is what a member says, or a default where it is not there or empty.
func text(member *string, otherwise string) string {
	if member == nil || *member == "" {
		return otherwise
	}
	return *member
}

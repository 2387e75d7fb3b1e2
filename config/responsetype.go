// SPDX-License-Identifier: Apache-2.0

package config

// ResponseType is a gateway response type, named as AWS API Gateway names it.
type ResponseType string

// The gateway response types of AWS API Gateway (REST APIs).
const (
	AccessDenied                 ResponseType = "ACCESS_DENIED"
	APIConfigurationError        ResponseType = "API_CONFIGURATION_ERROR"
	AuthorizerConfigurationError ResponseType = "AUTHORIZER_CONFIGURATION_ERROR"
	AuthorizerFailure            ResponseType = "AUTHORIZER_FAILURE"
	BadRequestBody               ResponseType = "BAD_REQUEST_BODY"
	BadRequestParameters         ResponseType = "BAD_REQUEST_PARAMETERS"
	Default4XX                   ResponseType = "DEFAULT_4XX"
	Default5XX                   ResponseType = "DEFAULT_5XX"
	ExpiredToken                 ResponseType = "EXPIRED_TOKEN"
	IntegrationFailure           ResponseType = "INTEGRATION_FAILURE"
	IntegrationTimeout           ResponseType = "INTEGRATION_TIMEOUT"
	InvalidAPIKey                ResponseType = "INVALID_API_KEY"
	InvalidSignature             ResponseType = "INVALID_SIGNATURE"
	MissingAuthenticationToken   ResponseType = "MISSING_AUTHENTICATION_TOKEN"
	QuotaExceeded                ResponseType = "QUOTA_EXCEEDED"
	RequestTooLarge              ResponseType = "REQUEST_TOO_LARGE"
	ResourceNotFound             ResponseType = "RESOURCE_NOT_FOUND"
	Throttled                    ResponseType = "THROTTLED"
	Unauthorized                 ResponseType = "UNAUTHORIZED"
	UnsupportedMediaType         ResponseType = "UNSUPPORTED_MEDIA_TYPE"
	WAFFiltered                  ResponseType = "WAF_FILTERED"
)

// defaultStatuses is the status AWS gives each type; 0 for the two families, which keep the status of the error.
// Its order is the alphabet's, the order in which AWS lists the types.
var defaultStatuses = []struct {
	Type   ResponseType
	Status int
}{
	{AccessDenied, 403},
	{APIConfigurationError, 500},
	{AuthorizerConfigurationError, 500},
	{AuthorizerFailure, 500},
	{BadRequestBody, 400},
	{BadRequestParameters, 400},
	{Default4XX, 0},
	{Default5XX, 0},
	{ExpiredToken, 403},
	{IntegrationFailure, 504},
	{IntegrationTimeout, 504},
	{InvalidAPIKey, 403},
	{InvalidSignature, 403},
	{MissingAuthenticationToken, 403},
	{QuotaExceeded, 429},
	{RequestTooLarge, 413},
	{ResourceNotFound, 404},
	{Throttled, 429},
	{Unauthorized, 401},
	{UnsupportedMediaType, 415},
	{WAFFiltered, 403},
}

// ResponseTypes lists the 21 types in alphabetical order.
func ResponseTypes() []ResponseType {
	types := make([]ResponseType, len(defaultStatuses))
	for i, row := range defaultStatuses {
		types[i] = row.Type
	}
	return types
}

// PluralAlias is how old AWS documentation spells UNSUPPORTED_MEDIA_TYPE.
const PluralAlias = "UNSUPPORTED_MEDIA_TYPES"

// ParseResponseType finds the type of AWS called name, which may be the plural alias.
func ParseResponseType(name string) (ResponseType, bool) {
	if name == PluralAlias {
		return UnsupportedMediaType, true
	}
	t := ResponseType(name)
	for _, row := range defaultStatuses {
		if row.Type == t {
			return t, true
		}
	}
	return "", false
}

// DefaultStatus is the status that AWS gives a reply of type t, 0 for DEFAULT_4XX and DEFAULT_5XX, which have none.
func (t ResponseType) DefaultStatus() int {
	for _, row := range defaultStatuses {
		if row.Type == t {
			return row.Status
		}
	}
	return 0
}

// Family is the DEFAULT_* type that AWS falls back to from t.
func (t ResponseType) Family() ResponseType {
	if t == Default5XX {
		return Default5XX
	}
	return FamilyOf(t.DefaultStatus())
}

// FamilyOf is the DEFAULT_* type of a status: DEFAULT_5XX from 500 on, DEFAULT_4XX below.
func FamilyOf(status int) ResponseType {
	if status >= 500 {
		return Default5XX
	}
	return Default4XX
}

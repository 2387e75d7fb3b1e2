// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"

	"gatewayresponses/config"
)

// wording is how AWS words the uncustomised reply of a type.
type wording struct {
	responseType config.ResponseType
	// message is AWS's text; "" where AWS has none and the reason phrase of the status stands in.
	message string
	// null reports that AWS sends a JSON null for the message.
	null bool
	// errorType is the value of x-amzn-ErrorType.
	errorType string
	// key is the member of the built-in body that holds the message.
	key string
	// space stands after the colon of the built-in body.
	space string
	// body is the built-in body with message, nil without one.
	body []byte
}

// wordings are AWS's texts by type. AWS has two formatters, hence the space: what fails before the method is executed is
// compact, what validation and integration report has a space after the colon; a denial writes "Message".
var wordings = [...]wording{
	{responseType: config.AccessDenied, message: "User is not authorized to access this resource", errorType: "AccessDeniedException", key: "Message"},
	{responseType: config.APIConfigurationError, message: internalError, errorType: "InternalServerErrorException", space: " "},
	{responseType: config.AuthorizerConfigurationError, null: true, errorType: "AuthorizerConfigurationException"},
	{responseType: config.AuthorizerFailure, null: true, errorType: "AuthorizerFailureException"},
	{responseType: config.BadRequestBody, message: "Invalid request body", errorType: "BadRequestException", space: " "},
	{responseType: config.BadRequestParameters, errorType: "BadRequestException", space: " "},
	{responseType: config.Default4XX, errorType: "BadRequestException"},
	{responseType: config.Default5XX, message: internalError, errorType: "InternalServerErrorException", space: " "},
	{responseType: config.ExpiredToken, message: "The security token included in the request is expired", errorType: "ExpiredTokenException"},
	{responseType: config.IntegrationFailure, message: "Network error communicating with endpoint", errorType: "InternalServerErrorException", space: " "},
	{responseType: config.IntegrationTimeout, message: "Endpoint request timed out", errorType: "InternalServerErrorException", space: " "},
	{responseType: config.InvalidAPIKey, message: "Forbidden", errorType: "ForbiddenException"},
	{responseType: config.InvalidSignature, message: "The request signature we calculated does not match the signature you provided.", errorType: "InvalidSignatureException"},
	{responseType: config.MissingAuthenticationToken, message: "Missing Authentication Token", errorType: "MissingAuthenticationTokenException"},
	{responseType: config.QuotaExceeded, message: "Limit Exceeded", errorType: "LimitExceededException"},
	{responseType: config.RequestTooLarge, message: "Content Too Large", errorType: "RequestTooLargeException"},
	{responseType: config.ResourceNotFound, message: "Not Found", errorType: "NotFoundException"},
	{responseType: config.Throttled, message: "Too Many Requests", errorType: "TooManyRequestsException"},
	{responseType: config.Unauthorized, message: "Unauthorized", errorType: "UnauthorizedException"},
	{responseType: config.UnsupportedMediaType, message: "Unsupported Media Type", errorType: "BadRequestException"},
	{responseType: config.WAFFiltered, message: "Forbidden", errorType: "ForbiddenException"},
}

// init writes the bodies that do not depend on the reply.
func init() {
	for i := range wordings {
		if w := &wordings[i]; w.message != "" {
			w.body = slices.Clip(builtInBody(w, w.message, true))
		}
	}
}

const internalError = "Internal server error"

// wordingOf finds the texts of a type.
func wordingOf(t config.ResponseType) *wording {
	for i := range wordings {
		if w := &wordings[i]; w.responseType == t {
			return w
		}
	}
	return &wording{}
}

// message is .error.message for a reply of type t whose own status is given, and whether there is one: AWS has
// none for a failed authorizer. A null would be of no use to those who do not emulate AWS; they get the reason phrase.
func (s *scope) message(t config.ResponseType, status int) (string, bool) {
	w := wordingOf(t)
	switch {
	case w.null && s.emulatesAWS():
		return "", false
	case w.message == "":
		return reasonPhrase(status), true
	default:
		return w.message, true
	}
}

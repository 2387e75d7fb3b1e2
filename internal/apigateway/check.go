// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// needsAuthorizer reports whether methods of an authorization type name an authorizer.
func needsAuthorizer(authorizationType string) bool {
	return slices.Contains([]string{"CUSTOM", "COGNITO_USER_POOLS"}, authorizationType)
}

// authorizationTypes are the ways in which AWS can authorize.
var authorizationTypes = []string{"NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"}

// Check says what AWS refuses of a method as a whole.
func (m Method) Check() error {
	switch {
	case !slices.Contains(authorizationTypes, m.AuthorizationType):
		return BadRequest("Invalid authorization type '%s'. Must be one of: [%s]", m.AuthorizationType, strings.Join(authorizationTypes, ", "))
	case needsAuthorizer(m.AuthorizationType) && m.AuthorizerID == "":
		return BadRequest("Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")
	}
	return checkRequestParameters(m.RequestParameters)
}

// The limits of an integration's timeout and its default, in milliseconds. The upper one is what AWS gives to those who ask for more
// than the default.
const (
	minTimeout     = 50
	maxTimeout     = 300000
	defaultTimeout = 29000
)

func badTimeout() error {
	return BadRequest("Timeout should be between %d ms and %d ms", minTimeout, maxTimeout)
}

// Check says what AWS refuses of an integration as a whole.
func (i Integration) Check() error {
	if i.TimeoutInMillis < minTimeout || i.TimeoutInMillis > maxTimeout {
		return badTimeout()
	}
	if i.Type == "MOCK" {
		return nil
	}
	if i.HTTPMethod == "" {
		return BadRequest("Enumeration value for HttpMethod must be non-empty")
	}
	if strings.HasPrefix(i.Type, "AWS") {
		return checkIntegrationARN(i)
	}
	if !isEndpoint(i.URI) {
		return BadRequest("Invalid HTTP endpoint specified for URI")
	}
	return nil
}

// checkIntegrationARN checks the URI of an integration with a service of AWS:
// arn:aws:apigateway:REGION:SERVICE:path/... or action/...
func checkIntegrationARN(i Integration) error {
	parts := strings.SplitN(i.URI, ":", 6)
	switch {
	case len(parts) != 6 || parts[0] != "arn":
		return BadRequest("Invalid ARN specified in the request")
	case !strings.HasPrefix(parts[5], "path/") && !strings.HasPrefix(parts[5], "action/"):
		return BadRequest("AWS ARN for integration must contain path or action")
	case i.Type == "AWS_PROXY" && parts[4] != "lambda" && parts[4] != "firehose":
		return BadRequest("Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.")
	}
	return nil
}

// isEndpoint reports whether a text can be the URI of an integration over HTTP. Its variables have values later.
func isEndpoint(uri string) bool {
	if strings.Contains(uri, "${") || strings.Contains(uri, "{") {
		return strings.HasPrefix(uri, "http") || strings.HasPrefix(uri, "${")
	}
	u, err := url.Parse(uri)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Check says what AWS refuses of an integration response as a whole.
func (r IntegrationResponse) Check() error { return checkContentTypes(r.ResponseTemplates) }

// AWS's quotas of stage variables, in characters but for the first.
const (
	maxVariables     = 100
	maxVariableName  = 64
	maxVariableValue = 512
)

// maxMethodSettings is how many methods of a stage may have settings: as many as an API with all methods on 125 resources has.
const maxMethodSettings = 1000

// Check says what AWS refuses of a stage as a whole, but for its deployments.
func (s Stage) Check() error {
	if err := checkVariables(s.Variables); err != nil {
		return err
	}
	if s.CanarySettings != nil {
		if err := checkVariables(s.CanarySettings.StageVariableOverrides); err != nil {
			return err
		}
	}
	if n := len(s.MethodSettings); n > maxMethodSettings {
		return OverLimit("A stage may have settings of %d methods, and this one would have %d", maxMethodSettings, n)
	}
	return nil
}

// checkVariables holds stage variables to AWS's quotas.
func checkVariables(variables map[string]string) error {
	if n := len(variables); n > maxVariables {
		return OverLimit("A stage may have %d variables, and this one would have %d", maxVariables, n)
	}
	for _, name := range slices.Sorted(maps.Keys(variables)) {
		if utf8.RuneCountInString(name) > maxVariableName {
			return BadRequest("Invalid stage variable name: %.*q... has more than %d characters", maxVariableName, name, maxVariableName)
		}
		if utf8.RuneCountInString(variables[name]) > maxVariableValue {
			return BadRequest("Invalid value of stage variable %s: it has more than %d characters", name, maxVariableValue)
		}
	}
	return nil
}

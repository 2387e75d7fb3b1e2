// SPDX-License-Identifier: Apache-2.0

package restapi

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
)

// Feature is something of AWS API Gateway that raises errors.
type Feature struct {
	name   string
	raises []raises
}

// raises is a type of error, and the filter of Envoy that must raise it here.
type raises struct {
	responseType config.ResponseType
	by           string
}

// What must raise errors here, where several features say the same.
const (
	byExtAuthz       = "ext_authz, with a service that decides as the authorizer does"
	byExtAuthzFailed = "ext_authz, when its service cannot be reached or fails"
	byJWT            = "jwt_authn, with the issuer and the key set of the authorizer"
	byJWTFetch       = "jwt_authn, when the key set cannot be fetched"
	byRouter         = "the router"
	byRBAC           = "rbac, with the policy's rules"
	noType           = config.ResponseType("")
)

// The features.
var (
	// EveryAPI is what every API raises.
	EveryAPI = Feature{"every REST API", []raises{
		{config.MissingAuthenticationToken, byRouter + ", for a request that no route is for; with emulate aws that is this type"},
		{config.RequestTooLarge, "buffer, with max_request_bytes; AWS's limit is 10 MB"},
	}}
	// Authorizer is a Lambda authorizer.
	Authorizer = Feature{"a Lambda authorizer", []raises{
		{config.Unauthorized, byExtAuthz + ", with status 401"},
		{config.AccessDenied, byExtAuthz + ", with status 403"},
		{config.AuthorizerFailure, byExtAuthzFailed},
		{config.AuthorizerConfigurationError, "ext_authz, when the reply of its service is invalid"},
	}}
	// UserPool is an authorizer of Cognito, or another one that reads tokens.
	UserPool = Feature{"an authorizer that verifies tokens (Cognito, JWT)", []raises{
		{config.Unauthorized, byJWT},
		{config.AuthorizerFailure, byJWTFetch},
	}}
	// IAM is access by signature.
	IAM = Feature{"authorization by IAM", []raises{
		{config.MissingAuthenticationToken, convert.Nothing + ": Envoy has no filter that verifies AWS signatures; ext_authz can ask a service that does"},
		{config.InvalidSignature, convert.Nothing + ": as above, and a rule or declared type names it"},
		{config.ExpiredToken, convert.Nothing + ": as above, and a rule or declared type names it"},
		{config.AccessDenied, convert.Nothing + ": as above; ext_authz with status 403"},
	}}
	// APIKey is a method that needs an API key.
	APIKey = Feature{"an API key is required", []raises{
		{config.InvalidAPIKey, "api_key_auth"},
	}}
	// Throttle is a limit on the rate of requests.
	Throttle = Feature{"a limit on the rate of requests", []raises{
		{config.Throttled, "local_ratelimit, or ratelimit with a service"},
	}}
	// Quota is a limit on the requests of a day, a week or a month.
	Quota = Feature{"a quota of a usage plan", []raises{
		{config.QuotaExceeded, "rate_limit_quota; or ratelimit with a service, and a rule or declared type that names it"},
	}}
	// BodyValidator checks bodies against models, ParameterValidator that parameters are there.
	BodyValidator = Feature{"a validator of request bodies", []raises{
		{config.BadRequestBody, convert.Nothing + ": Envoy has no validator of schemas; ext_proc can ask a service that has, and declares the type"},
	}}
	ParameterValidator = Feature{"a validator of request parameters", []raises{
		{config.BadRequestParameters, convert.Nothing + ": Envoy has no validator of parameters; ext_proc can ask a service that has, and declares the type"},
	}}
	// ContentType is a refusal of media types that no mapping is for.
	ContentType = Feature{"an integration that refuses media types (passthroughBehavior)", []raises{
		{config.UnsupportedMediaType, convert.Nothing + ": Envoy has no filter that checks media types"},
	}}
	// WAF is a web application firewall in front of the API.
	WAF = Feature{"a web ACL of AWS WAF", []raises{
		{config.WAFFiltered, "a firewall filter such as Coraza's (wasm), and a rule that names its 403"},
	}}
	// ResourcePolicy is who may call the API at all.
	ResourcePolicy = Feature{"a resource policy", []raises{
		{config.AccessDenied, byRBAC},
	}}
	// Domain is a domain of the owner's, MutualTLS one that wants certificates of clients.
	Domain = Feature{"a custom domain", []raises{
		{noType, byRouter + ", for a path that leads to no API: on AWS a plain 403 Forbidden, here the type of a request without a route"},
	}}
	MutualTLS = Feature{"mutual TLS", []raises{
		{noType, "the listener (require_client_certificate), which ends the connection without a reply; on AWS a plain 403 Forbidden"},
	}}
	// NoEndpoint is an API whose own host name is switched off.
	NoEndpoint = Feature{"the execute-api endpoint is disabled", []raises{
		{noType, byRouter + ", for a host that no virtual host is for; on AWS a plain 403 Forbidden"},
	}}
	// Integration is a service behind the API.
	Integration = Feature{"an integration", []raises{
		{config.IntegrationFailure, byRouter + ", when the upstream cannot be reached or breaks off"},
		{config.APIConfigurationError, byRouter + ", when the route's cluster does not exist"},
	}}
	// DefaultTimeout is an integration that says no timeout, OwnTimeout one that does.
	DefaultTimeout = Feature{"an integration that waits 29 s, AWS's default", []raises{
		{config.IntegrationTimeout, byRouter + ", with a timeout of 29s on the route; Envoy's default is 15s"},
	}}
	OwnTimeout = Feature{"an integration with a timeout of its own", []raises{
		{config.IntegrationTimeout, byRouter + ", with the same timeout on the route"},
	}}
)

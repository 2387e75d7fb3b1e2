// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"

	"gatewayresponses/e2e/envoytest"
)

// header is a request with one header.
func header(name, value string) envoytest.Request {
	return envoytest.Request{Headers: http.Header{name: {value}}}
}

// authRows are the replies of the other filters that let somebody in or not, and of those that limit rates.
var authRows = []provocation{
	{name: "rbac", details: "rbac_access_denied_matched_policy[<policy_id|none>]", filter: "rbac", envoy: "ACCESS_DENIED"},
	{name: "rbac-policy", details: "rbac_access_denied_matched_policy[<policy_id|none>]", filter: "rbac-policy", envoy: "ACCESS_DENIED"},
	{
		name: "rbac-route", details: "rbac_access_denied_matched_policy[<policy_id|none>]", filter: "rbac-none", envoy: "ACCESS_DENIED",
		perRoute: `{"@type": ` + envoytest.HTTPFilters + `rbac.v3.RBACPerRoute, rbac: {rules: {action: ALLOW}}}`,
	},
	{name: "authz-denied", details: "ext_authz_denied", filter: "authz-denied", envoy: "-"},
	// Without a body nobody has written anything.
	{name: "authz-401", details: "ext_authz_denied", filter: "authz-401", envoy: "UNAUTHORIZED"},
	{name: "authz-403", details: "ext_authz_denied", filter: "authz-403", envoy: "ACCESS_DENIED"},
	{name: "authz-429", details: "ext_authz_denied", filter: "authz-429", envoy: "THROTTLED"},
	{name: "authz-error", details: "ext_authz_error", filter: "authz-error", envoy: "AUTHORIZER_FAILURE"},
	{name: "authz-invalid", details: "ext_authz_invalid", filter: "authz-invalid", envoy: "AUTHORIZER_CONFIGURATION_ERROR"},
	{name: "rate-limited", details: "request_rate_limited", filter: "rate-limit", envoy: "THROTTLED"},
	{name: "rate-limiter-down", details: "rate_limiter_error", filter: "rate-limiter-down", envoy: "DEFAULT_5XX"},
	{name: "local-rate-limit", details: "local_rate_limited", filter: "local-rate-limit", tries: 2, envoy: "THROTTLED"},
	{name: "basic-none", details: "no_credential_for_basic_auth", filter: "basic", envoy: "MISSING_AUTHENTICATION_TOKEN", aws: "UNAUTHORIZED"},
	{
		name: "basic-scheme", details: "invalid_scheme_for_basic_auth", filter: "basic",
		request: header("Authorization", "Bearer x"), envoy: "UNAUTHORIZED",
	},
	{
		name: "basic-format", details: "invalid_format_for_basic_auth", filter: "basic",
		request: header("Authorization", "Basic eA=="), envoy: "UNAUTHORIZED",
	},
	{
		name: "basic-wrong", details: "invalid_credential_for_basic_auth", filter: "basic",
		request: header("Authorization", "Basic ZGVtbzp3cm9uZw=="), envoy: "UNAUTHORIZED",
	},
	{name: "key-none", details: "missing_api_key", filter: "api-key", envoy: "INVALID_API_KEY"},
	{
		name: "key-unkonwn", details: "unkonwn_api_key", filter: "api-key", until: 39,
		request: header("X-Api-Key", "other"), envoy: "INVALID_API_KEY",
	},
	{
		name: "key-unknown", details: "unknown_api_key", filter: "api-key", since: 40,
		request: header("X-Api-Key", "other"), envoy: "INVALID_API_KEY",
	},
	{
		name: "key-client", details: "client_not_allowed", filter: "api-key", request: header("X-Api-Key", "key"),
		perRoute: `{"@type": ` + envoytest.HTTPFilters + `api_key_auth.v3.ApiKeyAuthPerRoute, allowed_clients: [other]}`, envoy: "INVALID_API_KEY",
	},
	{name: "key-sources", details: "missing_key_sources", filter: "api-key-sources", envoy: "AUTHORIZER_CONFIGURATION_ERROR"},
	{
		name: "key-credentials", details: "missing_credentials", filter: "api-key-credentials",
		request: header("X-Api-Key", "key"), envoy: "AUTHORIZER_CONFIGURATION_ERROR",
	},
	{
		name: "csrf", details: "csrf_origin_mismatch", filter: "csrf", envoy: "ACCESS_DENIED",
		request: envoytest.Request{Method: http.MethodPost, Headers: http.Header{"Origin": {"https://other.example.com"}}},
	},
	{
		name: "cors", details: "cors_response", filter: "cors", envoy: "-",
		perRoute: `{"@type": ` + envoytest.HTTPFilters + `cors.v3.CorsPolicy, allow_origin_string_match: [{prefix: https}], allow_methods: GET}`,
		request: envoytest.Request{Method: http.MethodOptions, Headers: http.Header{
			"Origin": {"https://example.com"}, "Access-Control-Request-Method": {http.MethodGet},
		}},
	},
	{name: "credential", details: "failed_to_inject_credential", filter: "credential", envoy: "API_CONFIGURATION_ERROR"},
}

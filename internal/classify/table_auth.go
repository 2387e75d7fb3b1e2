// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

var (
	// badToken is any failure of a token that is no other type.
	badToken = types{envoy: config.Unauthorized}
	// noToken is a request without any credential. AWS answers it like a bad one.
	noToken = types{envoy: config.MissingAuthenticationToken, aws: config.Unauthorized}
	// badKeySet is a key set that could not be fetched or read, so that no token can be checked.
	badKeySet = types{envoy: config.AuthorizerFailure}
)

// tokens are the details of jwt_authn. Source: source/common/jwt/status.cc, whose texts stand between the braces.
var tokens = family{
	title: "JSON Web Tokens",
	about: "Envoy answers 401 to all but a wrong audience and a wrong requirement, even when its own key set is at fault.",
	rows: []row{
		{
			pattern: "jwt_authn_access_denied{Jwt_is_missing}", types: noToken, broader: config.Unauthorized,
			remark: "never on Istio, which lets the request pass to RBAC",
		},
		{pattern: "jwt_authn_access_denied{Jwt_is_expired}", types: types{envoy: config.ExpiredToken, aws: config.Unauthorized}, broader: config.Unauthorized},
		{
			pattern: "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}", types: types{envoy: config.AccessDenied, aws: config.Unauthorized},
			remark: "a good token, but for somebody else",
		},
		{
			pattern: "jwt_authn_access_denied{Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt}", types: badToken,
			remark: "the key set is fine, the token was not signed by it",
		},
		{pattern: "jwt_authn_access_denied{Jwks_*", types: badKeySet, remark: "the key set cannot be fetched or read"},
		{pattern: "jwt_authn_access_denied{[*", types: badKeySet, remark: "a field of a key is missing or wrong"},
		{pattern: "jwt_authn_access_denied{X509_*", types: badKeySet, remark: "a certificate in the key set cannot be read"},
		{pattern: "jwt_authn_access_denied{PEM_*", types: badKeySet, remark: "a key in PEM cannot be read"},
		{pattern: "jwt_authn_access_denied{Failed_to_create_BIO_*", types: badKeySet, remark: "no memory to read a key in PEM"},
		{
			pattern: "jwt_authn_access_denied{Wrong_requirement_name:*", types: types{envoy: config.AuthorizerConfigurationError},
			remark: "the route asks for a requirement that the filter does not have",
		},
		{pattern: "jwt_authn_access_denied*", types: badToken, remark: "every other fault of the token"},
	},
}

// passwords are the details of basic_auth.
var passwords = family{
	title: "Basic authentication",
	rows: []row{
		{pattern: "no_credential_for_basic_auth", types: noToken, broader: config.Unauthorized},
		{pattern: "invalid_*_for_basic_auth", types: badToken, remark: "scheme, format, or name and password"},
	},
}

// apiKeys are the details of api_key_auth. AWS makes no difference between a missing key and a wrong one.
var apiKeys = family{
	title: "API keys",
	rows: []row{
		{pattern: "missing_api_key", types: types{envoy: config.InvalidAPIKey}},
		{pattern: "unk*wn_api_key", types: types{envoy: config.InvalidAPIKey}, remark: "`unkonwn` up to Envoy 1.39, `unknown` since 1.40"},
		{pattern: "client_not_allowed", types: types{envoy: config.InvalidAPIKey}, remark: "a good key, but not for this route; AWS says the same to a key of another usage plan"},
		{pattern: "missing_credentials", types: types{envoy: config.AuthorizerConfigurationError}, remark: "the filter has no keys for the route, so none can be right"},
		{pattern: "missing_key_sources", types: types{envoy: config.AuthorizerConfigurationError}, remark: "the filter does not know where to look for keys"},
	},
}

// authorization are the details of filters that know who asks, or need not know.
var authorization = family{
	title: "Authorization",
	about: "A denial by an external service with a body is deliberate. It may be replaced where the details and one of these three statuses tell the type.",
	rows: []row{
		{pattern: "ext_authz_denied", status: 401, types: types{envoy: config.Unauthorized}, author: somebodyIfBody},
		{pattern: "ext_authz_denied", status: 403, types: types{envoy: config.AccessDenied}, author: somebodyIfBody},
		{pattern: "ext_authz_denied", status: 429, types: types{envoy: config.Throttled}, author: somebodyIfBody},
		{pattern: "ext_authz_denied", author: somebodyIfBody, remark: "the service chose the status"},
		{pattern: "ext_authz_error", types: types{envoy: config.AuthorizerFailure}, remark: "the service cannot be reached; Envoy says 403"},
		{pattern: "ext_authz_invalid", types: types{envoy: config.AuthorizerConfigurationError}, remark: "the service answered with headers that Envoy cannot send"},
		{pattern: "rbac_access_denied_matched_policy*", types: types{envoy: config.AccessDenied}, remark: "what a resource policy is on AWS; on Istio a missing token as well, as `[none]`"},
		{pattern: "csrf_origin_mismatch", types: types{envoy: config.AccessDenied}},
		{pattern: "proto_api_scrubber_*{METHOD_BLOCKED}", types: types{envoy: config.AccessDenied}, remark: "the owner blocked the gRPC method"},
		{pattern: "no_checksum_for_path", types: types{envoy: config.AccessDenied}, remark: "only paths with a checksum are served"},
	},
}

// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"gatewayresponses/e2e/envoytest"
)

// badToken is a row for a token that the filter jwt refuses, failure is what its details say.
func badToken(name, failure, token string) provocation {
	return provocation{
		name: name, details: "jwt_authn_access_denied{" + failure + "}", filter: "jwt", request: envoytest.Bearer(token), envoy: "UNAUTHORIZED",
	}
}

// badKeys is a row for a filter whose keys are at fault.
func badKeys(name, failure, filter string) provocation {
	row := badToken(name, failure, envoytest.Token(envoytest.HS256, `{"iss":"demo","aud":"gateway"}`))
	row.filter, row.envoy = filter, "AUTHORIZER_FAILURE"
	return row
}

// tokenRows are the failures of jwt_authn.
var tokenRows = []provocation{
	{
		name: "jwt-missing", details: "jwt_authn_access_denied{Jwt_is_missing}", filter: "jwt",
		envoy: "MISSING_AUTHENTICATION_TOKEN", aws: "UNAUTHORIZED",
	},
	{
		name: "jwt-expired", details: "jwt_authn_access_denied{Jwt_is_expired}", filter: "jwt",
		request: envoytest.Bearer(envoytest.Token(envoytest.HS256, `{"iss":"demo","aud":"gateway","exp":1}`)), envoy: "EXPIRED_TOKEN", aws: "UNAUTHORIZED",
	},
	{
		name: "jwt-audience", details: "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}", filter: "jwt",
		request: envoytest.Bearer(envoytest.Token(envoytest.HS256, `{"iss":"demo","aud":"other"}`)), envoy: "ACCESS_DENIED", aws: "UNAUTHORIZED",
	},
	badToken("jwt-early", "Jwt_not_yet_valid", envoytest.Token(envoytest.HS256, `{"iss":"demo","aud":"gateway","nbf":9999999999}`)),
	badToken("jwt-form", "Jwt_is_not_in_the_form_of_Header.Payload.Signature_with_two_dots_and_3_sections", "a.b"),
	badToken("jwt-header-base64", "Jwt_header_is_an_invalid_Base64url_encoded", "a%.b.c"),
	badToken("jwt-header-json", "Jwt_header_is_an_invalid_JSON", envoytest.Token("{", "{}")),
	badToken("jwt-alg", "Jwt_header_[alg]_field_is_required_and_must_be_a_string", envoytest.Token("{}", "{}")),
	badToken("jwt-alg-unknown", "Jwt_header_[alg]_is_not_supported", envoytest.Token(`{"alg":"none"}`, "{}")),
	badToken("jwt-kid", "Jwt_header_[kid]_field_is_not_a_string", envoytest.Token(`{"alg":"HS256","kid":1}`, "{}")),
	badToken("jwt-payload-base64", "Jwt_payload_is_an_invalid_Base64url_encoded", envoytest.Base64URL(envoytest.HS256)+".a%.c"),
	badToken("jwt-payload-json", "Jwt_payload_is_an_invalid_JSON", envoytest.Token(envoytest.HS256, "{")),
	badToken("jwt-iss", "Jwt_payload_[iss]_field_is_not_a_string", envoytest.Token(envoytest.HS256, `{"iss":1}`)),
	badToken("jwt-sub", "Jwt_payload_[sub]_field_is_not_a_string", envoytest.Token(envoytest.HS256, `{"iss":"demo","sub":1}`)),
	badToken("jwt-iat", "Jwt_payload_[iat]_field_is_not_an_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","iat":"x"}`)),
	badToken("jwt-iat-negative", "Jwt_payload_[iat]_field_is_not_a_positive_64_bit_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","iat":-1}`)),
	badToken("jwt-nbf", "Jwt_payload_[nbf]_field_is_not_an_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","nbf":"x"}`)),
	badToken("jwt-nbf-negative", "Jwt_payload_[nbf]_field_is_not_a_positive_64_bit_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","nbf":-1}`)),
	badToken("jwt-exp", "Jwt_payload_[exp]_field_is_not_an_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","exp":"x"}`)),
	badToken("jwt-exp-negative", "Jwt_payload_[exp]_field_is_not_a_positive_64_bit_integer", envoytest.Token(envoytest.HS256, `{"iss":"demo","exp":-1}`)),
	badToken("jwt-jti", "Jwt_payload_[jti]_field_is_not_a_string", envoytest.Token(envoytest.HS256, `{"iss":"demo","jti":1}`)),
	badToken("jwt-aud", "Jwt_payload_[aud]_field_is_not_a_string_or_string_list", envoytest.Token(envoytest.HS256, `{"iss":"demo","aud":1}`)),
	badToken("jwt-signature-base64", "Jwt_signature_is_an_invalid_Base64url_encoded", envoytest.Base64URL(envoytest.HS256)+"."+envoytest.Base64URL("{}")+".a%"),
	badToken("jwt-issuer", "Jwt_issuer_is_not_configured", envoytest.Token(envoytest.HS256, `{"iss":"other"}`)),
	badToken("jwt-signature", "Jwt_verification_fails", envoytest.Base64URL(envoytest.HS256)+"."+envoytest.Base64URL(`{"iss":"demo","aud":"gateway"}`)+".c2ln"),
	badToken("jwt-other-key", "Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt",
		envoytest.Token(`{"alg":"HS256","kid":"other"}`, `{"iss":"demo","aud":"gateway"}`)),
	{
		name: "jwt-signature-length", details: "jwt_authn_access_denied{Jwt_ED25519_signature_is_wrong_length}", filter: "jwt-ed25519",
		request: envoytest.Bearer(envoytest.Base64URL(`{"alg":"EdDSA"}`) + "." + envoytest.Base64URL(`{"iss":"demo"}`) + ".c2ln"), envoy: "UNAUTHORIZED",
	},
	badKeys("jwks-down", "Jwks_remote_fetch_is_failed", "jwks-down"),
	badKeys("jwks-bad", "Jwks_remote_fetch_is_failed", "jwks-bad"),
	badKeys("jwks-none", "Jwks_doesn't_have_any_valid_public_key", "jwks-none"),
	{
		name: "jwt-requirement", details: "jwt_authn_access_denied{Wrong_requirement_name:_<name>._It_should_be_one_of_[<names>]}",
		filter: "jwt", perRoute: `{"@type": ` + envoytest.HTTPFilters + `jwt_authn.v3.PerRouteConfig, requirement_name: missing}`,
		envoy: "AUTHORIZER_CONFIGURATION_ERROR",
	},
}

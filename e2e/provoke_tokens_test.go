// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

// token makes a JSON Web Token with a signature of HMAC-SHA256 by the key of the filter jwt.
func token(header, payload string) string {
	text := base64URL(header) + "." + base64URL(payload)
	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write([]byte(text))
	return text + "." + base64URL(string(mac.Sum(nil)))
}

func base64URL(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

// hs256 is the header of most tokens.
const hs256 = `{"alg":"HS256"}`

// bearer is a request with a token.
func bearer(token string) request {
	return request{headers: http.Header{"Authorization": {"Bearer " + token}}}
}

// badToken is a row for a token that the filter jwt refuses, failure is what its details say.
func badToken(name, failure, token string) provocation {
	return provocation{
		name: name, details: "jwt_authn_access_denied{" + failure + "}", filter: "jwt", request: bearer(token), envoy: "UNAUTHORIZED",
	}
}

// badKeys is a row for a filter whose keys are at fault.
func badKeys(name, failure, filter string) provocation {
	row := badToken(name, failure, token(hs256, `{"iss":"demo","aud":"gateway"}`))
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
		request: bearer(token(hs256, `{"iss":"demo","aud":"gateway","exp":1}`)), envoy: "EXPIRED_TOKEN", aws: "UNAUTHORIZED",
	},
	{
		name: "jwt-audience", details: "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}", filter: "jwt",
		request: bearer(token(hs256, `{"iss":"demo","aud":"other"}`)), envoy: "ACCESS_DENIED", aws: "UNAUTHORIZED",
	},
	badToken("jwt-early", "Jwt_not_yet_valid", token(hs256, `{"iss":"demo","aud":"gateway","nbf":9999999999}`)),
	badToken("jwt-form", "Jwt_is_not_in_the_form_of_Header.Payload.Signature_with_two_dots_and_3_sections", "a.b"),
	badToken("jwt-header-base64", "Jwt_header_is_an_invalid_Base64url_encoded", "a%.b.c"),
	badToken("jwt-header-json", "Jwt_header_is_an_invalid_JSON", token("{", "{}")),
	badToken("jwt-alg", "Jwt_header_[alg]_field_is_required_and_must_be_a_string", token("{}", "{}")),
	badToken("jwt-alg-unknown", "Jwt_header_[alg]_is_not_supported", token(`{"alg":"none"}`, "{}")),
	badToken("jwt-kid", "Jwt_header_[kid]_field_is_not_a_string", token(`{"alg":"HS256","kid":1}`, "{}")),
	badToken("jwt-payload-base64", "Jwt_payload_is_an_invalid_Base64url_encoded", base64URL(hs256)+".a%.c"),
	badToken("jwt-payload-json", "Jwt_payload_is_an_invalid_JSON", token(hs256, "{")),
	badToken("jwt-iss", "Jwt_payload_[iss]_field_is_not_a_string", token(hs256, `{"iss":1}`)),
	badToken("jwt-sub", "Jwt_payload_[sub]_field_is_not_a_string", token(hs256, `{"iss":"demo","sub":1}`)),
	badToken("jwt-iat", "Jwt_payload_[iat]_field_is_not_an_integer", token(hs256, `{"iss":"demo","iat":"x"}`)),
	badToken("jwt-iat-negative", "Jwt_payload_[iat]_field_is_not_a_positive_64_bit_integer", token(hs256, `{"iss":"demo","iat":-1}`)),
	badToken("jwt-nbf", "Jwt_payload_[nbf]_field_is_not_an_integer", token(hs256, `{"iss":"demo","nbf":"x"}`)),
	badToken("jwt-nbf-negative", "Jwt_payload_[nbf]_field_is_not_a_positive_64_bit_integer", token(hs256, `{"iss":"demo","nbf":-1}`)),
	badToken("jwt-exp", "Jwt_payload_[exp]_field_is_not_an_integer", token(hs256, `{"iss":"demo","exp":"x"}`)),
	badToken("jwt-exp-negative", "Jwt_payload_[exp]_field_is_not_a_positive_64_bit_integer", token(hs256, `{"iss":"demo","exp":-1}`)),
	badToken("jwt-jti", "Jwt_payload_[jti]_field_is_not_a_string", token(hs256, `{"iss":"demo","jti":1}`)),
	badToken("jwt-aud", "Jwt_payload_[aud]_field_is_not_a_string_or_string_list", token(hs256, `{"iss":"demo","aud":1}`)),
	badToken("jwt-signature-base64", "Jwt_signature_is_an_invalid_Base64url_encoded", base64URL(hs256)+"."+base64URL("{}")+".a%"),
	badToken("jwt-issuer", "Jwt_issuer_is_not_configured", token(hs256, `{"iss":"other"}`)),
	badToken("jwt-signature", "Jwt_verification_fails", base64URL(hs256)+"."+base64URL(`{"iss":"demo","aud":"gateway"}`)+".c2ln"),
	badToken("jwt-other-key", "Jwks_doesn't_have_key_to_match_kid_or_alg_from_Jwt",
		token(`{"alg":"HS256","kid":"other"}`, `{"iss":"demo","aud":"gateway"}`)),
	{
		name: "jwt-signature-length", details: "jwt_authn_access_denied{Jwt_ED25519_signature_is_wrong_length}", filter: "jwt-ed25519",
		request: bearer(base64URL(`{"alg":"EdDSA"}`) + "." + base64URL(`{"iss":"demo"}`) + ".c2ln"), envoy: "UNAUTHORIZED",
	},
	badKeys("jwks-down", "Jwks_remote_fetch_is_failed", "jwks-down"),
	badKeys("jwks-bad", "Jwks_remote_fetch_is_failed", "jwks-bad"),
	badKeys("jwks-none", "Jwks_doesn't_have_any_valid_public_key", "jwks-none"),
	{
		name: "jwt-requirement", details: "jwt_authn_access_denied{Wrong_requirement_name:_<name>._It_should_be_one_of_[<names>]}",
		filter: "jwt", perRoute: `{"@type": ` + httpFilters + `jwt_authn.v3.PerRouteConfig, requirement_name: missing}`,
		envoy: "AUTHORIZER_CONFIGURATION_ERROR",
	},
}

// httpFilters is the package of the types of all filters, as a type URL.
const httpFilters = "type.googleapis.com/envoy.extensions.filters.http."

// SPDX-License-Identifier: Apache-2.0

package main

// Tokens for /jwt. Their key is in envoy.yaml; the private half is gone. The first is valid until 2100, the second expired
// in 2000.
const (
	validToken   = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkZW1vIiwiZXhwIjo0MTAyNDQ0ODAwfQ.8V-K-7hO4VVy3exvj1P-_q5RFuZ6stD6abdbMBkMBy_B0Dsb6-P0YlohZ8HDfLVVu5Xzg4xYwWpM_msZ6D5Q6Q"
	expiredToken = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJkZW1vIiwiZXhwIjo5NDY2ODQ4MDB9.TLdn3am8ZzwuoY1JGcO6Y9_IYwBgYGY6h5VVsS3bdh039mIWRnMOVEPwlSElhr9DatVOtgoS2L3fZw10l9UmhA"
)

// request is one request to try, and what Envoy makes of it.
type request struct {
	// about says what is special about it.
	about string
	// path is the path on the gateway.
	path string
	// options are arguments of curl, as a shell takes them.
	options string
	// body is a command that prints the body, "" for none.
	body string
	// accept is the Accept header, "" for curl's own.
	accept string
	// status, details and flag are those of the reply before the filter has seen it.
	status        int
	details, flag string
}

// owners names, by path, the filters of envoy.yaml that refuse requests. What they let through the router refuses.
var owners = map[string]string{
	"/jwt": "envoy.filters.http.jwt_authn", "/basic": "envoy.filters.http.basic_auth", "/api-key": "envoy.filters.http.api_key_auth",
	"/rbac": "envoy.filters.http.rbac", "/authz": "envoy.filters.http.ext_authz", "/limited": "envoy.filters.http.local_ratelimit",
	"/large": "envoy.filters.http.buffer",
}

// requests lists one request for each path of envoy.yaml and each way to be refused there. A test on a real Envoy sends
// all of them.
var requests = []request{
	{about: "all is well", path: "/ok", status: 200, details: "via_upstream"},
	{about: "the upstream fails by itself", path: "/upstream-error", status: 500, details: "via_upstream"},
	{about: "a direct_response of the route", path: "/direct", status: 410, details: "direct_response"},

	{about: "no token", path: "/jwt", status: 401, details: "jwt_authn_access_denied{Jwt_is_missing}"},
	{
		about: "an expired token", path: "/jwt", options: "-H 'authorization: Bearer " + expiredToken + "'",
		status: 401, details: "jwt_authn_access_denied{Jwt_is_expired}",
	},
	{
		about: "a bad token", path: "/jwt", options: "-H 'authorization: Bearer nonsense'",
		status: 401, details: "jwt_authn_access_denied{Jwt_is_not_in_the_form_of_Header.Payload.Signature_with_two_dots_and_3_sections}",
	},
	{about: "a good token", path: "/jwt", options: "-H 'authorization: Bearer " + validToken + "'", status: 200, details: "via_upstream"},
	{about: "no password", path: "/basic", status: 401, details: "no_credential_for_basic_auth"},
	{about: "a wrong password", path: "/basic", options: "-u demo:wrong", status: 401, details: "invalid_credential_for_basic_auth"},
	{about: "no API key", path: "/api-key", status: 401, details: "missing_api_key"},
	{about: "a wrong API key", path: "/api-key", options: "-H 'x-api-key: wrong'", status: 401, details: "unknown_api_key"},
	{about: "role-based access control says no", path: "/rbac", status: 403, details: "rbac_access_denied_matched_policy[none]"},
	{about: "the authorization service cannot be reached", path: "/authz", status: 403, details: "ext_authz_error", flag: "UAEX"},

	{about: "the first request in a minute", path: "/limited", status: 200, details: "via_upstream"},
	{about: "the second one", path: "/limited", status: 429, details: "local_rate_limited", flag: "RL"},
	{
		about: "a body over 1 KiB", path: "/large", body: "seq 9999",
		status: 413, details: "request_payload_too_large",
	},

	{
		about: "the upstream refuses the connection", path: "/down", status: 503, flag: "UF",
		details: "upstream_reset_before_response_started{remote_connection_failure|delayed connect error: Connection refused}",
	},
	{about: "the cluster has no host", path: "/no-host", status: 503, details: "no_healthy_upstream", flag: "UH"},
	{about: "there is no such cluster", path: "/no-cluster", status: 503, details: "cluster_not_found", flag: "NC"},
	{about: "the upstream is too slow", path: "/slow", status: 504, details: "response_timeout", flag: "UT"},
	{about: "no route", path: "/nowhere?q=1", status: 404, details: "route_not_found", flag: "NR"},
	{about: "no route, and a browser", path: "/nowhere", accept: "text/html", status: 404, details: "route_not_found", flag: "NR"},
}

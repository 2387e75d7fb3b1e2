// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// reply is an error as Envoy makes it.
type reply struct {
	details string
	status  int
	flags   string
	// filter is the name of the filter that owns the reply without "envoy.filters.http.", "" for none.
	filter string
	// body is "" for a reply that ends with its headers.
	body string
	// challenge is WWW-Authenticate, with {url} for the URL of the request.
	challenge string
}

// Challenges as Envoy writes them. Source: envoy jwt_authn/filter.cc, basic_auth_filter.cc.
const (
	bearer       = `Bearer realm="{url}"`
	invalidToken = bearer + `, error="invalid_token"`
	basic        = `Basic realm="{url}"`
)

// Texts that Envoy gives to several errors.
const (
	noClient  = "Client authentication failed."
	noConnect = "upstream connect error or disconnect/reset before headers. reset reason: remote connection failure"
)

// typical are errors that Envoy makes, those that are met most often first. Any error stands for every type that the tables of
// package classify give it; a test compares it with the facts behind them. The last rows are what an injected fault gives: an error
// that has only its status, for types that Envoy's own errors are not in the dialect of AWS.
var typical = [...]reply{
	{details: "jwt_authn_access_denied{Jwt_verification_fails}", status: 401, filter: "jwt_authn", body: "Jwt verification fails", challenge: invalidToken},
	{details: "jwt_authn_access_denied{Jwt_is_missing}", status: 401, filter: "jwt_authn", body: "Jwt is missing", challenge: bearer},
	{details: "jwt_authn_access_denied{Jwt_is_expired}", status: 401, filter: "jwt_authn", body: "Jwt is expired", challenge: invalidToken},
	{details: "rbac_access_denied_matched_policy[none]", status: 403, filter: "rbac", body: "RBAC: access denied"},
	{details: "local_rate_limited", status: 429, flags: "RL", filter: "local_ratelimit", body: "local_rate_limited"},
	{details: "route_not_found", status: 404, flags: "NR", filter: "router"},
	{details: "response_timeout", status: 504, flags: "UT", filter: "router", body: "upstream request timeout"},
	{details: "upstream_reset_before_response_started{remote_connection_failure}", status: 503, flags: "UF", filter: "router", body: noConnect},
	{details: "no_healthy_upstream", status: 503, flags: "UH", filter: "router", body: "no healthy upstream"},
	{details: "request_payload_too_large", status: 413, filter: "buffer", body: "Payload Too Large"},
	{details: "unknown_api_key", status: 401, filter: "api_key_auth", body: noClient},
	{details: "missing_api_key", status: 401, filter: "api_key_auth", body: noClient},
	{details: "no_credential_for_basic_auth", status: 401, filter: "basic_auth", body: "User authentication failed. Missing username and password.", challenge: basic},
	{details: "ext_authz_denied", status: 403, flags: "UAEX", filter: "ext_authz"},
	{details: "ext_authz_error", status: 403, flags: "UAEX", filter: "ext_authz"},
	{details: "ext_authz_invalid", status: 500, flags: "UAEX", filter: "ext_authz"},
	{details: "request_rate_limited", status: 429, flags: "RL", filter: "ratelimit"},
	{details: "rate_limited_by_quota", status: 429, flags: "RFCF", filter: "rate_limit_quota"},
	{details: "cluster_not_found", status: 503, flags: "NC", filter: "router"},
	{details: "early_grpc_json_transcode_failure{INVALID_ARGUMENT}", status: 400, filter: "grpc_json_transcoder", body: "Could not find field \"x\" in the type \"Pet\"."},
	{details: "grpc_json_transcode_failure{INVALID_ARGUMENT}", status: 400, filter: "grpc_json_transcoder", body: "Request is not valid JSON."},
	{details: "upstream_max_stream_duration_reached", status: 408, flags: "UMSDR", filter: "router", body: "upstream max stream duration reached"},
	{details: "csrf_origin_mismatch", status: 403, filter: "csrf", body: "Invalid origin"},
	{details: "cdn_loop_detected", status: 502, filter: "cdn_loop", body: "The server has detected a loop between CDNs."},
	{details: "wasm_fail_stream", status: 503, filter: "wasm"},
	fault(400), fault(404), fault(415), fault(500), fault(503),
}

// fault is what an injected fault answers.
func fault(status int) reply {
	return reply{details: "fault_filter_abort", status: status, flags: "FI", filter: "fault", body: "fault filter abort"}
}

// error is the reply as somebody would write it, to a request for a URL.
func (r *reply) error(url string) Error {
	e := Error{Details: r.details, Status: r.status, Body: &r.body}
	e.Flags, _ = parseFlags(r.flags)
	if r.filter != "" {
		e.Owner = ownerPrefix + r.filter
	}
	if r.challenge != "" {
		e.Headers = facts.Headers{{Name: "www-authenticate", Value: strings.ReplaceAll(r.challenge, "{url}", url)}}
	}
	return e
}

// ownerPrefix begins the names that people give to Envoy's filters.
const ownerPrefix = "envoy.filters.http."

// parseFlags reads flags with commas between.
func parseFlags(text string) (flags facts.Flags, unknown string) {
	if text == "" {
		return 0, ""
	}
	for name := range strings.SplitSeq(text, ",") {
		flag := facts.ParseFlag(name)
		if flag == 0 {
			return 0, name
		}
		flags |= flag
	}
	return flags, ""
}

// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/facts"
)

// raised is an error that a filter can make. Package classify names its type.
type raised struct {
	details string
	status  int
}

// producer is what is known of the errors of a filter.
type producer struct {
	raises []raised
	// harmless reports that the filter makes no error of its own.
	harmless bool
	// note says what the list of errors does not.
	note string
}

// producers are Envoy's HTTP filters, by the folder of their message (envoy.extensions.filters.http.FOLDER.v3). Each error is one of
// package envoyfacts, for each type that the filter can raise; a test compares them.
var producers = map[string]producer{
	"router": {raises: []raised{
		{"route_not_found", 404},
		{"cluster_not_found", 503},
		{"no_healthy_upstream", 503},
		{"response_timeout", 504},
		{"upstream_reset_before_response_started", 503},
		{"request_headers_failed_strict_check{x-envoy-upstream-rq-timeout-ms}", 400},
		{"early_connect_data", 400},
		{"upstream_max_stream_duration_reached", 408},
		{"overload", 503},
	}},
	"jwt_authn": {raises: []raised{
		{"jwt_authn_access_denied{Jwt_is_missing}", 401},
		{"jwt_authn_access_denied{Jwt_is_expired}", 401},
		{"jwt_authn_access_denied{Jwt_verification_fails}", 401},
		{"jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}", 403},
		{"jwt_authn_access_denied{Jwks_remote_fetch_is_failed}", 401},
		{"jwt_authn_access_denied{Wrong_requirement_name:_a._It_should_be_one_of_[b]}", 403},
	}},
	"basic_auth":       {raises: []raised{{"no_credential_for_basic_auth", 401}, {"invalid_credential_for_basic_auth", 401}}},
	"api_key_auth":     {raises: []raised{{"missing_api_key", 401}, {"unkonwn_api_key", 401}, {"client_not_allowed", 403}, {"missing_credentials", 401}}},
	"oauth2":           {raises: []raised{{"Unauthorized, and redirecting to OAuth server is not allowed: /", 401}, {"OAuth2 secrets are not ready", 503}}, note: "and redirects to the login"},
	"rbac":             {raises: []raised{{"rbac_access_denied_matched_policy[none]", 403}}},
	"csrf":             {raises: []raised{{"csrf_origin_mismatch", 403}}},
	"ext_authz":        {raises: []raised{{"ext_authz_denied", 401}, {"ext_authz_denied", 403}, {"ext_authz_denied", 429}, {"ext_authz_error", 403}, {"ext_authz_invalid", 500}}, note: "what the service denies with a body is left"},
	"ratelimit":        {raises: []raised{{"request_rate_limited", 429}, {"rate_limiter_error", 500}}},
	"local_ratelimit":  {raises: []raised{{"local_rate_limited", 429}}},
	"rate_limit_quota": {raises: []raised{{"rate_limited_by_quota", 429}}},
	"buffer":           {raises: []raised{{"request_payload_too_large", 413}}},
	"fault":            {raises: []raised{{"fault_filter_abort", 500}}, note: "by the status that it injects"},
	"grpc_json_transcoder": {raises: []raised{
		{"grpc_json_transcode_failure{INVALID_ARGUMENT}", 400},
		{"early_grpc_json_transcode_failure{NOT_FOUND}", 404},
		{"grpc_json_transcode_failure{request_buffer_size_limit_reached}", 413},
	}},
	"grpc_json_reverse_transcoder": {raises: []raised{
		{"grpc_json_reverse_transcode_failure{failed_to_decode_request_body}", 400},
		{"early_grpc_json_reverse_transcode_failure{NOT_FOUND}", 400},
		{"grpc_json_reverse_transcode_failure{request_buffer_size_limit_reached}", 413},
	}},
	"grpc_field_extraction":    {raises: []raised{{"grpc_field_extraction_INVALID_ARGUMENT{BAD_REQUEST}", 400}}},
	"proto_message_extraction": {raises: []raised{{"proto_message_extraction_INVALID_ARGUMENT{BAD_REQUEST}", 400}}},
	"proto_api_scrubber":       {raises: []raised{{"proto_api_scrubber_Bad_Request{BAD_REQUEST}", 400}, {"proto_api_scrubber_Forbidden{METHOD_BLOCKED}", 403}}},
	"grpc_web":                 {raises: []raised{{"grpc_base_64_decode_failed", 400}}},
	"connect_grpc_bridge":      {raises: []raised{{"connect_bridge_unary_request_too_large", 413}}},
	"dynamic_forward_proxy": {raises: []raised{
		{"dns_resolution_failure{no_such_host}", 503}, {"empty_host_header", 400}, {"dynamic_forward_proxy_cluster_is_gone", 503},
	}},
	"adaptive_concurrency":      {raises: []raised{{"reached_concurrency_limit", 503}}},
	"admission_control":         {raises: []raised{{"denied_by_admission_control", 503}}},
	"cdn_loop":                  {raises: []raised{{"cdn_loop_detected", 502}, {"invalid_cdn_loop_header", 400}}},
	"cache":                     {raises: []raised{{"cache_no_route", 404}, {"cache_no_cluster", 503}, {"cache_upstream_reset", 503}}, note: "what is cached is the upstream's"},
	"cache_v2":                  {raises: []raised{{"cache_no_route", 404}, {"cache_no_cluster", 503}}, note: "what is cached is the upstream's"},
	"credential_injector":       {raises: []raised{{"failed_to_inject_credential", 401}}},
	"gcp_authn":                 {raises: []raised{{"bound_token_fingerprint_unavailable", 500}}},
	"file_server":               {raises: []raised{{"file_server_open_error", 404}, {"file_server_stat_error", 403}}, note: "and the files, which are left"},
	"mcp":                       {raises: []raised{{"mcp_not_jsonrpc", 400}}},
	"mcp_json_rest_bridge":      {raises: []raised{{"mcp_json_rest_bridge_filter_method_not_found", 400}, {"mcp_json_rest_bridge_filter_request_too_large", 413}}},
	"a2a":                       {raises: []raised{{"a2a_filter_not_valid_jsonrpc", 400}, {"a2a_filter_body_too_large", 413}}},
	"ext_proc":                  {raises: []raised{{"ext_proc_error_HTTP_ERROR", 500}}, note: userCode},
	"checksum":                  {raises: []raised{{"no_checksum_for_path", 403}}},
	"ai_protocol_manager":       {raises: []raised{{"ai_protocol_manager_external_buffer_error", 500}}},
	"grpc_http1_reverse_bridge": {raises: []raised{{"grpc_bridge_data_too_small", 200}}, note: "to clients of gRPC"},
	"mcp_router":                {note: "what it answers is left"},
	"health_check":              {note: "answers health checks, which are left"},
	"cors":                      {note: "answers preflights, which are left"},
	"lua":                       {note: userCode},
	"wasm":                      {raises: []raised{{"wasm_fail_stream", 503}}, note: userCode},
	"dynamic_modules":           {note: userCode},
	"golang":                    {note: userCode},
	"composite":                 {note: userCode},
	"filter_chain":              {note: userCode},
	"custom_response":           {note: "changes replies after the filter has seen them"},
	"file_system_buffer":        {note: "errors without details; a rule can name them by filter"},

	"aws_lambda": {harmless: true}, "aws_request_signing": {harmless: true}, "bandwidth_limit": {harmless: true}, "compressor": {harmless: true},
	"decompressor": {harmless: true}, "geoip": {harmless: true}, "grpc_http1_bridge": {harmless: true}, "grpc_stats": {harmless: true},
	"header_mutation": {harmless: true}, "header_to_metadata": {harmless: true}, "ip_tagging": {harmless: true}, "json_to_metadata": {harmless: true},
	"on_demand": {harmless: true}, "original_src": {harmless: true}, "set_filter_state": {harmless: true}, "set_metadata": {harmless: true},
	"stateful_session": {harmless: true}, "tap": {harmless: true}, "thrift_to_metadata": {harmless: true}, "alternate_protocols_cache": {harmless: true},
	"transform": {harmless: true}, "sse_to_metadata": {harmless: true},
}

// userCode is what there is to say of filters that run somebody's code.
const userCode = "its own replies are left, unless a rule names them"

// unknown is a filter that this package has not heard of.
var unknown = producer{note: "not known to gwr; its errors go by their status"}

// connection are the errors that the connection manager makes once there is a request, and early those before there is one, which no
// filter sees.
var (
	connection = producer{raises: []raised{{"stream_idle_timeout", 504}, {"request_overall_timeout", 408}}}
	early      = producer{
		raises: []raised{{"missing_host_header", 400}, {"low_version", 426}, {"http1.headers_too_large", 431}, {"overload", 503}},
		note:   "local_reply_config reaches them, see gwr emit envoy --companion",
	}
)

// messages are filters that live elsewhere than Envoy's own, by their messages, with the name of a producer.
var messages = map[string]string{
	"io.istio.http.peer_metadata.Config":                        "header_mutation",
	"stats.PluginConfig":                                        "grpc_stats",
	"istio.envoy.config.filter.http.alpn.v2alpha1.FilterConfig": "header_mutation",
	"io.istio.http.connect_authority.Config":                    "header_mutation",
}

// kind is the folder of a filter's message, "" for one that is not Envoy's.
func (f *filter) kind() string {
	if known, ok := messages[f.typ]; ok {
		return known
	}
	rest, ok := strings.CutPrefix(f.typ, "envoy.extensions.filters.http.")
	if !ok {
		return ""
	}
	folder, _, _ := strings.Cut(rest, ".")
	return folder
}

// producerOf is what is known of the errors of a filter.
func producerOf(f *filter) producer {
	if p, ok := producers[f.kind()]; ok {
		return p
	}
	return unknown
}

// classes are what the errors of a producer are taken for.
func (p *producer) classes(dialect classify.Dialect) []classify.Result {
	var classes []classify.Result
	for _, r := range p.raises {
		classes = append(classes, classify.Classify(&facts.Reply{Status: r.status, Details: r.details}, dialect))
	}
	return classes
}

// types are the types that a producer raises, each once.
func (p *producer) types(dialect classify.Dialect) []config.ResponseType {
	var types []config.ResponseType
	for _, c := range p.classes(dialect) {
		if !slices.Contains(types, c.Type) {
			types = append(types, c.Type)
		}
	}
	return types
}

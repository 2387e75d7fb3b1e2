// SPDX-License-Identifier: Apache-2.0

package provoke

import "strings"

// long is more than the headers of a request may have, in all.
var long = strings.Repeat("x", 70<<10)

// jwtConfig is jwt_authn with one provider, whose keys come from where keys says.
func jwtConfig(name, keys string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "jwt_authn.v3.JwtAuthentication",
		Config: "providers: {demo: {issuer: demo, audiences: [gateway], " + keys + "}}\n" +
			"rules: [{match: {prefix: /}, requires: {provider_name: demo}}]",
	}
}

// grpcService is a gRPC service at a cluster.
func grpcService(cluster string) string {
	return "grpc_service: {envoy_grpc: {cluster_name: " + cluster + "}, timeout: 5s}"
}

// authz is ext_authz that asks a cluster over HTTP.
func authz(name, cluster string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "ext_authz.v3.ExtAuthz",
		Config: "http_service: {server_uri: {uri: \"http://authz.invalid\", cluster: " + cluster + ", timeout: 1s}}",
	}
}

// rateLimit is ratelimit that asks a cluster.
func rateLimit(name, cluster string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "ratelimit.v3.RateLimit",
		Config: "domain: demo\nfailure_mode_deny: true\ntimeout: 5s\n" +
			"rate_limits: [{actions: [{generic_key: {descriptor_value: all}}]}]\n" +
			"rate_limit_service: {transport_api_version: V3, " + grpcService(cluster) + "}",
	}
}

// names is dynamic_forward_proxy with a DNS cache of its own.
func names(name, cache string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "dynamic_forward_proxy.v3.FilterConfig",
		Config: "dns_cache_config: {name: " + name + ", dns_lookup_family: V4_ONLY" + cache + "}",
	}
}

// health is health_check for the path of the row with the same name.
func health(name, clusters string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "health_check.v3.HealthCheck",
		Config: "pass_through_mode: false\n" +
			"headers: [{name: \":path\", string_match: {exact: /" + name + "}}]" + clusters,
	}
}

// files is file_server that serves paths with a prefix from files with another.
func files(name, path, file string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "file_server.v3.FileServerConfig", since: 39,
		Config: "manager_config: {thread_pool: {thread_count: 1}}\n" +
			"path_mappings: [{request_path_prefix: " + path + ", file_path_prefix: " + file + "}]",
	}
}

// provokedFilters are the filters of the rows.
var provokedFilters = []provokedFilter{
	jwtConfig("jwt", `local_jwks: {inline_string: '{"keys":[{"kty":"oct","alg":"HS256","kid":"one","k":"c2VjcmV0"}]}'}`),
	{
		Name: "jwt-ed25519", Kind: "jwt_authn.v3.JwtAuthentication",
		Config: `providers: {demo: {issuer: demo, local_jwks: {inline_string: '{"keys":[{"kty":"OKP","alg":"EdDSA","crv":"Ed25519",` +
			`"x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}'}}}` + "\n" +
			"rules: [{match: {prefix: /}, requires: {provider_name: demo}}]",
	},
	jwtConfig("jwks-down", `remote_jwks: {http_uri: {uri: "http://keys.invalid", cluster: down, timeout: 1s}}`),
	jwtConfig("jwks-bad", `remote_jwks: {http_uri: {uri: "http://keys.invalid", cluster: bad-keys, timeout: 1s}}`),
	jwtConfig("jwks-none", `local_jwks: {inline_string: ''}`),
	{Name: "rbac", Kind: "rbac.v3.RBAC", Config: "rules: {action: ALLOW}"},
	{
		Name: "rbac-policy", Kind: "rbac.v3.RBAC",
		Config: "rules: {action: DENY, policies: {\"the [first] policy\": {permissions: [{any: true}], principals: [{any: true}]}}}",
	},
	{Name: "rbac-none", Kind: "rbac.v3.RBAC"},
	authz("authz-401", "refuses-401"),
	authz("authz-403", "refuses-403"),
	authz("authz-429", "refuses-429"),
	{Name: "mutation", Kind: "header_mutation.v3.HeaderMutation", Config: "mutations: {request_mutations: [{remove: \":method\"}]}"},
	authz("authz-denied", "refuses"),
	authz("authz-error", "down"),
	{
		Name: "authz-invalid", Kind: "ext_authz.v3.ExtAuthz",
		Config: "transport_api_version: V3\nvalidate_mutations: true\n" + grpcService("authz-invalid"),
	},
	rateLimit("rate-limit", "over-limit"),
	rateLimit("rate-limiter-down", "down"),
	{
		Name: "local-rate-limit", Kind: "local_ratelimit.v3.LocalRateLimit",
		Config: "stat_prefix: demo\ntoken_bucket: {max_tokens: 1, fill_interval: 3600s}\n" +
			"filter_enabled: {default_value: {numerator: 100}}\nfilter_enforced: {default_value: {numerator: 100}}",
	},
	{Name: "basic", Kind: "basic_auth.v3.BasicAuth", Config: `users: {inline_string: "demo:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="}`},
	{
		Name: "api-key", Kind: "api_key_auth.v3.ApiKeyAuth",
		Config: "credentials: [{key: key, client: demo}]\nkey_sources: [{header: x-api-key}]",
	},
	{Name: "api-key-sources", Kind: "api_key_auth.v3.ApiKeyAuth", Config: "credentials: [{key: key, client: demo}]"},
	{Name: "api-key-credentials", Kind: "api_key_auth.v3.ApiKeyAuth", Config: "key_sources: [{header: x-api-key}]"},
	{Name: "csrf", Kind: "csrf.v3.CsrfPolicy", Config: "filter_enabled: {default_value: {numerator: 100}}"},
	{Name: "cors", Kind: "cors.v3.Cors"},
	{
		Name: "credential", Kind: "credential_injector.v3.CredentialInjector",
		Config: "credential:\n  name: envoy.http.injected_credentials.oauth2\n  typed_config:\n" +
			"    \"@type\": type.googleapis.com/envoy.extensions.http.injected_credentials.oauth2.v3.OAuth2\n" +
			"    token_endpoint: {uri: \"http://token.invalid\", cluster: down, timeout: 1s}\n" +
			"    client_credentials: {client_id: demo, client_secret: {name: secret}}",
	},
	{Name: "fault", Kind: "fault.v3.HTTPFault", Config: "abort: {http_status: 503, percentage: {numerator: 100}}"},
	{Name: "lua", Kind: "lua.v3.Lua", Config: luaConfig(`h:respond({[":status"] = "403"}, "no")`)},
	{Name: "buffer", Kind: "buffer.v3.Buffer", Config: "max_request_bytes: 4"},
	{
		Name: "admission", Kind: "admission_control.v3.AdmissionControl",
		Config: "enabled: {default_value: true, runtime_key: admission}\nsampling_window: 60s\n" +
			"success_criteria: {http_criteria: {http_success_status: [{start: 100, end: 400}]}}\n" +
			"rps_threshold: {default_value: 0, runtime_key: admission.rps}",
	},
	{Name: "cdn-loop", Kind: "cdn_loop.v3.CdnLoopConfig", Config: "cdn_id: here"},
	names("names", ""),
	names("names-full", ", max_hosts: 1, preresolve_hostnames: [{address: first.invalid, port_value: 80}]"),
	names("names-pending", ", dns_cache_circuit_breaker: {max_pending_requests: 0}"),
	health("health", ""),
	health("health-cluster", "\ncluster_min_healthy_percentages: {down: {value: 1}}"),
	health("health-none", "\ncluster_min_healthy_percentages: {missing: {value: 1}}"),
	health("health-empty", "\ncluster_min_healthy_percentages: {empty: {value: 1}}"),
	health("health-bad", "\ncluster_min_healthy_percentages: {unhealthy: {value: 1}}"),
	{Name: "grpc-web", Kind: "grpc_web.v3.GrpcWeb"},
	{Name: "processor-down", Kind: "ext_proc.v3.ExternalProcessor", Config: grpcService("down")},
	{Name: "processor-slow", Kind: "ext_proc.v3.ExternalProcessor", Config: grpcService("hangs-h2") + "\nmessage_timeout: 0.2s"},
	{
		Name: "cache", Kind: "cache.v3.CacheConfig",
		Config: "typed_config: {\"@type\": type.googleapis.com/envoy.extensions.http.cache.simple_http_cache.v3.SimpleHttpCacheConfig}",
	},
	files("files", "/file-", "/nowhere/"),
	files("files-folder", "/file-folder", "/"),
	files("files-own", "/file-", "testdata/"),
	files("files-range", "/range-", "testdata/"),
	{Name: "mcp", Kind: "mcp.v3.Mcp", Config: "traffic_mode: REJECT_NO_MCP", since: 39},
	{Name: "mcp-small", Kind: "mcp.v3.Mcp", Config: "traffic_mode: REJECT_NO_MCP\nmax_request_body_size: 8", since: 39},
}

// luaConfig is a script that runs one statement on the request h.
func luaConfig(statement string) string {
	return "default_source_code: {inline_string: 'function envoy_on_request(h) " + statement + " end'}"
}

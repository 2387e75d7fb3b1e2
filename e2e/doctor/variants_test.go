// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

// variant is an Envoy in which one thing is wrong.
type variant struct {
	name string
	// change makes it wrong. The parts are those of an Envoy in which nothing is.
	change func(t *testing.T, p *parts)
	// want are the codes of the findings, in the order of the dump.
	want string
}

// parts are what testdata/envoy.yaml is filled with, each a value of YAML in one line.
type parts struct {
	// front, ours and behind are http_filters in their order.
	front, ours, behind []string
	// host and route are further members of the virtual host and of its route, manager further ones of the connection manager.
	host, route string
	manager     []string
	// plugin are further members of the filter's plugin, in place of failure_policy: FAIL_OPEN, and vm further ones of its vm_config.
	plugin, vm string
	// document is the document.
	document string
	// Delivered is the rds by which the routes come, "" for routes in the listener.
	Delivered string
}

// Filters is http_filters.
func (p *parts) Filters() string {
	return "[" + strings.Join(append(append(append([]string{}, p.front...), p.ours...), p.behind...), ", ") + "]"
}

// Routes is route_config.
func (p *parts) Routes() string {
	return `{name: gateway, virtual_hosts: [{name: shop, domains: ["*"], ` + p.host +
		`routes: [{name: carts, match: {prefix: /}, direct_response: {status: 200}, ` + p.route + `}]}]}`
}

// Manager are further members of the connection manager.
func (p *parts) Manager() []string { return p.manager }

// noop is a Wasm module that does nothing, as internal/envoyrun has it: what Envoy dumps is the same, and it starts at once.
const noop = "AGFzbQEAAAABCQJgAABgAX8BfwMDAgABBQMBAAEHLQMXcHJveHlfYWJpX3ZlcnNpb25fMF8yXzEAAAZtYWxsb2MAAQZtZW1vcnkCAAoJAgIACwQAQQAL"

// typed is a filter with a message.
func typed(name, message, fields string) string {
	return fmt.Sprintf(`{name: %s, typed_config: {"@type": %s%s, %s}}`, name, envoytest.HTTPFilters, message, fields)
}

// wasm is the message of our filter.
func (p *parts) wasm() string {
	return `{"@type": ` + envoytest.HTTPFilters + `wasm.v3.Wasm, config: {name: gateway_responses, root_id: gateway, ` + p.plugin +
		`vm_config: {vm_id: gateway_responses, runtime: envoy.wasm.runtime.v8, ` + p.vm + `code: {local: {inline_bytes: ` + noop + `}}}, ` +
		`configuration: {"@type": type.googleapis.com/google.protobuf.StringValue, value: ` + strconv.Quote(p.document) + `}}}`
}

// inline is our filter in the listener.
func (p *parts) inline() string { return `{name: gateway_responses, typed_config: ` + p.wasm() + `}` }

// discovered is our filter from a file, with further members of config_discovery.
func (p *parts) discovered(t *testing.T, further string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "filter.yaml")
	write(t, path, `{version_info: "1", resources: [{"@type": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig, `+
		`name: gateway_responses, typed_config: `+p.wasm()+`}]}`)
	return `{name: gateway_responses, config_discovery: {` + further + `config_source: {resource_api_version: V3, path_config_source: {path: ` + strconv.Quote(path) +
		`}}, type_urls: [` + envoytest.HTTPFilters + `wasm.v3.Wasm]}}`
}

var (
	router = typed("envoy.filters.http.router", "router.v3.Router", "")
	rbac   = typed("envoy.filters.http.rbac", "rbac.v3.RBAC", "")
	cors   = typed("envoy.filters.http.cors", "cors.v3.Cors", "")
	jwt    = typed("envoy.filters.http.jwt_authn", "jwt_authn.v3.JwtAuthentication", "")
	// rewritten is a header mutation, which makes no errors.
	rewritten = typed("envoy.filters.http.header_mutation", "header_mutation.v3.HeaderMutation", "")
)

// good is an Envoy in which nothing is wrong.
func good() *parts {
	return &parts{behind: []string{cors, jwt, rbac, router}, document: `{"gatewayResponses": {"DEFAULT_4XX": {}}}`}
}

// variants have each problem once.
var variants = []variant{
	{"good", func(*testing.T, *parts) {}, ""},
	{"good-behind-harmless", func(_ *testing.T, p *parts) { p.front = []string{rewritten} }, ""},
	{"good-discovered", func(t *testing.T, p *parts) {
		p.ours = []string{p.discovered(t, `apply_default_config_without_warming: true, default_config: `+p.wasm()+`, `)}
	}, ""},
	{"good-companions", func(_ *testing.T, p *parts) {
		p.manager = []string{`local_reply_config: {mappers: [{filter: ` + byDetails + `, body_format_override: {text_format_source: {inline_string: "no route"}}}]}`}
	}, ""},
	{"missing", func(_ *testing.T, p *parts) { p.ours = []string{} }, "GWR301"},
	{"not-first", func(_ *testing.T, p *parts) { p.front, p.behind = []string{rewritten, jwt, rbac}, []string{router} }, "GWR302"},
	{"off-by-route", func(_ *testing.T, p *parts) { p.route = perRoute }, "GWR303"},
	{"off-by-virtual-host", func(_ *testing.T, p *parts) { p.host = perRoute }, "GWR303"},
	{"off-by-delivered-route", func(t *testing.T, p *parts) {
		p.route = perRoute
		path := filepath.Join(t.TempDir(), "routes.yaml")
		write(t, path, `{version_info: "1", resources: [{"@type": type.googleapis.com/envoy.config.route.v3.RouteConfiguration, `+p.Routes()[1:]+`]}`)
		p.Delivered = `{route_config_name: gateway, config_source: {resource_api_version: V3, path_config_source: {path: ` + strconv.Quote(path) + `}}}`
	}, "GWR303"},
	{"off-by-default", func(_ *testing.T, p *parts) { p.ours = []string{`{disabled: true, ` + p.inline()[1:]} }, "GWR304"},
	{"not-in-upgrade", func(_ *testing.T, p *parts) {
		p.manager = []string{`upgrade_configs: [{upgrade_type: CONNECT}, {upgrade_type: websocket, filters: [` + rbac + `, ` + router + `]}]`}
	}, "GWR305"},
	{"body-format", func(_ *testing.T, p *parts) {
		p.manager = []string{`local_reply_config: {body_format: {text_format_source: {inline_string: "sorry: %LOCAL_REPLY_BODY%"}}}`}
	}, "GWR306"},
	{"mapper-by-status", func(_ *testing.T, p *parts) {
		p.manager = []string{`local_reply_config: {mappers: [{filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 404, runtime_key: x}}}}, status_code: 410}]}`}
	}, "GWR307"},
	{"companion-without-header", func(_ *testing.T, p *parts) {
		denied := strings.Replace(byDetails, "route_not_found", "ext_authz_denied", 1)
		const body = `body_format_override: {text_format_source: {inline_string: "no"}}`
		p.manager = []string{`local_reply_config: {mappers: [{filter: ` + denied + `, ` + body + `}, {filter: ` + denied + `, ` + body +
			`, headers_to_add: [{header: {key: x-gateway-response-body, value: companion}}]}]}`}
	}, "GWR307"},
	{"header-added", func(_ *testing.T, p *parts) {
		p.route = `response_headers_to_add: [{header: {key: Strict-Transport-Security, value: max-age=1}}, {header: {key: x-known, value: "1"}}], `
		p.document = `{"gatewayResponses": {"DEFAULT_4XX": {}}, "headerOnly": {"addedByRoutes": ["x-known"]}}`
	}, "GWR308"},
	{"fail-closed", func(_ *testing.T, p *parts) { p.plugin = "failure_policy: FAIL_CLOSED, " }, "GWR309"},
	{"fail-closed-by-default", func(_ *testing.T, p *parts) { p.plugin = " " }, "GWR309"},
	{"fail-reload", func(_ *testing.T, p *parts) { p.plugin = "failure_policy: FAIL_RELOAD, " }, "GWR309"},
	{"refuses", func(_ *testing.T, p *parts) {
		p.vm = "environment_variables: {key_values: {GWR_ON_INVALID: refuse}}, "
	}, "GWR328"},
	{"no-default", func(t *testing.T, p *parts) { p.ours = []string{p.discovered(t, "")} }, "GWR310"},
	{"waits", func(t *testing.T, p *parts) {
		p.ours = []string{p.discovered(t, `default_config: `+p.wasm()+`, `)}
	}, "GWR311"},
	{"cors-behind-jwt", func(_ *testing.T, p *parts) { p.behind = []string{jwt, cors, router} }, "GWR312"},
	{"cors-behind-jwt-answered", func(_ *testing.T, p *parts) {
		p.behind = []string{jwt, cors, router}
		p.document = `{"cors": {"allowOrigins": ["*"], "preflight": {"allowMethods": ["GET"]}}}`
	}, ""},
	{"twice", func(_ *testing.T, p *parts) {
		p.ours = []string{p.inline(), strings.ReplaceAll(p.inline(), "{name: gateway_responses, typed", "{name: gateway_responses_2, typed")}
	}, "GWR313"},
	{"bad-document", func(_ *testing.T, p *parts) { p.document = `{"mode": "on", "gatewayResponses": {"THROTLED": {}}}` }, "GWR316 GWR316"},
	{"struct", func(_ *testing.T, p *parts) {
		const text = `{"@type": type.googleapis.com/google.protobuf.StringValue, value: `
		before, _, _ := strings.Cut(p.inline(), text)
		p.ours = []string{before + `{"@type": type.googleapis.com/google.protobuf.Struct, value: {gatewayResponses: {DEFAULT_4XX: {}}}}}}}`}
	}, "GWR317"},
	{"stops-iteration", func(_ *testing.T, p *parts) {
		p.plugin = "failure_policy: FAIL_OPEN, allow_on_headers_stop_iteration: true, "
	}, "GWR318"},
	{"nothing-raises", func(_ *testing.T, p *parts) {
		p.document = `{"gatewayResponses": {"DEFAULT_4XX": {}, "THROTTLED": {}, "EXPIRED_TOKEN": {}, "WAF_FILTERED": {}}}`
	}, "GWR319"},
}

// byDetails is the filter of a companion mapper.
const byDetails = `{extension_filter: {name: envoy.access_loggers.extension_filters.cel, typed_config: ` +
	`{"@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter, expression: 'response.code_details == "route_not_found"'}}}`

// perRoute switches the filter off.
const perRoute = `typed_per_filter_config: {gateway_responses: {"@type": type.googleapis.com/envoy.config.route.v3.FilterConfig, disabled: true}}, `

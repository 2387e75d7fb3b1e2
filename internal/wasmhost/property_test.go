// SPDX-License-Identifier: Apache-2.0

package wasmhost

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// withFacts gives the exchange every fact.
func withFacts(x *Exchange) {
	f := &x.Facts
	f.Request.Protocol, f.Request.Time, f.Request.Source = "HTTP/2", 258, "192.0.2.1:4711"
	f.Request.Headers = append(f.Request.Headers, headerLines(`user-agent: test
x-request-id: id-1
cookie: a
cookie: b
referer: http://r/`)...)
	f.Reply.Flags, f.Reply.Owner = facts.ParseFlag("UF")|facts.ParseFlag("URX"), "my.filter"
	f.Route = facts.Route{VirtualHost: "vh", Cluster: "c", Upstream: "198.51.100.1:80"}
}

func TestAttributes(t *testing.T) {
	runAll(t, []behaviour{
		{
			name: "of the request, before the reply",
			scripts: scripts{request: `get-property request path
get-property request url_path
get-property request query
get-property request host
get-property request method
get-property request scheme
get-property request useragent
get-property request referer
get-property request id
get-property request headers COOKIE
get-property request headers x-none
get-property request protocol
get-property request time
get-property request size
get-property response code
get-property response code_details
get-property response flags
get-property response grpc_status
get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner`},
			change: withFacts,
			want: `
request-headers: get-property request path = ok "/pets?limit=5#top"
request-headers: get-property request url_path = ok "/pets"
request-headers: get-property request query = ok "limit=5"
request-headers: get-property request host = ok "example.com"
request-headers: get-property request method = ok "GET"
request-headers: get-property request scheme = ok "https"
request-headers: get-property request useragent = ok "test"
request-headers: get-property request referer = ok "http://r/"
request-headers: get-property request id = ok "id-1"
request-headers: get-property request headers COOKIE = ok "a,b"
request-headers: get-property request headers x-none = not found
request-headers: get-property request protocol = ok "HTTP/2"
request-headers: get-property request time = ok "\x02\x01\x00\x00\x00\x00\x00\x00"
request-headers: get-property request size = ok "\x00\x00\x00\x00\x00\x00\x00\x00"
request-headers: get-property response code = not found
request-headers: get-property response code_details = not found
request-headers: get-property response flags = ok "\x00\x00\x00\x00\x00\x00\x00\x00"
request-headers: get-property response grpc_status = not found
request-headers: get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner = not found` + untouched,
		},
		{
			name: "of request headers, which are out of reach in the response phase",
			scripts: scripts{response: `get-property request path
get-property request url_path
get-property request query
get-property request id
get-property request headers
get-property request headers cookie
get-property request protocol
get-property source address
get-property source port`, log: "get-property request path\nget-property request headers cookie"},
			change: withFacts,
			want: `
response-headers: get-property request path = not found
response-headers: get-property request url_path = not found
response-headers: get-property request query = not found
response-headers: get-property request id = not found
response-headers: get-property request headers = not found
response-headers: get-property request headers cookie = not found
response-headers: get-property request protocol = ok "HTTP/2"
response-headers: get-property source address = ok "192.0.2.1:4711"
response-headers: get-property source port = ok "g\x12\x00\x00\x00\x00\x00\x00"
log: get-property request path = ok "/pets?limit=5#top"
log: get-property request headers cookie = ok "a,b"` + untouched,
		},
		{
			name: "of the reply",
			scripts: scripts{
				response: `get-property response code
get-property response code_details
get-property response flags
get-property response grpc_status
get-property response headers x-a
get-property response size
get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner
replace-header response :status 404
get-property response code`, body: []string{"get-property response headers x-a\nget-property response code"},
				log: "get-property response code\nget-property response headers :status\nget-property response size",
			},
			change: withFacts,
			want: `
response-headers: get-property response code = ok "\x93\x01\x00\x00\x00\x00\x00\x00"
response-headers: get-property response code_details = ok "denied by test"
response-headers: get-property response flags = ok " \x80\x00\x00\x00\x00\x00\x00"
response-headers: get-property response grpc_status = ok "\a\x00\x00\x00\x00\x00\x00\x00"
response-headers: get-property response headers x-a = ok "1,2"
response-headers: get-property response size = ok "\x00\x00\x00\x00\x00\x00\x00\x00"
response-headers: get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner = ok "my.filter"
response-headers: replace-header response :status 404 = ok
response-headers: get-property response code = ok "\x93\x01\x00\x00\x00\x00\x00\x00"
response-body: get-property response headers x-a = not found
response-body: get-property response code = ok "\x93\x01\x00\x00\x00\x00\x00\x00"
log: get-property response code = ok "\x94\x01\x00\x00\x00\x00\x00\x00"
log: get-property response headers :status = ok "404"
log: get-property response size = ok "\x06\x00\x00\x00\x00\x00\x00\x00"
< :status: 404
< content-type: text/plain
< x-a: 1
< x-a: 2
< content-length: 6
"denied"
details denied_by_test`,
		},
		{
			name: "of route and upstream; one that is empty is not one that is absent",
			scripts: scripts{response: `get-property xds route_name
get-property xds virtual_host_name
get-property xds cluster_name
get-property upstream address
get-property upstream port
get-property connection requested_server_name
get-property connection mtls`},
			change: withFacts,
			want: `
response-headers: get-property xds route_name = ok, no data
response-headers: get-property xds virtual_host_name = ok "vh"
response-headers: get-property xds cluster_name = ok "c"
response-headers: get-property upstream address = ok "198.51.100.1:80"
response-headers: get-property upstream port = ok "P\x00\x00\x00\x00\x00\x00\x00"
response-headers: get-property connection requested_server_name = ok, no data
response-headers: get-property connection mtls = ok "\x00"` + untouched,
		},
		{
			name:    "of a request with a length",
			scripts: scripts{request: "get-property request size", response: "get-property request size"},
			change:  withRequestHeader("content-length", "258"),
			want: `
request-headers: get-property request size = ok "\x02\x01\x00\x00\x00\x00\x00\x00"
response-headers: get-property request size = ok "\x00\x00\x00\x00\x00\x00\x00\x00"` + untouched,
		},
		{
			name:    "of a request with a length that is none",
			scripts: scripts{request: "get-property request size"},
			change:  withRequestHeader("content-length", "many"),
			want: `
request-headers: get-property request size = not found` + untouched,
		},
		{
			name: "that are unknown",
			scripts: scripts{response: `get-property xds route_name
get-property xds cluster_name
get-property upstream address
get-property upstream port
get-property source address
get-property request time
get-property request none
get-property none
get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner`},
			want: `
response-headers: get-property xds route_name = not found
response-headers: get-property xds cluster_name = not found
response-headers: get-property upstream address = not found
response-headers: get-property upstream port = not found
response-headers: get-property source address = not found
response-headers: get-property request time = not found
response-headers: get-property request none = not found
response-headers: get-property none = not found
response-headers: get-property filter_state envoy.filters.network.http_connection_manager.local_reply_owner = not found` + untouched,
		},
		{
			name: "of a gRPC reply: the code is not the status",
			scripts: scripts{
				response: "get-property response code\nget-property response grpc_status\narguments",
				body:     []string{"arguments"},
			},
			change: func(x *Exchange) {
				withRequestHeader("content-type", "application/grpc+proto")(x)
				x.Facts.Reply = facts.Reply{
					Status: 200, Details: "d",
					Headers: headerLines("content-type: application/grpc\ngrpc-status: 14\ngrpc-message: denied"),
				}
				x.Code = 503
			},
			want: `
response-headers: get-property response code = ok "\xf7\x01\x00\x00\x00\x00\x00\x00"
response-headers: get-property response grpc_status = ok "\x0e\x00\x00\x00\x00\x00\x00\x00"
response-headers: arguments = 4 true
< :status: 200
< content-type: application/grpc
< grpc-status: 14
< grpc-message: denied
details d`,
		},
		{
			name: "that a test adds or takes away",
			scripts: scripts{response: `get-property xds route_metadata filter_metadata ns key
get-property metadata filter_metadata jwt exp
get-property response flags
get-property broken
get-property null`},
			change: func(x *Exchange) {
				x.Properties = map[string]any{
					"xds.route_metadata.filter_metadata.ns.key": "value",
					"metadata.filter_metadata.jwt.exp":          1.5,
					"response.flags":                            nil,
					"broken":                                    3,
					"null":                                      Null{},
				}
			},
			want: `
response-headers: get-property xds route_metadata filter_metadata ns key = ok "value"
response-headers: get-property metadata filter_metadata jwt exp = ok "\x00\x00\x00\x00\x00\x00\xf8?"
response-headers: get-property response flags = not found
response-headers: get-property broken = serialization failure
response-headers: get-property null = serialization failure` + untouched + `
fault a property cannot be a int`,
		},
		{
			name:    "of the plugin",
			scripts: scripts{response: "get-property plugin_name\nget-property plugin_root_id\nget-property plugin_vm_id"},
			options: Options{PluginName: "p", RootID: "r", VMID: "v"},
			want: `
response-headers: get-property plugin_name = ok "p"
response-headers: get-property plugin_root_id = ok "r"
response-headers: get-property plugin_vm_id = ok "v"` + untouched,
		},
	})
}

func TestFilterState(t *testing.T) {
	host := probe(t, Options{}, "set-property k v")
	outcome := host.Do(scripts{
		response: "set-property a.b 1\nset-property a.b 2\nset-property empty \"\"\nget-property a.b\nget-property filter_state wasm.a.b",
		log:      "set-property late 3\nget-property a.b",
	}.exchange())
	compare(t, `
configure 1: set-property k v = not found
configure 1: set-property k v = not found
response-headers: set-property a.b 1 = ok
response-headers: set-property a.b 2 = ok
response-headers: set-property empty "" = ok
response-headers: get-property a.b = ok "2"
response-headers: get-property filter_state wasm.a.b = ok "2"
log: set-property late 3 = ok
log: get-property a.b = ok "2"`+untouched, show(host, outcome))
	want := map[string]string{"wasm.a.b": "2", "wasm.empty": "", "wasm.late": "3"}
	if diff := cmp.Diff(want, outcome.FilterState); diff != "" {
		t.Errorf("filter state (-want +got):\n%s", diff)
	}
}

func TestSerialize(t *testing.T) {
	for _, tc := range []struct {
		name  string
		value any
		want  string
	}{
		{"text", "a", "a"},
		{"bytes", []byte("b"), "b"},
		{"int64", int64(-2), "\xfe\xff\xff\xff\xff\xff\xff\xff"},
		{"uint64", uint64(1), "\x01\x00\x00\x00\x00\x00\x00\x00"},
		{"double", 1.0, "\x00\x00\x00\x00\x00\x00\xf0?"},
		{"true", true, "\x01"},
		{"false", false, "\x00"},
		{"timestamp", time.Unix(0, 258), "\x02\x01\x00\x00\x00\x00\x00\x00"},
		{"duration", time.Microsecond, "\xe8\x03\x00\x00\x00\x00\x00\x00"},
		{"headers", facts.Headers{{Name: "a", Value: "b"}}, "\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00a\x00b\x00"},
		{
			"map",
			map[string]any{"b": true, "a": "c"},
			"\x02\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00\x01\x00\x00\x00a\x00c\x00b\x00\x01\x00",
		},
		{"list", []any{"a"}, "\x01\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00a\x00\x00"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := serialize(tc.value)
			if err != nil || string(got) != tc.want {
				t.Errorf("serialize(%v) = %q, %v, want %q", tc.value, got, err, tc.want)
			}
		})
	}
}

func TestSerializeErrors(t *testing.T) {
	const want = "a property cannot be a int"
	for _, value := range []any{1, map[string]any{"a": 1}, []any{1}} {
		if _, err := serialize(value); err == nil || err.Error() != want {
			t.Errorf("serialize(%v) = %v, want %q", value, err, want)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package accesslog

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/source"
)

// lineOfEnvoy is a line as an Envoy 1.40.0 with envoy.yaml wrote it, where the metadata of the virtual host names a route.
const lineOfEnvoy = `{"authority":"a.partner.example.com","bytes_sent":60,"downstream_remote_address":"127.0.0.1:46638",` +
	`"envoy_gateway_resources":[{"annotations":{"gateway-responses":"orders"},"kind":"HTTPRoute","name":"orders"}],"gateway_response_entry":"built-in",` +
	`"gateway_response_original_status":"403","gateway_response_type":"ACCESS_DENIED","grpc_status":null,"method":"GET","path":"/orders","protocol":"HTTP/1.1",` +
	`"reply_owner":"envoy.filters.http.rbac","request_headers":{"accept":"*/*","access-control-request-method":null,"content-type":null,"origin":null,"upgrade":null},` +
	`"request_id":"3057b249-4714-44a2-84cc-cdb007358449","response_code":500,"response_code_details":"rbac_access_denied_matched_policy[none]","response_flags":"-",` +
	`"route_metadata":null,"route_name":"carts","scheme":"http","start_time":"2026-11-28T05:27:08.936Z","upstream_cluster":"upstream","upstream_host":null,` +
	`"virtual_host":"partner","virtual_host_metadata":{"route":"partner"}}`

func TestParse(t *testing.T) {
	line, err := NewParser(DefaultFields()).Parse([]byte(lineOfEnvoy))
	if err != nil {
		t.Fatal(err)
	}
	want := exchange.Exchange{
		Request: exchange.Request{
			Method: "GET", Path: "/orders", Host: "a.partner.example.com", Scheme: "http", Protocol: "HTTP/1.1", Source: "127.0.0.1:46638",
			Time:    time.Date(2026, 11, 28, 5, 27, 8, 936e6, time.UTC),
			Headers: facts.Headers{{Name: "x-request-id", Value: "3057b249-4714-44a2-84cc-cdb007358449"}, {Name: "accept", Value: "*/*"}},
		},
		Error: exchange.Error{Details: "rbac_access_denied_matched_policy[none]", Status: 403, Owner: "envoy.filters.http.rbac"},
		Envoy: exchange.Envoy{RouteName: "carts", VirtualHost: "partner", Cluster: "upstream", DocumentRoute: "orders"},
	}
	if diff := cmp.Diff(want, line.Exchange()); diff != "" {
		t.Errorf("exchange (-want +got):\n%s", diff)
	}
	if line.Status != 500 || line.EnvoyStatus() != 403 || !line.IsError(400) || line.Lacks() != nil {
		t.Errorf("status %d, of Envoy %d, lacks %q", line.Status, line.EnvoyStatus(), line.Lacks())
	}
	if diff := cmp.Diff(Logged{"ACCESS_DENIED", "built-in"}, line.Logged()); diff != "" {
		t.Errorf("logged (-want +got):\n%s", diff)
	}
}

// parse reads a line in our own format.
func parse(t *testing.T, text string) Line {
	t.Helper()
	line, err := NewParser(DefaultFields()).Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return line
}

func TestIsError(t *testing.T) {
	for _, tc := range []struct {
		name, line string
		want       bool
	}{
		{"good", `{"response_code":200}`, false},
		{"a number as text", `{"response_code":"404"}`, true},
		{"replaced by a 204", `{"response_code":204,"gateway_response_original_status":"401"}`, true},
		{"the client went away", `{"response_code":0}`, false},
		{"redirect", `{"response_code":302}`, false},
		{"gRPC refused", `{"response_code":200,"grpc_status":7,"response_code_details":"rbac_access_denied"}`, true},
		{"gRPC refused, by name", `{"response_code":"200","grpc_status":"PermissionDenied","response_code_details":"rbac_access_denied"}`, true},
		{"gRPC went well, by name", `{"response_code":"200","grpc_status":"OK","response_code_details":"x"}`, false},
		{"no gRPC", `{"response_code":"200","grpc_status":"-","response_code_details":"x"}`, false},
		{"gRPC failed in the upstream", `{"response_code":200,"grpc_status":7,"response_code_details":"via_upstream"}`, false},
		{"gRPC went well", `{"response_code":200,"grpc_status":0,"response_code_details":"x"}`, false},
		{"the last of two", `{"response_code":200,"response_code":500}`, true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			line := parse(t, tc.line)
			if got := line.IsError(400); got != tc.want {
				t.Errorf("IsError = %t, want %t", got, tc.want)
			}
		})
	}
}

func TestExchange(t *testing.T) {
	empty, unlogged := "", Unlogged
	for _, tc := range []struct {
		name, line string
		want       exchange.Exchange
	}{
		{"left with a body", `{"response_code":403,"bytes_sent":5}`, exchange.Exchange{Error: exchange.Error{Status: 403, Body: &unlogged}}},
		{"left without", `{"response_code":403,"bytes_sent":0}`, exchange.Exchange{Error: exchange.Error{Status: 403, Body: &empty}}},
		{"HEAD", `{"response_code":403,"bytes_sent":0,"method":"HEAD"}`, exchange.Exchange{Request: exchange.Request{Method: "HEAD"}, Error: exchange.Error{Status: 403}}},
		{"flags, one unknown", `{"response_code":503,"response_flags":"UF,XX,URX"}`, exchange.Exchange{Error: exchange.Error{Status: 503, Flags: facts.ParseFlag("UF") | facts.ParseFlag("URX")}}},
		{"upstream", `{"response_code":500,"response_code_details":"via_upstream"}`, exchange.Exchange{Error: exchange.Error{Status: 500, Details: "via_upstream", Upstream: true}}},
		{"off without quotes", `{"response_code":500,"route_metadata":{"route":false}}`, exchange.Exchange{Error: exchange.Error{Status: 500}, Envoy: exchange.Envoy{DocumentRoute: "off"}}},
		{
			"the route before the host", `{"response_code":500,"route_metadata":{"document":"{}"},"virtual_host_metadata":{"route":"a","document":"{1}"}}`,
			exchange.Exchange{Error: exchange.Error{Status: 500}, Envoy: exchange.Envoy{RouteDocument: "{}"}},
		},
		{"gRPC, whose text is in a header", `{"response_code":200,"grpc_status":"16","response_code_details":"x","bytes_sent":0}`, exchange.Exchange{Error: exchange.Error{Status: 401, Details: "x"}}},
		{"gRPC", `{"response_code":200,"grpc_status":"16","response_code_details":"x"}`, exchange.Exchange{Error: exchange.Error{Status: 401, Details: "x"}}},
		{
			"members", `{"response_code":429,"request_headers":{"Host":"h","X-A":"1",":path":"/"},"response_headers":{"Retry-After":7},` +
				`"attributes":{"metadata.a.b/c":"m","route_metadata.team/name":"r","filterState.x.y":"s","attribute.connection.tls_version":"t","nonsense":1}}`,
			exchange.Exchange{
				Request: exchange.Request{Headers: facts.Headers{{Name: "x-a", Value: "1"}}},
				Error:   exchange.Error{Status: 429, Headers: facts.Headers{{Name: "retry-after", Value: "7"}}},
				Envoy: exchange.Envoy{Attributes: facts.Attributes{
					facts.MetadataPath("a.b/c"): "m", facts.RouteMetadataPath("team", "name"): "r", "filter_state\x00x.y": "s", "connection\x00tls_version": "t",
				}},
			},
		},
		{
			"Envoy Gateway's own log", `{"start_time":"-","method":"PUT","x-envoy-origin-path":"/a",":authority":"h","response_code":404,"user-agent":"curl","x-request-id":"-"}`,
			exchange.Exchange{
				Request: exchange.Request{Method: "PUT", Path: "/a", Host: "h", Headers: facts.Headers{{Name: "user-agent", Value: "curl"}}},
				Error:   exchange.Error{Status: 404},
			},
		},
		{
			"Istio's own log", `{"start_time":"2024-08-08T00:21:14.929Z","route_name":null,"method":"HEAD","path":"/a","protocol":"HTTP/2","response_code":429,"response_flags":"RL",` +
				`"response_code_details":"local_rate_limited","bytes_sent":0,"x_forwarded_for":"172.19.0.1","user_agent":"curl/8.9.1","request_id":"r","authority":"h",` +
				`"upstream_host":null,"upstream_cluster":"outbound|80||a","downstream_remote_address":"172.19.0.1:62217","requested_server_name":null}`,
			exchange.Exchange{
				Request: exchange.Request{
					Method: "HEAD", Path: "/a", Host: "h", Protocol: "HTTP/2", Source: "172.19.0.1:62217", Time: time.Date(2024, 8, 8, 0, 21, 14, 929e6, time.UTC),
					Headers: facts.Headers{{Name: "x-request-id", Value: "r"}, {Name: "x-forwarded-for", Value: "172.19.0.1"}, {Name: "user-agent", Value: "curl/8.9.1"}},
				},
				Error: exchange.Error{Status: 429, Details: "local_rate_limited", Flags: facts.ParseFlag("RL")},
				Envoy: exchange.Envoy{Cluster: "outbound|80||a"},
			},
		},
		{"escapes", `{"response_code":404,"path":"\/\u00e4\ud83d\ude00\"","authority":"\ud800"}`, exchange.Exchange{Request: exchange.Request{Path: "/ä😀\"", Host: "\uFFFD"}, Error: exchange.Error{Status: 404}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			line := parse(t, tc.line)
			if diff := cmp.Diff(tc.want, line.Exchange()); diff != "" {
				t.Errorf("exchange (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLacks(t *testing.T) {
	line := parse(t, `{"response_code":404,"method":null,"path":"-","authority":"a","request_headers":null,"route_metadata":null}`)
	want := []string{
		"start_time", "scheme", "protocol", "request_id", "downstream_remote_address", "response_code_details", "response_flags", "reply_owner",
		"bytes_sent", "route_name", "virtual_host", "upstream_cluster", "upstream_host", "gateway_response_original_status",
	}
	if diff := cmp.Diff(want, line.Lacks()); diff != "" {
		t.Errorf("lacks (-want +got):\n%s", diff)
	}
}

func TestBrokenLines(t *testing.T) {
	parser := NewParser(DefaultFields())
	for _, tc := range []struct{ name, line, want string }{
		{"text", `GET / 404`, "the line is no JSON object"},
		{"array", `[1]`, "the line is no JSON object"},
		{"cut", `{"response_code":404,"path":"/a`, "unexpected EOF"},
		{"no status", `{"path":"/"}`, "the line has no response_code"},
		{"a null for a status", `{"response_code":null}`, "the line has no response_code"},
		{"a status that is none", `{"response_code":4040}`, "the line has no response_code"},
		{"more", `{"response_code":404} x`, "there is more behind the JSON object"},
		{"too long", `{"response_code":404,"path":"` + strings.Repeat("a", MaxLine) + `"}`, "the line is longer than 262144 bytes"},
		{"deep", `{"response_code":404,"x":` + strings.Repeat("[", 20000), "exceeded max depth"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if _, err := parser.Parse([]byte(tc.line)); err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Parse: %v, want %q", err, tc.want)
			}
			// What is broken must not spoil the next line.
			if line, err := parser.Parse([]byte(lineOfEnvoy)); err != nil || line.Status != 500 {
				t.Errorf("the next line: %v", err)
			}
		})
	}
	if _, err := parser.Parse([]byte(`{"path":1}`)); !errors.Is(err, errNoStatus) {
		t.Error(err)
	}
}

// TestFieldMap reads the log of somebody else.
func TestFieldMap(t *testing.T) {
	document, found := source.Read("fields.yaml", []byte("response_code: http.status\nresponse_code_details: [why, \"a.b\"]\npath: http.path\n"+
		"request_headers: http.headers\nresponse_headers.retry-after: after\nrequest_headers.X-Who: who\nstart_time: times.1\n"))
	if found != nil {
		t.Fatal(found)
	}
	fields, found := NewFields(document)
	if found != nil {
		t.Fatal(found)
	}
	line, err := NewParser(fields).Parse([]byte(`{"http":{"status":429,"path":"/p","headers":{"accept":"text/html"}},"why":{"a.b":"x"},"after":3,"who":"me",` +
		`"times":["no","2026-01-02T03:04:05Z"],"path":"/not","method":"POST"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := exchange.Exchange{
		Request: exchange.Request{
			Method: "POST", Path: "/p", Time: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
			Headers: facts.Headers{{Name: "accept", Value: "text/html"}, {Name: "x-who", Value: "me"}},
		},
		Error: exchange.Error{Status: 429, Details: "x", Headers: facts.Headers{{Name: "retry-after", Value: "3"}}},
	}
	if diff := cmp.Diff(want, line.Exchange()); diff != "" {
		t.Errorf("exchange (-want +got):\n%s", diff)
	}
}

func TestBadFieldMaps(t *testing.T) {
	for _, tc := range []struct{ name, text, want string }{
		{"list", "- a\n", "f.yaml:1:1: error: a field map is an object"},
		{"unknown", "method: m\nrespons_code: s\n", "f.yaml:2:1: error: \"respons_code\" is no name of this format; did you mean \"response_code\"?"},
		{"number", "method: 7\n", "f.yaml:1:9: error: write the name that the log has, or a list of names that lead to it"},
		{"twice", "method: m\npath: m\n", "f.yaml:2:1: error: \"m\" is given to \"method\" already"},
		{"no header", "request_headers.: m\n", "is no name of this format"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := source.Read("f.yaml", []byte(tc.text))
			if document == nil {
				t.Fatal(found)
			}
			_, found = NewFields(document)
			var b strings.Builder
			if err := found.Text(&b, false); err != nil {
				t.Fatal(err)
			}
			if !found.HasErrors() || !strings.Contains(b.String(), tc.want) {
				t.Errorf("findings %q, want %q", b.String(), tc.want)
			}
		})
	}
}

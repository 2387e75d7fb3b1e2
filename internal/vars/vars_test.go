// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
)

// resolve resolves a name in a document that says where the authorizer's values are.
func resolve(name string) (Variable, error) {
	resolver := Resolver{Authorizer: authorizer}
	return resolver.Resolve(name)
}

// env has a value for every variable that can have one.
func env() *Env {
	return &Env{
		Facts: &facts.Facts{
			Request: facts.Request{
				Headers: facts.Headers{
					{Name: ":method", Value: "GET"},
					{Name: ":authority", Value: "shop.example.com:8443"},
					{Name: ":path", Value: "/pets/a%20b?limit=5&tag=x&tag=a+%26%C3%A9&empty"},
					{Name: "x-request-id", Value: "id-1"},
					{Name: "traceparent", Value: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"},
					{Name: "user-agent", Value: "curl/8"},
					{Name: "x-api-key", Value: "key-1"},
					{Name: "accept", Value: "text/html"},
					{Name: "accept", Value: "*/*"},
				},
				Protocol: "HTTP/2",
				Time:     time.Date(2021, time.December, 1, 18, 42, 5, 678_900_000, time.UTC).UnixNano(),
				Source:   "192.0.2.7:51111",
			},
			Reply: facts.Reply{
				Status:  503,
				Details: "no_healthy_upstream",
				Flags:   facts.ParseFlag("UH") | facts.ParseFlag("URX"),
				Owner:   "envoy.filters.http.router",
				Headers: facts.Headers{{Name: "etag", Value: "1"}, {Name: "via", Value: "a"}, {Name: "via", Value: "b"}},
				HasBody: true,
				Body:    []byte("no healthy upstream"),
			},
			Attributes: facts.Attributes{
				facts.MetadataPath("jwt/payload/sub"):                                                  "alice",
				facts.MetadataPath("authz/principalId"):                                                "alice-1",
				facts.MetadataPath("authz/tier"):                                                       "\x00\x00\x00\x00\x00\x00\x08\x40",
				facts.MetadataPath("com.acme.waf/rule/id"):                                             "942100",
				facts.AttributePath("filter_state", "com.acme.tenant"):                                 "blue",
				facts.AttributePath("connection", "mtls"):                                              "\x01",
				facts.AttributePath("connection", "subject_peer_certificate"):                          "CN=client",
				facts.AttributePath("filter_state", "gateway_responses.clientCert.issuerDN"):           "CN=issuer",
				facts.AttributePath("filter_state", "gateway_responses.clientCert.serialNumber"):       "0a",
				facts.AttributePath("filter_state", "gateway_responses.clientCert.validity.notBefore"): "then",
				facts.AttributePath("filter_state", "gateway_responses.clientCert.validity.notAfter"):  "later",
				facts.AttributePath("filter_state", "gateway_responses.clientCert.clientCertPem"):      "pem",
			},
			Route: facts.Route{Name: "pets", VirtualHost: "shop", Cluster: "pets-v1", Upstream: "10.0.0.1:80"},
		},
		APIID: "petstore", Stage: "prod", AccountID: "123456789012",
		StageVariables:  map[string]string{"docs": "https://docs.example.com", "none": ""},
		SharedVariables: map[string]string{"docs": "hidden", "shared": "s"},
		PathParameters:  map[string]string{"petId": "a b"},
		ResponseType:    "INTEGRATION_FAILURE",
		Message:         "Network error", HasMessage: true,
		Status: 504,

		ValidationError: `missing ["a"]`,
	}
}

// examples has a name for every row of the catalogue with what is known of it. A row without a value has none here.
var examples = map[string]struct {
	variable, value string
	form            Form
	needs           Needs
	attribute       string
}{
	"context.accountId":                              {value: "123456789012"},
	"context.apiId":                                  {value: "petstore"},
	"context.stage":                                  {value: "prod"},
	"context.domainName":                             {value: "shop.example.com", needs: headers(":authority")},
	"context.domainPrefix":                           {value: "shop", needs: headers(":authority")},
	"context.requestId":                              {value: "id-1", needs: headers("x-request-id")},
	"context.extendedRequestId":                      {value: "id-1", needs: headers("x-request-id")},
	"context.requestTime":                            {value: "01/Dec/2021:18:42:05 +0000", needs: Needs{Fields: facts.FieldTime}},
	"context.requestTimeEpoch":                       {value: "1638384125678", form: JSON, needs: Needs{Fields: facts.FieldTime}},
	"context.httpMethod":                             {value: "GET", needs: headers(":method")},
	"context.path":                                   {value: "/pets/a%20b", needs: headers(":path")},
	"context.protocol":                               {value: "HTTP/2", needs: Needs{Fields: facts.FieldProtocol}},
	"context.resourcePath":                           {value: "/pets/a%20b", needs: headers(":path")},
	"context.error.message":                          {value: "Network error"},
	"context.error.messageString":                    {value: "Network error", form: Quoted},
	"context.error.responseType":                     {value: "INTEGRATION_FAILURE"},
	"context.error.validationErrorString":            {value: `missing ["a"]`},
	"context.status":                                 {value: "504", form: JSON},
	"context.identity.sourceIp":                      {value: "192.0.2.7", needs: Needs{Fields: facts.FieldSource}},
	"context.identity.userAgent":                     {value: "curl/8", needs: headers("user-agent")},
	"context.envoy.responseCodeDetails":              {value: "no_healthy_upstream"},
	"context.envoy.responseFlags":                    {value: "UH,URX", needs: Needs{Fields: facts.FieldFlags}},
	"context.envoy.originalStatus":                   {value: "503", form: JSON},
	"context.envoy.originalPath":                     {value: "/pets/a%20b?limit=5&tag=x&tag=a+%26%C3%A9&empty", needs: headers(":path")},
	"context.envoy.filter":                           {value: "envoy.filters.http.router", needs: Needs{Fields: facts.FieldOwner}},
	"context.envoy.body":                             {value: "no healthy upstream", needs: Needs{Fields: facts.FieldBody}},
	"context.envoy.traceId":                          {value: "4bf92f3577b34da6a3ce929d0e0e4736", needs: headers("traceparent")},
	"context.envoy.routeName":                        {value: "pets", needs: Needs{Fields: facts.FieldRouteName}},
	"context.envoy.virtualHost":                      {value: "shop", needs: Needs{Fields: facts.FieldVirtualHost}},
	"context.envoy.clusterName":                      {value: "pets-v1", needs: Needs{Fields: facts.FieldCluster}},
	"context.envoy.upstreamHost":                     {value: "10.0.0.1:80", needs: Needs{Fields: facts.FieldUpstream}},
	"context.identity.apiKey":                        {value: "key-1", needs: headers("x-api-key")},
	"context.identity.clientCert.subjectDN":          {value: "CN=client", attribute: facts.AttributePath("connection", "subject_peer_certificate")},
	"context.identity.clientCert.issuerDN":           {value: "CN=issuer", attribute: facts.AttributePath("filter_state", "gateway_responses.clientCert.issuerDN")},
	"context.identity.clientCert.serialNumber":       {value: "0a", attribute: facts.AttributePath("filter_state", "gateway_responses.clientCert.serialNumber")},
	"context.identity.clientCert.validity.notBefore": {value: "then", attribute: facts.AttributePath("filter_state", "gateway_responses.clientCert.validity.notBefore")},
	"context.identity.clientCert.validity.notAfter":  {value: "later", attribute: facts.AttributePath("filter_state", "gateway_responses.clientCert.validity.notAfter")},
	"context.identity.clientCert.clientCertPem":      {value: "pem", attribute: facts.AttributePath("filter_state", "gateway_responses.clientCert.clientCertPem")},
	"context.authorizer.claims.NAME":                 {variable: "context.authorizer.claims.sub", value: "alice", attribute: facts.MetadataPath("jwt/payload/sub")},
	"context.authorizer.principalId":                 {value: "alice-1", attribute: facts.MetadataPath("authz/principalId")},
	"context.authorizer.NAME":                        {variable: "context.authorizer.context.tier", value: "3", attribute: facts.MetadataPath("authz/tier")},
	"context.envoy.metadata.NAME":                    {variable: "context.envoy.metadata.com.acme.waf/rule/id", value: "942100", attribute: facts.MetadataPath("com.acme.waf/rule/id")},
	"context.envoy.filterState.NAME":                 {variable: "context.envoy.filterState.com.acme.tenant", value: "blue", attribute: facts.AttributePath("filter_state", "com.acme.tenant")},
	"context.envoy.attribute.NAME":                   {variable: "context.envoy.attribute.connection.mtls", value: "true", attribute: facts.AttributePath("connection", "mtls")},
	"stageVariables.NAME":                            {variable: "stageVariables.docs", value: "https://docs.example.com"},
	"method.request.header.NAME":                     {variable: "method.request.header.Accept", value: "*/*", needs: lines("accept")},
	"method.request.multivalueheader.NAME":           {variable: "method.request.multivalueheader.Accept", value: "text/html,*/*", needs: lines("accept")},
	"method.request.querystring.NAME":                {variable: "method.request.querystring.tag", value: "a &é", needs: headers(":path")},
	"method.request.multivaluequerystring.NAME":      {variable: "method.request.multivaluequerystring.tag", value: "x,a &é", needs: headers(":path")},
	"method.request.path.NAME":                       {variable: "method.request.path.petId", value: "a b"},
	"method.input.params.NAME":                       {variable: "method.input.params.petId", value: "a b", needs: Needs{RequestHeaders: []string{"petid", ":path"}, RepeatedHeaders: true}},
	"response.header.NAME":                           {variable: "response.header.Via", value: "b"},
}

// authorizer finds the words of the authorizer in the exchange above.
var authorizer = Authorizer{Claims: facts.MetadataPath("jwt/payload"), Context: facts.MetadataPath("authz")}

func headers(name string) Needs { return Needs{RequestHeaders: []string{name}} }

func lines(name string) Needs { return Needs{RequestHeaders: []string{name}, RepeatedHeaders: true} }

// TestCatalogue resolves every row and takes its value from an exchange that has all of them, and from one that has none.
func TestCatalogue(t *testing.T) {
	empty := &Env{Facts: &facts.Facts{}}
	for _, row := range All() {
		t.Run(row.Name, func(t *testing.T) {
			want, answered := examples[row.Name]
			if want.variable == "" {
				want.variable = strings.ReplaceAll(row.Name, "NAME", "some-name")
			}
			v, err := resolve(want.variable)
			if err != nil {
				t.Fatalf("Resolve(%q): %v", want.variable, err)
			}
			if v.Name() != want.variable || v.Form() != want.form {
				t.Errorf("Resolve(%q) is called %q and has form %d, want form %d", want.variable, v.Name(), v.Form(), want.form)
			}
			if v.Attribute() != want.attribute {
				t.Errorf("Resolve(%q) reads the attribute %q, want %q", want.variable, v.Attribute(), want.attribute)
			}
			if diff := cmp.Diff(want.needs, v.Needs()); diff != "" {
				t.Errorf("Resolve(%q).Needs() mismatch (-want +got):\n%s", want.variable, diff)
			}
			if got, ok := v.Value(env()); got != want.value || ok != answered || row.HasValue() != answered {
				t.Errorf("Resolve(%q).Value() = %q, %v, want %q, %v", want.variable, got, ok, want.value, answered)
			}
			if got, ok := v.Value(empty); got != "" || ok {
				t.Errorf("Resolve(%q).Value() of nothing = %q, %v, want none", want.variable, got, ok)
			}
		})
	}
	if got := len(slices.DeleteFunc(All(), func(row Row) bool { return !row.HasValue() })); got != len(examples) {
		t.Errorf("%d rows have values, but there are %d examples", got, len(examples))
	}
}

func TestValue(t *testing.T) {
	for _, tc := range []struct {
		name, variable string
		change         func(*Env)
		want           string
		absent         bool
	}{
		{name: "host without port", variable: "context.domainName", change: setHeader(":authority", "example.com"), want: "example.com"},
		{name: "host is an IPv6 address", variable: "context.domainName", change: setHeader(":authority", "[2001:db8::1]"), want: "[2001:db8::1]"},
		{name: "host is an IPv6 address with port", variable: "context.domainName", change: setHeader(":authority", "[2001:db8::1]:80"), want: "[2001:db8::1]"},
		{name: "no host", variable: "context.domainName", change: setHeader(":authority", ""), absent: true},
		{name: "prefix of one label", variable: "context.domainPrefix", change: setHeader(":authority", "localhost:80"), want: "localhost"},
		{name: "prefix of an IPv6 address", variable: "context.domainPrefix", change: setHeader(":authority", "[::1]:80"), absent: true},
		{name: "path without query", variable: "context.path", change: setHeader(":path", "/a"), want: "/a"},
		{name: "path with an empty query", variable: "context.path", change: setHeader(":path", "/a?"), want: "/a"},
		{name: "path with two question marks", variable: "context.path", change: setHeader(":path", "/a?b?c"), want: "/a"},
		{name: "stage variable behind those of the route", variable: "stageVariables.shared", change: func(*Env) {}, want: "s"},
		{
			name: "path of a template", variable: "context.resourcePath",
			change: func(env *Env) { env.ResourcePath = "/pets/{petId}" }, want: "/pets/{petId}",
		},
		{name: "empty header", variable: "context.identity.userAgent", change: setHeader("user-agent", "")},
		{name: "client on IPv6", variable: "context.identity.sourceIp", change: setSource("[2001:db8::7]:51111"), want: "2001:db8::7"},
		{name: "client on a Unix socket", variable: "context.identity.sourceIp", change: setSource("/run/envoy.sock"), absent: true},
		{name: "client on an abstract socket", variable: "context.identity.sourceIp", change: setSource("@/run:1"), absent: true},
		{name: "client inside Envoy", variable: "context.identity.sourceIp", change: setSource("envoy://listener/1:2"), absent: true},
		{name: "client without port", variable: "context.identity.sourceIp", change: setSource("192.0.2.7"), absent: true},
		{name: "time with one digit", variable: "context.requestTime", change: setTime("2026-02-03T04:05:06Z"), want: "03/Feb/2026:04:05:06 +0000"},
		{name: "time at the end of a leap year", variable: "context.requestTime", change: setTime("2024-12-31T23:59:59Z"), want: "31/Dec/2024:23:59:59 +0000"},
		{name: "no message", variable: "context.error.message", change: func(e *Env) { e.HasMessage, e.Message = false, "" }, absent: true},
		{name: "no message string", variable: "context.error.messageString", change: func(e *Env) { e.HasMessage, e.Message = false, "" }, absent: true},
		{name: "no flags", variable: "context.envoy.responseFlags", change: func(e *Env) { e.Facts.Reply.Flags = 0 }, absent: true},
		{name: "body of other bytes", variable: "context.envoy.body", change: setBody("\xff\x00"), want: "\xff\x00"},
		{name: "empty body", variable: "context.envoy.body", change: setBody("")},
		{name: "body too long", variable: "context.envoy.body", change: setBody(strings.Repeat("a", facts.MaxBody+1)), want: strings.Repeat("a", facts.MaxBody)},
		{name: "encoded body", variable: "context.envoy.body", absent: true, change: func(e *Env) {
			e.Facts.Reply.Headers = append(e.Facts.Reply.Headers, facts.Header{Name: "content-encoding", Value: "gzip"})
		}},
		{name: "empty stage variable", variable: "stageVariables.none"},
		{name: "no such stage variable", variable: "stageVariables.doc", absent: true},
		{name: "stage variable of any name", variable: "stageVariables.a b/c", absent: true},
		{name: "header of other case", variable: "method.request.header.USER-AGENT", want: "curl/8"},
		{name: "host is the authority", variable: "method.request.header.Host", want: "shop.example.com:8443"},
		{name: "no such header", variable: "method.request.header.x-none", absent: true},
		{name: "no such lines", variable: "method.request.multivalueheader.x-none", absent: true},
		{name: "one line", variable: "method.request.multivalueheader.user-agent", want: "curl/8"},
		{name: "parameter without a value", variable: "method.request.querystring.empty"},
		{name: "no such parameter", variable: "method.request.querystring.limits", absent: true},
		{name: "parameter of other case", variable: "method.request.querystring.Limit", absent: true},
		{name: "no such parameters", variable: "method.request.multivaluequerystring.limits", absent: true},
		{name: "no query", variable: "method.request.querystring.limit", change: setHeader(":path", "/a"), absent: true},
		{name: "header of the reply", variable: "response.header.ETag", want: "1"},
		{name: "no such header of the reply", variable: "response.header.x-none", absent: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, err := resolve(tc.variable)
			if err != nil {
				t.Fatalf("Resolve(%q): %v", tc.variable, err)
			}
			exchange := env()
			if tc.change != nil {
				tc.change(exchange)
			}
			if got, ok := v.Value(exchange); got != tc.want || ok == tc.absent {
				t.Errorf("Resolve(%q).Value() = %q, %v, want %q, %v", tc.variable, got, ok, tc.want, !tc.absent)
			}
		})
	}
}

// setHeader changes the value of a request header.
func setHeader(name, value string) func(*Env) {
	return func(e *Env) {
		for i := range e.Facts.Request.Headers {
			if line := &e.Facts.Request.Headers[i]; line.Name == name {
				line.Value = value
			}
		}
	}
}

func setSource(source string) func(*Env) { return func(e *Env) { e.Facts.Request.Source = source } }

func setBody(body string) func(*Env) { return func(e *Env) { e.Facts.Reply.Body = []byte(body) } }

// setTime sets when the request began, in RFC 3339.
func setTime(text string) func(*Env) {
	return func(e *Env) {
		began, err := time.Parse(time.RFC3339, text)
		if err != nil {
			panic(err)
		}
		e.Facts.Request.Time = began.UnixNano()
	}
}

func TestTraceID(t *testing.T) {
	const id = "4bf92f3577b34da6a3ce929d0e0e4736"
	for _, tc := range []struct{ name, header, want string }{
		{"version 00", "00-" + id + "-00f067aa0ba902b7-01", id},
		{"a later version", "cc-" + id + "-00f067aa0ba902b7-01-more", id},
		{"empty", "", ""},
		{"ends with the id", "00-" + id, ""},
		{"all zero", "00-" + strings.Repeat("0", 32) + "-00f067aa0ba902b7-01", ""},
		{"capitals", "00-" + strings.ToUpper(id) + "-00f067aa0ba902b7-01", ""},
		{"no hexadecimal digits", "00-" + strings.Repeat("g", 32) + "-00f067aa0ba902b7-01", ""},
		{"too short an id", "00-" + id[:31] + "-00f067aa0ba902b7-01", ""},
		{"another separator", "00_" + id + "-00f067aa0ba902b7-01", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			env := &Env{Facts: &facts.Facts{Request: facts.Request{Headers: facts.Headers{{Name: "traceparent", Value: tc.header}}}}}
			if got, ok := traceID(env, ""); got != tc.want || ok != (tc.want != "") {
				t.Errorf("traceID(%q) = %q, %v, want %q", tc.header, got, ok, tc.want)
			}
		})
	}
}

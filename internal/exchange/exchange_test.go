// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// load reads a document without errors.
func load(t *testing.T, text string) Document {
	t.Helper()
	document, findings := config.Decode([]byte(text))
	program, more := engine.Load([]byte(text), engine.Everything())
	if program == nil || findings.HasErrors() {
		t.Fatalf("the document is refused:\n%s%s", findings, more)
	}
	return Document{document, program}
}

func TestMake(t *testing.T) {
	body := "no"
	x := Exchange{
		Request: Request{
			Method: "POST", Path: "/a?b=c", Host: "h", Scheme: "http", Protocol: "HTTP/2", Source: "1.2.3.4:5",
			Time: time.Unix(1, 2), Headers: facts.Headers{{Name: "x-request-id", Value: "7"}},
		},
		Error: Error{Details: "some_details", Status: 418, Flags: facts.ParseFlag("UT"), Owner: "o", Headers: facts.Headers{{Name: "a", Value: "b"}}, Body: &body},
		Envoy: Envoy{RouteName: "r", VirtualHost: "v", Cluster: "c", Upstream: "u", DocumentRoute: "d", RouteDocument: "{}", Attributes: facts.Attributes{"p": "q"}},
	}
	made, err := Make(x, load(t, `{}`))
	if err != nil {
		t.Fatal(err)
	}
	want := facts.Facts{
		Request: facts.Request{
			Headers: facts.Headers{
				{Name: ":method", Value: "POST"},
				{Name: ":path", Value: "/a?b=c"},
				{Name: ":authority", Value: "h"},
				{Name: ":scheme", Value: "http"},
				{Name: "x-request-id", Value: "7"},
			},
			Protocol: "HTTP/2", Time: 1e9 + 2, Source: "1.2.3.4:5",
		},
		Reply: facts.Reply{
			Status: 418, Details: "some_details", Flags: facts.ParseFlag("UT"), Owner: "o", HasBody: true, Body: []byte("no"),
			Headers: facts.Headers{{Name: ":status", Value: "418"}, {Name: "a", Value: "b"}, {Name: "content-type", Value: "text/plain"}},
		},
		Route:      facts.Route{Name: "r", VirtualHost: "v", Cluster: "c", Upstream: "u", DocumentRoute: "d", Document: "{}"},
		Attributes: facts.Attributes{"p": "q"},
	}
	if diff := cmp.Diff(want, made.Facts); diff != "" {
		t.Errorf("Make (-want +got):\n%s", diff)
	}
	if made.Assumed != nil {
		t.Errorf("assumed %q, want nothing", made.Assumed)
	}
}

// TestNoRoute holds that Envoy knows of no route where it found none.
func TestNoRoute(t *testing.T) {
	envoy := Envoy{RouteName: "r", VirtualHost: "v", Cluster: "c", DocumentRoute: "d", RouteDocument: "{}"}
	for details, want := range map[string]string{"route_not_found": "", "cluster_not_found": "d"} {
		made, err := Make(Exchange{Error: Error{Details: details}, Envoy: envoy}, load(t, `{}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := made.Facts.Route; got.DocumentRoute != want || (want == "") != (got == facts.Route{}) {
			t.Errorf("with the details %s Envoy knows %+v", details, got)
		}
	}
}

func TestMakeAssumes(t *testing.T) {
	const rules = `{"gatewayResponses": {"X_MAINTENANCE": {}, "WAF_FILTERED": {}}, "classification": [
		{"name": "waf", "when": {"filter": ["*coraza"], "status": ["406"], "requestHeaders": [{"name": "X-Probe", "glob": "*bad*"}]}, "responseType": "WAF_FILTERED"},
		{"name": "down", "when": {"details": ["maint*"], "responseHeaders": [{"name": "X-Down", "present": true}]}, "responseType": "X_MAINTENANCE"}]}`
	for _, tc := range []struct {
		name, document string
		error          Error
		want           string // status, details, flags, owner, headers, assumed
	}{
		{"a type", `{}`, Error{Type: "THROTTLED"}, "429 local_rate_limited RL envoy.filters.http.local_ratelimit [{content-type text/plain}] details status flags owner body"},
		{"a challenge", `{}`, Error{Type: "UNAUTHORIZED"}, `401 jwt_authn_access_denied{Jwt_verification_fails} - envoy.filters.http.jwt_authn ` +
			`[{www-authenticate Bearer realm="https://gateway.example.com/pets", error="invalid_token"} {content-type text/plain}] details status owner headers body`},
		{"as AWS sees it", `{"emulate": "aws"}`, Error{Type: "MISSING_AUTHENTICATION_TOKEN"}, "404 route_not_found NR envoy.filters.http.router [] details status flags owner body"},
		{"a type and a status", `{}`, Error{Type: "INTEGRATION_FAILURE", Status: 507}, "507 upstream_reset_before_response_started{remote_connection_failure} UF envoy.filters.http.router [{content-type text/plain}] details flags owner body"},
		{"a type and details", `{}`, Error{Type: "ACCESS_DENIED", Details: "csrf_origin_mismatch"}, "403 csrf_origin_mismatch - envoy.filters.http.csrf [{content-type text/plain}] status owner body"},
		{"a type and its details by a glob", `{}`, Error{Type: "ACCESS_DENIED", Details: "rbac_access_denied_matched_policy[x]"}, "403 rbac_access_denied_matched_policy[x] -  [] status body"},
		{"known details", `{}`, Error{Details: "response_timeout"}, "504 response_timeout UT envoy.filters.http.router [{content-type text/plain}] status flags owner body"},
		{"an upstream", `{}`, Error{Status: 500, Upstream: true}, "500 via_upstream -  [] details body"},
		{"a rule", rules, Error{Type: "WAF_FILTERED"}, "406  - coraza [] status owner body request header x-probe"},
		{"a rule about headers", rules, Error{Type: "X_MAINTENANCE"}, "403 maint -  [{x-down sample}] details status headers body"},
		{
			"a rule about what Envoy says", `{"gatewayResponses": {"X_A": {}}, "classification": [{"when": {"details": ["rbac_*"], "requestHeaders": [{"name": "authorization", "present": false}]}, "responseType": "X_A"}]}`,
			Error{Type: "X_A"},
			"403 rbac_access_denied_matched_policy[none] - envoy.filters.http.rbac [{content-type text/plain}] details status owner body",
		},
		{
			"a rule about the upstream", `{"gatewayResponses": {"X_A": {}}, "classification": [{"when": {"status": ["5xx"], "source": "upstream"}, "responseType": "X_A"}]}`,
			Error{Type: "X_A"},
			"500 via_upstream -  [] details status body",
		},
		{"a header of a producer", `{"declared": {"header": "X-Type"}}`, Error{Type: "INVALID_SIGNATURE"}, "403 ext_authz_denied UAEX envoy.filters.http.ext_authz [{x-type INVALID_SIGNATURE}] details status flags owner headers body"},
		{"metadata of a producer", `{"declared": {"metadata": "a/b", "filter": ["auth*"]}}`, Error{Type: "WAF_FILTERED"}, "403  - auth [] status owner body metadata"},
		{"mode off", `{"mode": "off"}`, Error{Type: "ACCESS_DENIED"}, "403 rbac_access_denied_matched_policy[none] - envoy.filters.http.rbac [{content-type text/plain}] details status owner body"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			made, err := Make(Exchange{Request: Request{Path: "/pets"}, Error: tc.error}, load(t, tc.document))
			if err != nil {
				t.Fatal(err)
			}
			reply := made.Facts.Reply
			var headers []string
			for _, line := range reply.Headers[1:] {
				headers = append(headers, "{"+line.Name+" "+line.Value+"}")
			}
			got := strings.TrimSpace(strings.Join([]string{
				facts.StatusText(reply.Status), reply.Details, reply.Flags.String(), reply.Owner,
				"[" + strings.Join(headers, " ") + "]", strings.Join(made.Assumed, " "),
			}, " "))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Make (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMakeErrors(t *testing.T) {
	for _, tc := range []struct {
		name, document string
		error          Error
		want           string
	}{
		{"nothing", `{}`, Error{}, "the error is missing; give its type, or details and status"},
		{"no status", `{}`, Error{Details: "a"}, `the status of the error with details "a" is not known; give it`},
		{"no such status", `{}`, Error{Status: 700}, "700 is no status; want 100 to 599"},
		{"no such type", `{}`, Error{Type: "THROTTLE"}, `there is no type "THROTTLE"; did you mean THROTTLED?`},
		{"nothing like a type", `{}`, Error{Type: "?"}, `there is no type "?"; gwr types lists them`},
		{"no such type of one's own", `{}`, Error{Type: "X_A"}, "the document has no type X_A: a type of one's own exists when gatewayResponses has an entry for it"},
		{"nobody raises it", `{}`, Error{Type: "WAF_FILTERED"}, "nothing in Envoy raises WAF_FILTERED; let a rule of classification name it, or its producer declare it (declared)"},
		{
			"nobody raises a type of one's own", `{"gatewayResponses": {"X_A": {}}}`,
			Error{Type: "X_A"},
			"nothing raises X_A: no rule of classification names it, and producers declare no types (declared)",
		},
		{
			"AWS takes it for another one", `{"emulate": "aws"}`,
			Error{Type: "EXPIRED_TOKEN"},
			"jwt_authn_access_denied{Jwt_is_expired} is not EXPIRED_TOKEN here: the tables take it for UNAUTHORIZED, by its details",
		},
		{
			"a rule takes it for another one", `{"classification": [{"name": "r", "when": {"status": ["429"]}, "responseType": "ACCESS_DENIED"}]}`,
			Error{Type: "QUOTA_EXCEEDED"},
			`rate_limited_by_quota is not QUOTA_EXCEEDED here: the rule "r" names it ACCESS_DENIED`,
		},
		{
			"a rule leaves it", `{"classification": [{"name": "r", "when": {"status": ["4xx"]}, "leave": true}]}`,
			Error{Type: "QUOTA_EXCEEDED"},
			`rate_limited_by_quota is not QUOTA_EXCEEDED here: the rule "r" leaves it`,
		},
		{
			"details of another type", `{}`,
			Error{Type: "THROTTLED", Details: "no_healthy_upstream"},
			"no_healthy_upstream is not THROTTLED here: the tables take it for INTEGRATION_FAILURE, by its details",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Make(Exchange{Error: tc.error}, load(t, tc.document))
			if err == nil || err.Error() != tc.want {
				t.Errorf("Make = %v, want %s", err, tc.want)
			}
		})
	}
}

// TestGRPC holds that a client of gRPC gets what Envoy sends one.
func TestGRPC(t *testing.T) {
	x := Exchange{Request: Request{Headers: facts.Headers{{Name: "content-type", Value: "application/grpc+proto"}}}, Error: Error{Type: "ACCESS_DENIED"}}
	made, err := Make(x, load(t, `{"grpc": {"statuses": {"ACCESS_DENIED": "UNAUTHENTICATED"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	want := facts.Reply{
		Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "envoy.filters.http.rbac",
		Headers: facts.Headers{
			{Name: ":status", Value: "200"},
			{Name: "content-type", Value: "application/grpc"},
			{Name: "grpc-status", Value: "7"},
			{Name: "grpc-message", Value: "RBAC: access denied"},
		},
	}
	if diff := cmp.Diff(want, made.Facts.Reply); diff != "" {
		t.Errorf("the reply (-want +got):\n%s", diff)
	}
}

// TestTypicalExchanges holds that each exchange raises its type, and that types without one say why.
func TestTypicalExchanges(t *testing.T) {
	document := load(t, `{"gatewayResponses": {"X_A": {}, "X_B": {}}, "classification": [{"when": {"details": ["rbac_*"]}, "responseType": "X_A"}]}`)
	var none []string
	for _, of := range Typical(Exchange{}, document) {
		if len(of.Exchanges) == 0 {
			none = append(none, string(of.Type))
		}
		if (of.Why == nil) != (len(of.Exchanges) > 0) {
			t.Errorf("%s has %d exchanges, and why there are none: %v", of.Type, len(of.Exchanges), of.Why)
		}
		for _, x := range of.Exchanges {
			made, err := Make(x, document)
			if err != nil {
				t.Fatal(err)
			}
			if got := document.Program.Decide(&made.Facts).Trace.Class.Type; got != of.Type {
				t.Errorf("%s raises %s, want %s", x.Error.Details, got, of.Type)
			}
		}
	}
	if diff := cmp.Diff([]string{"INVALID_SIGNATURE", "WAF_FILTERED", "X_B"}, none); diff != "" {
		t.Errorf("types without an exchange (-want +got):\n%s", diff)
	}
}

// TestNamed holds that a rule has an error of each source that it is for, with what the request must have for it.
func TestNamed(t *testing.T) {
	document := load(t, `{"gatewayResponses": {"X_A": {}}, "classification": [
		{"when": {"status": [404], "source": "any", "requestHeaders": [{"name": "x-a", "equals": "b"}]}, "responseType": "X_A"},
		{"when": {"status": [500], "source": "upstream"}, "leave": true},
		{"when": {"details": ["rbac_*"]}, "responseType": "X_A"}]}`)
	var got []string
	for _, made := range Named(Exchange{}, document) {
		class := document.Program.Decide(&made.Facts).Trace.Class
		got = append(got, fmt.Sprintf("%s %d %s by %s", made.Facts.Reply.Details, made.Facts.Reply.Status, class.Type, class.Reason))
	}
	want := []string{"route_not_found 404 X_A by rule", "via_upstream 404 X_A by rule", "via_upstream 500  by rule", "rbac_access_denied_matched_policy[none] 403 X_A by rule"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTo holds that routes take the requests that are made for them.
func TestTo(t *testing.T) {
	document := load(t, `{"gatewayResponses": {"DEFAULT_4XX": {}}, "routes": [
		{"name": "all", "match": {"pathPrefix": "/"}},
		{"name": "pet", "match": {"hosts": ["*.example.com"], "path": "/pets/{petId}/{rest+}", "methods": ["PUT"], "routeNames": ["a*"], "virtualHosts": ["*"]},
		 "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "$method.request.path.petId $context.resourcePath"}}}},
		{"name": "meta", "gatewayResponses": {"ACCESS_DENIED": {}}},
		{"name": "shop", "match": {"pathPrefix": "/shop"}, "resources": ["/items/{id}"],
		 "gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "$context.resourcePath"}}}}]}`)
	for i, want := range []string{"DEFAULT_4XX: ", "pet/ACCESS_DENIED: petId /pets/{petId}/{rest+}", "meta/ACCESS_DENIED: ", "shop/ACCESS_DENIED: /items/{id}"} {
		x := To(&document.Config.Routes[i])
		x.Error.Type = "ACCESS_DENIED"
		made, err := Make(x, document)
		if err != nil {
			t.Fatal(err)
		}
		decision := document.Program.Decide(&made.Facts)
		if got := decision.Trace.Entry + ": " + string(decision.Reply.Body); !strings.HasPrefix(got, want) {
			t.Errorf("route %d answers %q, want %q", i, got, want)
		}
	}
}

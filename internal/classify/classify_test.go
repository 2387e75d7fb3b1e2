// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

func TestClassifyByDetails(t *testing.T) {
	token := "jwt_authn_access_denied{Jwt_is_missing}"
	for _, tc := range []struct {
		name    string
		reply   facts.Reply
		dialect Dialect
		want    Result
	}{
		{
			"the upstream's own",
			facts.Reply{Status: 500, Details: "via_upstream", HasBody: true},
			Envoy,
			Result{Upstream: true},
		},
		{
			"a refused upgrade is the upstream's own",
			facts.Reply{Status: 403, Details: "websocket_handshake_unsuccessful", Owner: "router"},
			AWS,
			Result{Upstream: true},
		},
		{
			"a missing token",
			facts.Reply{Status: 401, Details: token},
			Envoy,
			Result{Type: config.MissingAuthenticationToken, Broader: config.Unauthorized, Reason: ByDetails, Row: token, Known: true},
		},
		{
			"a missing token, as AWS sees it",
			facts.Reply{Status: 401, Details: token},
			AWS,
			Result{Type: config.Unauthorized, Reason: ByDetails, Row: token, Known: true},
		},
		{
			"details win over flags",
			facts.Reply{Status: 503, Details: "cluster_not_found", Flags: facts.ParseFlag("UT")},
			Envoy,
			Result{Type: config.APIConfigurationError, Reason: ByDetails, Row: "cluster_not_found", Known: true},
		},
		{
			"the status of a row holds",
			facts.Reply{Status: 504, Details: "stream_idle_timeout"},
			Envoy,
			Result{Type: config.IntegrationTimeout, Reason: ByDetails, Row: "stream_idle_timeout", Known: true},
		},
		{
			"known details without a type of their own do not go by flag",
			facts.Reply{Status: 408, Details: "stream_idle_timeout", Flags: facts.ParseFlag("UT")},
			Envoy,
			Result{Type: config.Default4XX, Reason: ByStatus, Row: "stream_idle_timeout", Known: true},
		},
		{
			"a status that would mislead",
			facts.Reply{Status: 429, Details: "ext_proc_error_HTTP_ERROR"},
			Envoy,
			Result{Type: config.Default4XX, Reason: ByDetails, Row: "ext_proc_error_*", Known: true},
		},
		{
			"white space compares as an underscore",
			facts.Reply{Status: 401, Details: "CSRF token\tvalidation failed"},
			Envoy,
			Result{Type: config.Unauthorized, Reason: ByDetails, Row: "CSRF_token_validation_failed", Known: true},
		},
		{
			"case differs, so the details are unknown",
			facts.Reply{Status: 404, Details: "Route_not_found"},
			AWS,
			Result{Type: config.ResourceNotFound, Reason: ByStatus},
		},
		{
			"a longer text is another one",
			facts.Reply{Status: 403, Details: "route_not_found_"},
			AWS,
			Result{Type: config.AccessDenied, Reason: ByStatus},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Classify(&tc.reply, tc.dialect)); diff != "" {
				t.Errorf("Classify(%+v, %d) (-want +got):\n%s", tc.reply, tc.dialect, diff)
			}
		})
	}
}

func TestClassifyDeliberate(t *testing.T) {
	const owner = "acme"
	for _, tc := range []struct {
		name  string
		reply facts.Reply
		want  Result
	}{
		{
			"written by the owner of the route",
			facts.Reply{Status: 404, Details: "direct_response", HasBody: true},
			Result{Type: config.ResourceNotFound, Reason: ByStatus, Row: "direct_response", Known: true, Deliberate: true},
		},
		{
			"without a body as well",
			facts.Reply{Status: 503, Details: "health_check_failed"},
			Result{Type: config.Default5XX, Reason: ByStatus, Row: "health_check_*", Known: true, Deliberate: true},
		},
		{
			"a file is, an error of the same filter is not",
			facts.Reply{Status: 404, Details: "file_server_stat_error", HasBody: true},
			Result{Type: config.ResourceNotFound, Reason: ByStatus, Row: "file_server_*", Known: true},
		},
		{
			"a denial with a body",
			facts.Reply{Status: 403, Details: "ext_authz_denied", HasBody: true},
			Result{Type: config.AccessDenied, Reason: ByDetails, Row: "ext_authz_denied", Known: true, Deliberate: true},
		},
		{
			"a denial without a body",
			facts.Reply{Status: 403, Details: "ext_authz_denied"},
			Result{Type: config.AccessDenied, Reason: ByDetails, Row: "ext_authz_denied", Known: true},
		},
		{
			"a denial with a body and a status that tells little",
			facts.Reply{Status: 404, Details: "ext_authz_denied", HasBody: true},
			Result{Type: config.ResourceNotFound, Reason: ByStatus, Row: "ext_authz_denied", Known: true, Deliberate: true},
		},
		{
			"a rate limit with a body",
			facts.Reply{Status: 429, Details: "request_rate_limited", HasBody: true},
			Result{Type: config.Throttled, Reason: ByDetails, Row: "request_rate_limited", Known: true, Deliberate: true},
		},
		{
			"user code that says nothing",
			facts.Reply{Status: 403, Owner: owner},
			Result{Type: config.AccessDenied, Reason: ByStatus, Deliberate: true},
		},
		{
			"user code with details of its own",
			facts.Reply{Status: 400, Details: "acme_block", Owner: owner, HasBody: true},
			Result{Type: config.Default4XX, Reason: ByStatus, Deliberate: true},
		},
		{
			"user code after an injected delay",
			facts.Reply{Status: 403, Owner: owner, Flags: facts.ParseFlag("DI")},
			Result{Type: config.AccessDenied, Reason: ByStatus, Deliberate: true},
		},
		{
			"unknown details without an owner",
			facts.Reply{Status: 403, Details: "new_in_envoy"},
			Result{Type: config.AccessDenied, Reason: ByStatus},
		},
		{
			"unknown details with a flag that tells no type",
			facts.Reply{Status: 403, Details: "new_in_envoy", Owner: owner, Flags: facts.ParseFlag("UAEX")},
			Result{Type: config.AccessDenied, Reason: ByStatus},
		},
		{
			"unknown details with a flag that tells one",
			facts.Reply{Status: 503, Details: "new_in_envoy", Owner: owner, Flags: facts.ParseFlag("UH")},
			Result{Type: config.IntegrationFailure, Reason: ByFlag, Row: "UH"},
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, Classify(&tc.reply, Envoy)); diff != "" {
				t.Errorf("Classify(%+v, Envoy) (-want +got):\n%s", tc.reply, diff)
			}
		})
	}
}

func TestClassifyByFlag(t *testing.T) {
	for _, tc := range []struct {
		name    string
		flags   string
		status  int
		dialect Dialect
		want    config.ResponseType
		row     string
	}{
		{"timeout", "UT", 504, Envoy, config.IntegrationTimeout, "UT"},
		{"timeout of the last try", "UF,UT,URX", 504, Envoy, config.IntegrationTimeout, "UT"},
		{"no try left", "URX", 503, Envoy, config.IntegrationFailure, "URX"},
		{"the flag beside it says why", "UC,URX", 503, Envoy, config.IntegrationFailure, "UC"},
		{"no route", "NR", 404, Envoy, config.ResourceNotFound, "NR"},
		{"no route, as AWS sees it", "NR", 404, AWS, config.MissingAuthenticationToken, "NR"},
		{"no cluster", "NC", 503, AWS, config.APIConfigurationError, "NC"},
		{"rate limited", "RL", 429, Envoy, config.Throttled, "RL"},
		{"the client was slow", "SI", 408, Envoy, config.Default4XX, ""},
		{"the upstream was slow", "SI", 504, Envoy, config.IntegrationTimeout, "SI"},
		{"the stream lasted too long", "UMSDR", 504, Envoy, config.IntegrationTimeout, "UMSDR"},
		{"a delay tells nothing", "DI", 503, Envoy, config.Default5XX, ""},
		{"a delay beside a flag that tells", "DI,UH", 503, Envoy, config.IntegrationFailure, "UH"},
		{"an injected fault goes by status", "FI", 429, Envoy, config.Throttled, ""},
		{"external authorization goes by status", "UAEX", 401, Envoy, config.Unauthorized, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			want := Result{Type: tc.want, Reason: ByFlag, Row: tc.row}
			if tc.row == "" {
				want.Reason = ByStatus
			}
			reply := facts.Reply{Status: tc.status, Details: "new_in_envoy", Flags: parseFlags(t, tc.flags)}
			if diff := cmp.Diff(want, Classify(&reply, tc.dialect)); diff != "" {
				t.Errorf("Classify(%+v, %d) (-want +got):\n%s", reply, tc.dialect, diff)
			}
		})
	}
}

func TestClassifyByStatus(t *testing.T) {
	for status, want := range map[int]config.ResponseType{
		400: config.Default4XX,
		401: config.Unauthorized,
		403: config.AccessDenied,
		404: config.ResourceNotFound,
		405: config.Default4XX,
		413: config.RequestTooLarge,
		415: config.UnsupportedMediaType,
		429: config.Throttled,
		499: config.Default4XX,
		500: config.Default5XX,
		503: config.Default5XX,
		504: config.IntegrationTimeout,
		599: config.Default5XX,
	} {
		for _, dialect := range []Dialect{Envoy, AWS} {
			got := Classify(&facts.Reply{Status: status}, dialect)
			if diff := cmp.Diff(Result{Type: want, Reason: ByStatus}, got); diff != "" {
				t.Errorf("Classify of the status %d, %d (-want +got):\n%s", status, dialect, diff)
			}
		}
	}
}

func TestClassifyDoesNotAllocate(t *testing.T) {
	reply := facts.Reply{Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "rbac", HasBody: true}
	if got := testing.AllocsPerRun(100, func() { Classify(&reply, Envoy) }); got != 0 {
		t.Errorf("Classify allocates %v times, want 0", got)
	}
}

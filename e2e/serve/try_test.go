// SPDX-License-Identifier: Apache-2.0

//go:build unix

package serve

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

// TestTry sends requests through the Envoy of the demo, as the server does for people: each reply comes with its line of the access log, and is
// what the engine says of the same exchange.
func TestTry(t *testing.T) {
	data := t.TempDir()
	cmd, messages, at := run(t, data)
	defer stop(t, cmd, messages)
	secret, err := os.ReadFile(filepath.Join(data, "admin-key"))
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(secret))
	if _, body := answer(t, http.MethodGet, at[1]+"/v1/envoys", key, ""); gjson.Get(body, "items.0.url").String() != at[2] {
		t.Fatalf("the Envoys are %s, want %s", body, at[2])
	}
	for _, tc := range []struct {
		request, details, flags, entry string
		status, original               int64
	}{
		{`"path": "/nowhere"`, "route_not_found", "NR", "built-in", 403, 404},
		{`"path": "/jwt", "client": "curl"`, "jwt_authn_access_denied{Jwt_is_missing}", "", "UNAUTHORIZED", 401, 401},
		{`"path": "/limited"`, "via_upstream", "", "", 200, 0},
		{`"path": "/limited", "client": "browser"`, "local_rate_limited", "RL", "THROTTLED", 429, 429},
		{`"path": "/down", "method": "POST", "body": "x"`, "upstream_reset_before_response_started{remote_connection_failure|delayed_connect_error:_Connection_refused}", "UF", "DEFAULT_5XX", 504, 503},
		{`"path": "/jwt", "client": "grpc"`, "jwt_authn_access_denied{Jwt_is_missing}", "", "", 200, 0},
	} {
		status, body := answer(t, http.MethodPost, at[1]+"/v1/tries", key, `{"gateway": "default", "envoy": "demo", `+tc.request+`}`)
		get := func(path string) gjson.Result { return gjson.Get(body, path) }
		if status != http.StatusOK || get("reply.status").Int() != tc.status || get("line.response_code").Int() != tc.status {
			t.Errorf("%s: status %d, want %d: %s", tc.request, status, tc.status, body)
			continue
		}
		entry := get("line.gateway_response_entry").String()
		if get("line.response_code_details").String() != tc.details || get("line.response_flags").String() != tc.flags || !strings.HasSuffix(entry, tc.entry) || get("line.gateway_response_original_status").Int() != tc.original {
			t.Errorf("%s: the line is %s", tc.request, get("line").Raw)
		}
		if got := get("differences"); got.Exists() || !get("expected").Exists() || get("expected.entry.name").String() != entry {
			t.Errorf("%s: %s differ; %s, expected %s", tc.request, got.Raw, get("missing"), get("expected").Raw)
		}
		if sent := get("sent.protocol").String(); get("reply.protocol").String() != sent || get("line.protocol").String() != sent {
			t.Errorf("%s: sent by %s: %s", tc.request, sent, body)
		}
		t.Logf("%s: %d by %s, %s", tc.request, tc.status, entry, tc.details)
	}
}

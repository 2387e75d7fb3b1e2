// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

// TestCompare compares two gateways of a real Envoy, each with its document: where the documents say the same, and where they do not.
func TestCompare(t *testing.T) {
	const a = `{"gatewayResponses": {
		"ACCESS_DENIED": {"responseTemplates": {"application/json": "{\"message\": \"no\", \"id\": \"$context.requestId\"}"}},
		"RESOURCE_NOT_FOUND": {"responseTemplates": {"application/json": "{\"message\":\"nothing\"}"}}}}`
	b := strings.Replace(strings.Replace(a, "nothing", "nothing here", 1), `"ACCESS_DENIED": {`, `"ACCESS_DENIED": {"headers": {"x-b": "b"}, `, 1)
	p := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{envoytest.Listener(t, "a", a), envoytest.Listener(t, "b", b)}})
	list := filepath.Join(t.TempDir(), "requests.test.yaml")
	text := `tests:
- {name: upstream, request: GET /ok, error: THROTTLED, want: {untouched: true}}
- {name: denied, request: {path: /rbac, headers: {x-request-id: 0123456789}}, error: ACCESS_DENIED, want: {status: 403}}
- {name: no route, request: GET /nowhere, error: RESOURCE_NOT_FOUND, want: {status: 404}}
`
	if err := os.WriteFile(list, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	urls := []string{"http://" + p.Address(t, "a"), "http://" + p.Address(t, "b")}
	for _, tc := range []struct {
		name string
		args []string
		want string
	}{
		{"a and b", []string{urls[0], urls[1]}, `
denied: GET /rbac
  header x-b
    A (not there)
    B b

no route: GET /nowhere
  body message
    A "nothing"
    B "nothing here"

3 requests: 1 the same, 2 different
`},
		{"a and a", []string{urls[0], urls[0]}, "\n3 requests: 3 the same, 0 different\n"},
		{"ignored", []string{urls[0], urls[1], "--ignore", "x-b", "--ignore-member", "message"}, "\n3 requests: 3 the same, 0 different\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out, err := exec.Command("../dist/gwr", append([]string{"compare", "--requests", list}, tc.args...)...).CombinedOutput()
			_, got, _ := strings.Cut(string(out), "B "+tc.args[1]+"\n")
			if got != tc.want {
				t.Errorf("gwr compare:\n%s\nwant\n%s", out, tc.want)
			}
			var exit *exec.ExitError
			if same := strings.Contains(tc.want, " 0 different"); same != (err == nil) || err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
				t.Errorf("gwr compare ends with %v", err)
			}
		})
	}
}

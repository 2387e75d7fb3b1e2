// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/engine"
)

// What follows are the ways in which the demo does not start. That it works is seen on a real Envoy, in e2e.

// newRoot makes a folder with what the demo needs, and works there.
func newRoot(t *testing.T) {
	t.Helper()
	template, err := os.ReadFile("../../envoy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	for name, text := range map[string]string{
		"envoy.yaml":       string(template),
		"dist/plugin.wasm": "",
		"config/aws.json":  `{"emulate": "aws"}`,
		"bad.json":         `{"mode": "on", "emulate": "AWS"}`,
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(root)
	for _, name := range []string{"CONFIG", "PORT", "ADMIN_PORT", "ENVOY", "ENVOY_VERSION"} {
		t.Setenv(name, "")
	}
}

// takenPort returns a port that is in use until the test ends.
func takenPort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := listener.Close(); err != nil {
			t.Error(err)
		}
	})
	return strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)
}

func TestRunErrors(t *testing.T) {
	for _, tc := range []struct {
		name    string
		prepare func(t *testing.T)
		// want is the last line, a regular expression.
		want string
	}{
		{"no document", func(t *testing.T) {
			t.Setenv("CONFIG", "nowhere.json")
		}, "CONFIG cannot be read: open nowhere.json: no such file or directory"},
		{"bad document", func(t *testing.T) {
			t.Setenv("CONFIG", "bad.json")
		}, "CONFIG=bad.json has errors; the filter would leave all replies as they are"},
		{"port is no number", func(t *testing.T) {
			t.Setenv("PORT", "http")
		}, `PORT="http" is not a port; write a number from 1 to 65535`},
		{"port is too large", func(t *testing.T) {
			t.Setenv("ADMIN_PORT", "65536")
		}, `ADMIN_PORT="65536" is not a port; write a number from 1 to 65535`},
		{"port is any", func(t *testing.T) {
			t.Setenv("PORT", "0")
		}, `PORT="0" is not a port; write a number from 1 to 65535`},
		{"one port for both", func(t *testing.T) {
			t.Setenv("PORT", "9901")
		}, "PORT and ADMIN_PORT are both 9901; they must differ"},
		{"busy port", func(t *testing.T) {
			t.Setenv("PORT", takenPort(t))
		}, `port \d+ cannot be used \(.*address already in use\); set PORT to a free one`},
		{"no plugin", func(t *testing.T) {
			if err := os.Remove("dist/plugin.wasm"); err != nil {
				t.Fatal(err)
			}
		}, "dist/plugin.wasm is missing; run make build"},
		{"no envoy.yaml", func(t *testing.T) {
			if err := os.Remove("envoy.yaml"); err != nil {
				t.Fatal(err)
			}
		}, "open envoy.yaml: no such file or directory"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			newRoot(t)
			tc.prepare(t)
			var stdout, stderr bytes.Buffer
			if got := run(t.Context(), &stdout, &stderr); got != 1 {
				t.Errorf("run = %d, want 1", got)
			}
			last := stderr.String()
			last = last[strings.LastIndexByte(strings.TrimSuffix(last, "\n"), '\n')+1:]
			if !regexp.MustCompile("^demo: " + tc.want + "\n$").MatchString(last) {
				t.Errorf("the last line is %q, want %q", last, tc.want)
			}
			if stdout.Len() > 0 {
				t.Errorf("stdout = %q, want nothing", &stdout)
			}
		})
	}
}

func TestRunShowsFindings(t *testing.T) {
	newRoot(t)
	t.Setenv("CONFIG", "bad.json")
	var stderr bytes.Buffer
	run(t.Context(), &bytes.Buffer{}, &stderr)
	for _, want := range []string{`bad.json: error: mode (line 1, column 10): "on"`, `bad.json: error: emulate (line 1, column 27): "AWS"`} {
		if !strings.Contains(stderr.String(), want) {
			t.Errorf("stderr = %q, want it to have %q", &stderr, want)
		}
	}
}

// TestRequests holds the list to the paths of envoy.yaml: none is missing, and none is too many.
func TestRequests(t *testing.T) {
	text, err := os.ReadFile("../../envoy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	routes := map[string]bool{}
	for _, match := range regexp.MustCompile(`match: \{path: (/[a-z-]+)\}`).FindAllStringSubmatch(string(text), -1) {
		routes[match[1]] = false
	}
	for _, r := range requests {
		_, ok := routes[r.path]
		if notFound := r.details == "route_not_found"; ok == notFound {
			t.Errorf("%s has a route in envoy.yaml: %t, and details %s", r.path, ok, r.details)
		}
		routes[r.path] = true
	}
	for path, listed := range routes {
		if !listed {
			t.Errorf("no request for %s is listed", path)
		}
	}
}

func TestCommand(t *testing.T) {
	for _, tc := range []struct {
		name    string
		request request
		want    string
	}{
		{"path", request{path: "/ok"}, "curl -i http://localhost:80/ok"},
		{"query", request{path: "/a?b=c"}, "curl -i 'http://localhost:80/a?b=c'"},
		{"options", request{path: "/a", options: "-u a:b"}, "curl -i -u a:b http://localhost:80/a"},
		{"accept", request{path: "/a", accept: "text/html"}, "curl -i -H 'accept: text/html' http://localhost:80/a"},
		{"body", request{path: "/a", body: "seq 9"}, "seq 9 | curl -i http://localhost:80/a --data-binary @-"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.request.command(80); got != tc.want {
				t.Errorf("command = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestOutcome(t *testing.T) {
	program, findings := engine.Load([]byte(`{"gatewayResponses": {
		"THROTTLED": {"statusCode": "503", "responseTemplates": {"text/plain": "later"}},
		"UNAUTHORIZED": {"statusCode": "204"}}}`), engine.Everything())
	if findings != nil {
		t.Fatal(findings)
	}
	for _, tc := range []struct {
		name    string
		request request
		want    string
	}{
		{"good", request{status: 200, details: "via_upstream"}, "200, untouched"},
		{"upstream", request{status: 500, details: "via_upstream"}, "500, untouched"},
		{"no entry", request{status: 403, details: "rbac_access_denied_matched_policy[none]"}, "403, untouched"},
		{"entry", request{status: 429, details: "local_rate_limited", flag: "RL"}, "503 text/plain, THROTTLED was 429"},
		{"no body", request{status: 401, details: "invalid_credential_for_basic_auth"}, "204 without a body, UNAUTHORIZED was 401"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.request.outcome(program); got != tc.want {
				t.Errorf("outcome = %q, want %q", got, tc.want)
			}
		})
	}
}

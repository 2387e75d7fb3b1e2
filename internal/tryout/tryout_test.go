// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"bytes"
	"net"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses"
	"gatewayresponses/internal/facts"
)

// That it works is seen on a real Envoy, in e2e.

// TestRequests holds the list to the paths of envoy.yaml: none is missing, and none is too many.
func TestRequests(t *testing.T) {
	routes := map[string]bool{}
	for _, match := range regexp.MustCompile(`match: \{path: (/[a-z-]+)\}`).FindAllStringSubmatch(string(gatewayresponses.EnvoyYAML), -1) {
		routes[match[1]] = false
	}
	for _, r := range requests {
		_, ok := routes[r.path]
		if nowhere := strings.HasPrefix(r.path, "/nowhere"); ok == nowhere {
			t.Errorf("%s has a route in envoy.yaml: %t", r.path, ok)
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
		{"user", request{path: "/a", user: "a:b"}, "curl -i -u a:b http://localhost:80/a"},
		{"header", request{path: "/a", header: "accept", value: "text/html"}, "curl -i -H 'accept: text/html' http://localhost:80/a"},
		{"body", request{path: "/a", numbers: 9}, "seq 9 | curl -i http://localhost:80/a --data-binary @-"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.request.command(80); got != tc.want {
				t.Errorf("command = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestBody(t *testing.T) {
	if got := (request{numbers: 3}).body(); got != "1\n2\n3\n" {
		t.Errorf("body = %q, want what seq 3 prints", got)
	}
}

// headers are headers, as name and value in turn.
func headers(namesAndValues ...string) (all facts.Headers) {
	for i := 0; i < len(namesAndValues); i += 2 {
		all = append(all, facts.Header{Name: namesAndValues[i], Value: namesAndValues[i+1]})
	}
	return all
}

// throttled and passed are two replies.
var (
	throttled = Reply{
		About: "too many", ID: "gwr-try-7", Method: "GET", Path: "/limited", Type: "THROTTLED", OriginalStatus: 429, Entry: "THROTTLED",
		Details: "local_rate_limited", Flags: "RL", Status: 503,
		Headers: headers("content-type", "text/plain", "date", "today", "x-id", "gwr-try-7", "x-ratelimit-reset", "9"), Body: "later\ngwr-try-7",
	}
	passed = Reply{About: "all is well", ID: "gwr-try-8", Method: "GET", Path: "/ok", Details: "via_upstream", Status: 200, Body: "ok\n"}
)

func TestOutcome(t *testing.T) {
	bare := throttled
	bare.Headers = nil
	for _, tc := range []struct {
		name  string
		reply Reply
		want  string
	}{
		{"left", passed, "200, untouched"},
		{"replaced", throttled, "503 text/plain, THROTTLED was 429"},
		{"no body", bare, "503 without a body, THROTTLED was 429"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := tc.reply.Outcome(); got != tc.want {
				t.Errorf("Outcome = %q, want %q", got, tc.want)
			}
		})
	}
}

func TestTable(t *testing.T) {
	want := `TYPE                            ENVOY  CLIENT  REQUEST
THROTTLED                       429    503     too many: GET /limited
    envoy's reason: local_rate_limited, flags RL
    content-type: text/plain
    x-id: gwr-try-7
    x-ratelimit-reset: 9
    | later
    | gwr-try-7

(left as it is)                 200    200     all is well: GET /ok
    envoy's reason: via_upstream
    | ok

`
	if diff := cmp.Diff(want, Table([]Reply{throttled, passed})); diff != "" {
		t.Errorf("Table (-want +got):\n%s", diff)
	}
}

func TestUnseen(t *testing.T) {
	got := Unseen([]string{"THROTTLED", "partner/THROTTLED", "DEFAULT_4XX"}, []Reply{throttled, passed})
	if diff := cmp.Diff([]string{"partner/THROTTLED", "DEFAULT_4XX"}, got); diff != "" {
		t.Errorf("Unseen (-want +got):\n%s", diff)
	}
}

func TestChanged(t *testing.T) {
	again := throttled
	again.ID, again.Body = "gwr-try-9", "later\ngwr-try-9"
	again.Headers = headers("content-type", "text/plain", "date", "tomorrow", "x-id", "gwr-try-9", "x-ratelimit-reset", "8")
	if got := Changed([]Reply{throttled, passed}, []Reply{again, passed}); got != nil {
		t.Errorf("Changed of the same replies to other requests = %+v, want none", got)
	}
	other := passed
	other.Status = 204
	got := Changed([]Reply{throttled, passed}, []Reply{again, other})
	if diff := cmp.Diff([]Reply{other}, got); diff != "" {
		t.Errorf("Changed (-want +got):\n%s", diff)
	}
}

// TestAccessLog writes lines in pieces: those of our requests are kept, the others passed on whole.
func TestAccessLog(t *testing.T) {
	var next bytes.Buffer
	log := newAccessLog(&next)
	const other = `{"path":"/b","response_code":200,"request_id":"somebody"}` + "\n" + "no JSON\n"
	text := `{"response_code":401,"response_code_details":"x","gateway_response_type":"UNAUTHORIZED","request_id":"gwr-try-1"}` + "\n" + other
	for i := range text {
		if n, err := log.Write([]byte(text[i : i+1])); n != 1 || err != nil {
			t.Fatalf("Write = %d, %v", n, err)
		}
	}
	if next.String() != other {
		t.Errorf("passed on: %q, want %q", next.String(), other)
	}
	if line := log.take("gwr-try-1"); line == nil || line.Logged().Type != "UNAUTHORIZED" || line.Details != "x" {
		t.Errorf("take = %+v", line)
	}
	if log.take("gwr-try-1") != nil {
		t.Error("a line is there twice")
	}
}

func TestCheckPorts(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	port := taken.Addr().(*net.TCPAddr).Port
	for _, tc := range []struct {
		name     string
		settings Settings
		want     string
	}{
		{"the same", Settings{Port: 1, AdminPort: 1, PortName: "--port", AdminPortName: "--admin-port"}, "--port and --admin-port are both 1; they must differ"},
		{"taken", Settings{Port: port, AdminPort: 1, PortName: "PORT"}, "address already in use); set PORT to a free one"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if err := tc.settings.CheckPorts(); err == nil || !strings.HasSuffix(err.Error(), tc.want) {
				t.Errorf("CheckPorts = %v, want %s", err, tc.want)
			}
		})
	}
}

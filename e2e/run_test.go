// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/tryout"
	"gatewayresponses/internal/waittest"
)

// TestRun starts what "make run" starts, sends every request of the list that it prints, and ends it as Ctrl-C does.
func TestRun(t *testing.T) {
	for _, document := range []string{"aws", "problem", "full"} {
		t.Run(document, func(t *testing.T) {
			d := startDemo(t, "config/"+document+".json")
			for _, r := range parseList(t, d.out.String()) {
				d.try(t, r)
			}
			d.interrupt(t)
		})
	}
}

// TestTryOnce tries the built-in document and ends: what the filter says of each reply is what the client sees.
func TestTryOnce(t *testing.T) {
	binary, err := filepath.Abs("../dist/gwr")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.Command(binary, "try", "--once", "-o", "json", "--adapter", string(envoytest.Adapter))
	command.Dir = t.TempDir() // the binary needs nothing beside it
	command.Env = append(os.Environ(), "ENVOY="+envoytest.EnvoyPath)
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Replies       []tryout.Reply
		UnseenEntries []string
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatal(err)
	}
	if got.UnseenEntries != nil {
		t.Errorf("the requests do not show %q", got.UnseenEntries)
	}
	seen := map[string]string{}
	for _, r := range got.Replies {
		seen[r.About] = fmt.Sprintf("%s %d was %d: %s", r.Type, r.Status, r.OriginalStatus, r.Body)
	}
	for about, want := range map[string]string{
		"all is well":                        " 200 was 0: ok\n",
		"an expired token":                   `UNAUTHORIZED 401 was 401: {"message":"Unauthorized"}`,
		"the second request within a minute": `THROTTLED 429 was 429: {"message":"Too Many Requests"}`,
		"there is no such cluster":           `API_CONFIGURATION_ERROR 500 was 503: {"message": "Internal server error"}`,
	} {
		if seen[about] != want {
			t.Errorf("%s: %q, want %q", about, seen[about], want)
		}
	}
}

// TestTryWatch changes the document under a running gwr try: a good one is in force as soon as its replies are printed, a bad one
// is told and changes nothing.
func TestTryWatch(t *testing.T) {
	path := filepath.Join(t.TempDir(), "gwr.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("gatewayResponses: {ACCESS_DENIED: {statusCode: 418}}\n")
	body := filepath.Join(filepath.Dir(path), "denied.txt")
	d := startDemo(t, path, "--watch")
	d.wantDenied(t, 418)
	write("# The same.\ngatewayResponses: {ACCESS_DENIED: {statusCode: 418}}\n")
	envoytest.Eventually(t, "a comment is tried", func() bool { return strings.Contains(d.err.String(), "0 of 21 replies") })
	write("gatewayResponses: {ACCESS_DENIED: {statusCode: 42}}\n")
	envoytest.Eventually(t, "the bad document is told", func() bool { return strings.Contains(d.err.String(), "the document before goes on") })
	if place := path + ":1:48: error: "; !strings.Contains(d.err.String(), place) {
		t.Errorf("stderr = %q, want it to have %q", d.err.String(), place)
	}
	d.wantDenied(t, 418)
	write("# Another one.\ngatewayResponses: {ACCESS_DENIED: {statusCode: 420}}\n")
	envoytest.Eventually(t, "the good document is tried", func() bool { return strings.Contains(d.err.String(), "1 of 21 replies") })
	d.wantDenied(t, 420)
	if err := os.WriteFile(body, []byte("one"), 0o600); err != nil {
		t.Fatal(err)
	}
	write("gatewayResponses: {ACCESS_DENIED: {statusCode: 421, responseTemplates: {text/plain: {file: denied.txt}}}}\n")
	envoytest.Eventually(t, "the document with a body from a file is tried", func() bool { return strings.Count(d.err.String(), "1 of 21 replies") == 2 })
	d.wantDenied(t, 421)
	if err := os.WriteFile(body, []byte("another"), 0o600); err != nil {
		t.Fatal(err)
	}
	envoytest.Eventually(t, "the other body is shown", func() bool { return strings.Contains(d.out.String(), "    | another\n") })
	d.interrupt(t)
}

// demo is a running gwr try.
type demo struct {
	command  *exec.Cmd
	port     string
	out, err *envoytest.Buffer
}

// tryCommand is gwr try with flags, and with ports that are free.
func tryCommand(t *testing.T, port string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	args = append([]string{"try", "--port", port, "--admin-port", envoytest.FreePort(t), "--adapter", string(envoytest.Adapter)}, args...)
	binary, err := filepath.Abs("../dist/gwr")
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(ctx, binary, args...)
	command.Dir = ".."
	command.Env = append(os.Environ(), "ENVOY="+envoytest.EnvoyPath)
	return command
}

// startDemo tries a document and waits for the list.
func startDemo(t *testing.T, args ...string) *demo {
	t.Helper()
	d := &demo{port: envoytest.FreePort(t), out: &envoytest.Buffer{}, err: &envoytest.Buffer{}}
	d.command = tryCommand(t, d.port, args...)
	d.command.Stdout, d.command.Stderr = d.out, d.err
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	waittest.Within(t, envoytest.StartTimeout, "the demo prints its list", func() bool { return strings.Contains(d.out.String(), "Ctrl-C stops.") })
	return d
}

// wantDenied sends a request that access control denies.
func (d *demo) wantDenied(t *testing.T, status int) {
	t.Helper()
	got := envoytest.Clients[0].Send(t, "http://127.0.0.1:"+d.port, envoytest.NewID(), envoytest.Request{Method: http.MethodGet, Path: "/rbac"})
	if got.Status != status {
		t.Errorf("a denial has status %d, want %d", got.Status, status)
	}
}

// try sends a request of the list, which must lead to what the list says.
func (d *demo) try(t *testing.T, r listed) {
	t.Helper()
	url := "http://127.0.0.1:" + d.port
	if r.Path == "/limited" { // what the list promises is the second reply within a minute
		envoytest.Clients[0].Send(t, url, envoytest.NewID(), r.Request)
	}
	id := envoytest.NewID()
	got := envoytest.Clients[0].Send(t, url, id, r.Request)
	want := fmt.Sprintf("%d %s, ", got.Status, cmp.Or(got.Headers.Get("Content-Type"), "without a body"))
	if strings.HasSuffix(r.promise, "untouched") {
		want = fmt.Sprintf("%d, untouched", got.Status)
	}
	if !strings.HasPrefix(r.promise, want) {
		t.Errorf("%s: the list promises %q, the reply is %q", r.Path, r.promise, want)
	}
	envoytest.Eventually(t, "the access log has a line for "+id, func() bool {
		return strings.Contains(d.out.String(), `"request_id":"`+id+`"`)
	})
}

// interrupt sends what Ctrl-C sends. The demo must end with status 0, and Envoy with it.
func (d *demo) interrupt(t *testing.T) {
	t.Helper()
	began := time.Now()
	if err := d.command.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := d.command.Wait(); err != nil {
		t.Errorf("after an interrupt the demo ends with %v, want status 0", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("the demo took %s to end", took)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:"+d.port)
	if err != nil {
		t.Fatalf("after the demo has ended: %v", err)
	}
	_ = listener.Close()
}

// SPDX-License-Identifier: Apache-2.0

//go:build unix

package serve

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gatewayresponses/internal/pages"
	"gatewayresponses/internal/waittest"
)

// printed is what the command prints when both run: the server, Envoy and the API.
var printed = regexp.MustCompile(`The server is at (http://\S+), and Envoy at (http://\S+) runs[\s\S]+--rest-api-id (\S+) [\s\S]+Ctrl-C stops both\.`)

// run starts the built command in a folder, and gives what it prints: all of it, then the groups of printed.
func run(t *testing.T, data string) (*exec.Cmd, *waittest.Text, []string) {
	t.Helper()
	out, messages := &waittest.Text{}, &waittest.Text{}
	cmd := exec.Command("../../dist/gwrd", "try", "--plugin", "../../dist/plugin.wasm", "--fetch", "--cache", "../../.cache", "--data", data,
		"--listen", "127.0.0.1:0", "--xds-listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--port", "0", "--admin-port", "0")
	cmd.Stdout, cmd.Stderr = out, messages
	if err := cmd.Start(); err != nil {
		t.Fatalf("%v; make build makes it", err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		if found := printed.FindStringSubmatch(out.String()); found != nil {
			return cmd, messages, found
		}
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("nothing runs:\n%s\n%s", out, messages)
		}
	}
}

// stop ends the command as Ctrl-C does.
func stop(t *testing.T, cmd *exec.Cmd, messages *waittest.Text) {
	t.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("it ends with %v:\n%s", err, messages)
	}
}

// answer gives status and body of a request.
func answer(t *testing.T, method, url, key, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	got, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		t.Fatal(err)
	}
	return got.StatusCode, string(text)
}

// readme holds that the README shows this of what make serve prints.
func readme(t *testing.T, printed string) {
	t.Helper()
	page, err := pages.Read("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(page.Steps, func(s pages.Step) bool { return s.Command == "make serve" })
	if at < 0 || !pages.Matches(page.Steps[at].Shown, append([]string{"what make prints"}, strings.Split(printed, "\n")...)) {
		t.Errorf("the README does not show what make serve prints:\n%s", printed)
	}
}

// counts waits until the server knows of the errors that its Envoy has counted.
func counts(t *testing.T, server, key string) {
	t.Helper()
	for begun := time.Now(); ; time.Sleep(200 * time.Millisecond) {
		status, body := answer(t, http.MethodGet, server+"/v1/gateways/default/rates", key, "")
		if status == 200 && strings.Contains(body, `"UNAUTHORIZED.403":`) {
			return
		}
		if time.Since(begun) > 2*time.Minute {
			t.Fatalf("what Envoy counts is not known: %d %s", status, body)
		}
	}
}

// signsInOnce follows the link to the console that is printed.
func signsInOnce(t *testing.T, printed string) {
	t.Helper()
	link := regexp.MustCompile(`(http://\S+/console/sign-in)\?once=(\S+)`).FindStringSubmatch(printed)
	if link == nil {
		t.Fatalf("no link to the console is printed:\n%s", printed)
	}
	if status, page := answer(t, http.MethodGet, link[0], "", ""); status != 200 || !strings.Contains(page, "Your link signs you in once") {
		t.Errorf("the link leads to: %d %s", status, page)
	}
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for _, want := range []int{303, 403} {
		got, err := stay.PostForm(link[1], url.Values{"key": {link[2]}})
		if err != nil {
			t.Fatal(err)
		}
		if got.StatusCode != want || got.Body.Close() != nil {
			t.Errorf("signing in by the link: %d, want %d", got.StatusCode, want)
		}
	}
}

// TestServe does what the command prints: an error, another reply, a deployment, and the error again. A second run goes on with what the
// first one has kept, and Ctrl-C leaves nothing behind.
func TestServe(t *testing.T) {
	data := t.TempDir()
	cmd, messages, at := run(t, data)
	server, envoy, api := at[1], at[2], at[3]
	readme(t, strings.NewReplacer(server, "http://127.0.0.1:8400", envoy, "http://127.0.0.1:10000").Replace(at[0]))
	secret, err := os.ReadFile(filepath.Join(data, "admin-key"))
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(string(secret))
	if status, body := answer(t, http.MethodGet, envoy+"/jwt", "", ""); status != 401 || !strings.HasPrefix(body, `{"message":"Unauthorized","type":"UNAUTHORIZED","requestId":"`) {
		t.Errorf("the pet store is not deployed: %d %s", status, body)
	}
	if status, body := answer(t, http.MethodPut, server+"/restapis/"+api+"/gatewayresponses/UNAUTHORIZED", key, `{"statusCode":"403","responseTemplates":{"application/json":"{\"error\":\"who are you?\"}"}}`); status != 201 {
		t.Fatalf("put: %d %s", status, body)
	}
	if status, _ := answer(t, http.MethodGet, envoy+"/jwt", "", ""); status != 401 {
		t.Errorf("what is not deployed is in force: %d", status)
	}
	if status, body := answer(t, http.MethodPost, server+"/restapis/"+api+"/deployments", key, `{"stageName":"prod"}`); status != 201 {
		t.Fatalf("deploy: %d %s", status, body)
	}
	for begun := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		status, body := answer(t, http.MethodGet, envoy+"/jwt", "", "")
		if status == 403 && body == `{"error":"who are you?"}` {
			t.Logf("the new reply came %s after the deployment", time.Since(begun).Round(time.Millisecond))
			break
		}
		if time.Since(begun) > 10*time.Second {
			t.Fatalf("what is deployed is not in force: %d %s", status, body)
		}
	}
	counts(t, server, key)
	signsInOnce(t, at[0])
	stop(t, cmd, messages)
	if conn, err := net.Dial("tcp", strings.TrimPrefix(envoy, "http://")); err == nil {
		t.Errorf("envoy runs on, %v", conn.Close())
	}

	cmd, messages, at = run(t, data)
	if at[3] != api {
		t.Errorf("a second run has the API %s, want %s", at[3], api)
	}
	if status, body := answer(t, http.MethodGet, at[2]+"/jwt", "", ""); status != 403 || body != `{"error":"who are you?"}` {
		t.Errorf("a second run has lost what was deployed: %d %s", status, body)
	}
	if strings.Contains(messages.String(), key) {
		t.Error("the key is in the log")
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Errorf("SIGTERM ends it with %v", err)
	}
}

// SPDX-License-Identifier: Apache-2.0

package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/internal/waittest"
)

// running is a server that runs.
type running struct {
	*Server
	log  *waittest.Text
	key  string
	stop func() error
}

// testSettings listen on free ports of this machine.
func testSettings(t *testing.T) Settings {
	t.Helper()
	return Settings{
		Data: t.TempDir(), HTTP: Endpoint{Address: "127.0.0.1:0"}, XDS: Endpoint{Address: "127.0.0.1:0"}, Ops: "127.0.0.1:0",
		Account: "000000000000", Region: "us-east-1",
	}
}

// start runs a server until the test ends, or it is stopped.
func start(t *testing.T, settings Settings, change func(*Server)) *running {
	t.Helper()
	log := &waittest.Text{}
	settings.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s, err := Open(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.FirstKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(settings.Data, BearerFile))
	if err != nil {
		t.Fatal(err)
	}
	if change != nil {
		change(s)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx) }()
	r := &running{Server: s, log: log, key: strings.TrimSpace(string(key)), stop: sync.OnceValue(func() error {
		cancel()
		return <-done
	})}
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("the server ends with %v", err)
		}
	})
	return r
}

// get gives status and body of a URL.
func (r *running) get(t *testing.T, url string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+r.key)
	return read(t, http.DefaultClient, request)
}

func read(t *testing.T, client *http.Client, request *http.Request) (int, string) {
	t.Helper()
	answer, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(body)
}

func TestServe(t *testing.T) {
	r := start(t, testSettings(t), nil)
	if status, body := r.get(t, r.URL()+"/restapis"); status != http.StatusOK || body != `{"item":[]}` {
		t.Errorf("/restapis: %d %s", status, body)
	}
	ops := "http://" + r.OpsAddress().String()
	for path, want := range map[string]string{"/healthz": "alive\n", "/readyz": "ready\n"} {
		if status, body := r.get(t, ops+path); status != http.StatusOK || body != want {
			t.Errorf("%s: %d %s", path, status, body)
		}
	}
	_, metrics := r.get(t, ops+"/metrics")
	for _, line := range []string{
		`gwrd_requests_total{operation="GetRestApis",status="200"} 1`, "gwrd_request_failures_total 0", "gwrd_build_info{",
		`gwrd_revision_in_force{gateway="default"} 0`, `gwrd_nodes{gateway="default",state="refused"} 0`, "gwrd_audit_entries 1", "gwrd_store_up 1", "gwrd_xds_streams 0",
	} {
		if !strings.Contains(metrics, line) {
			t.Errorf("/metrics lacks %s", line)
		}
	}
	if err := r.stop(); err != nil {
		t.Error(err)
	}
	if _, err := net.Dial("tcp", r.OpsAddress().String()); err == nil {
		t.Error("the server still listens")
	}
}

// TestSecretFiles holds that what the first start writes is for its owner alone, and that a second start makes no other key.
func TestSecretFiles(t *testing.T) {
	settings := testSettings(t)
	for _, first := range []bool{true, false} {
		s, err := Open(t.Context(), settings)
		if err != nil {
			t.Fatal(err)
		}
		if made, err := s.FirstKey(t.Context()); err != nil || made != first {
			t.Errorf("FirstKey = %t, %v, want %t", made, err, first)
		}
		config, err := os.ReadFile(filepath.Join(settings.Data, AWSConfigFile))
		if err != nil || !strings.Contains(string(config), "\nendpoint_url = "+s.URL()+"\n") || !strings.Contains(string(config), "\naws_secret_access_key = ") {
			t.Errorf("the file of AWS's tools does not say where the server is: %v\n%s", err, config)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	files, err := os.ReadDir(settings.Data)
	if err != nil || len(files) < 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s has mode %v, %v", file.Name(), info.Mode(), err)
		}
	}
}

func TestNotReady(t *testing.T) {
	r := start(t, testSettings(t), nil)
	if err := r.store.Close(); err != nil {
		t.Fatal(err)
	}
	ops := "http://" + r.OpsAddress().String()
	if status, body := r.get(t, ops+"/readyz"); status != http.StatusServiceUnavailable || !strings.HasPrefix(body, "not ready: ") {
		t.Errorf("without a store: %d %s", status, body)
	}
	if status, _ := r.get(t, ops+"/healthz"); status != http.StatusOK {
		t.Errorf("a process that lives says %d", status)
	}
	if status, body := r.get(t, r.URL()+"/restapis"); status != http.StatusInternalServerError || body != `{"message":"Internal failure"}` {
		t.Errorf("without a store: %d %s", status, body)
	}
	if log := r.log.String(); !strings.Contains(log, "level=ERROR msg=request status=500") {
		t.Errorf("the log does not say why:\n%s", log)
	}
	if _, metrics := r.get(t, ops+"/metrics"); !strings.Contains(metrics, "gwrd_request_failures_total 1") {
		t.Error("the failure is not counted")
	} else if !strings.Contains(metrics, "gwrd_store_up 0") {
		t.Error("the metrics do not say that the store is gone")
	}
}

// TestStop holds that a request that is under way gets its answer when the server stops.
func TestStop(t *testing.T) {
	r := start(t, testSettings(t), nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(r.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	body := `{"name":"pets"}`
	request := fmt.Sprintf("POST /restapis HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n", r.key, len(body))
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReader(conn)
	for line := ""; line != "\r\n"; { // HTTP/1.1 100 Continue: the server waits for the body
		if line, err = answers.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	stopped := make(chan error, 1)
	go func() { stopped <- r.stop() }()
	waittest.Until(t, "the server stops", func() bool { return errors.Is(r.ready(t.Context()), errStopping) })
	if _, err := io.WriteString(conn, body); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(answers, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		t.Errorf("status %d, want 201", answer.StatusCode)
	}
	if err := <-stopped; err != nil {
		t.Errorf("it stops with %v", err)
	}
}

// TestSource holds that gateways come from files, also when these change, and that a folder that is none is said.
func TestSource(t *testing.T) {
	settings := testSettings(t)
	settings.Source = filepath.Join(t.TempDir(), "gateways")
	if s, err := Open(t.Context(), settings); err == nil || !strings.HasPrefix(err.Error(), "--source: ") {
		t.Errorf("a folder that is not there: %v, %v", s, err)
	}
	base := filepath.Join(settings.Source, "edge", "base.json")
	if err := os.MkdirAll(filepath.Dir(base), 0o700); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(base, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"mode": "observe"}`)
	r := start(t, settings, nil)
	if status, body := r.get(t, r.URL()+"/v1/gateways/edge/base"); status != http.StatusOK || !strings.Contains(body, "observe") {
		t.Fatalf("the base document of a file: %d %s", status, body)
	}
	write(`{"mode": "rewrite"}`)
	waittest.Until(t, "a change of the file is read", func() bool {
		_, body := r.get(t, r.URL()+"/v1/gateways/edge/base")
		return strings.Contains(body, "rewrite")
	})
}

// TestFiles holds that documents come into a folder, which is made, and that it is said while they do not.
func TestFiles(t *testing.T) {
	settings := testSettings(t)
	settings.Files = filepath.Join(t.TempDir(), "files")
	file := filepath.Join(settings.Files, "default.json")
	if err := os.MkdirAll(filepath.Join(file, "in the way"), 0o700); err != nil {
		t.Fatal(err)
	}
	r := start(t, settings, nil)
	failing := func(value string) bool {
		_, metrics := r.get(t, "http://"+r.OpsAddress().String()+"/metrics")
		return strings.Contains(metrics, "gwrd_files_failing "+value)
	}
	waittest.Until(t, "the failure is said", func() bool { return failing("1") && strings.Contains(r.log.String(), "cannot deliver into files") })
	if err := os.RemoveAll(file); err != nil {
		t.Fatal(err)
	}
	waittest.Until(t, "the file is written", func() bool { return failing("0") })
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), `"gateway-responses/default"`) {
		t.Errorf("the file: %v\n%s", err, text)
	}
}

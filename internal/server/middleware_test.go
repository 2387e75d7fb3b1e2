// SPDX-License-Identifier: Apache-2.0

package server

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"gatewayresponses/internal/server/request"
	"gatewayresponses/internal/waittest"
)

// observedBy runs a handler behind the middleware.
func observedBy(t *testing.T, handler http.HandlerFunc) (*httptest.Server, *waittest.Text) {
	t.Helper()
	log := &waittest.Text{}
	s := &Server{log: slog.New(slog.NewTextHandler(log, nil)), metrics: newMetrics(), limits: usualLimits}
	server := httptest.NewServer(s.observed(handler))
	t.Cleanup(server.Close)
	return server, log
}

func TestPanic(t *testing.T) {
	server, log := observedBy(t, func(http.ResponseWriter, *http.Request) { panic("a nil map") })
	answer, err := http.Get(server.URL + "/x")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusInternalServerError || string(body) != `{"message":"Internal failure"}` {
		t.Errorf("%d %s, %v", answer.StatusCode, body, err)
	}
	if text := log.String(); !strings.Contains(text, "a nil map") || !strings.Contains(text, "middleware_test.go") || !strings.Contains(text, "status=500") {
		t.Errorf("the log does not say what and where:\n%s", text)
	}
}

// TestPanicAmidAnswer holds that half an answer is not taken for the whole.
func TestPanicAmidAnswer(t *testing.T) {
	server, log := observedBy(t, func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 1<<16))
		panic("amid")
	})
	answer, err := http.Get(server.URL)
	if err == nil {
		defer answer.Body.Close()
		_, err = io.ReadAll(answer.Body)
	}
	if err == nil {
		t.Error("the answer ends as if it were whole")
	}
	if !strings.Contains(log.String(), "amid") {
		t.Errorf("the log does not say why:\n%s", log)
	}
}

// TestLogHasNoSecrets holds that what may be a secret is in no line of the log, whatever the request.
func TestLogHasNoSecrets(t *testing.T) {
	r := start(t, testSettings(t), nil)
	for _, path := range []string{"/restapis?X-Amz-Signature=hunter2&X-Amz-Security-Token=hunter2", "/pets?token=hunter2", "/domainnames"} {
		sent, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL()+path, strings.NewReader(`{"certificatePrivateKey":"hunter2","domainName":1}`))
		if err != nil {
			t.Fatal(err)
		}
		sent.Header.Set("Authorization", "Bearer "+r.key)
		sent.Header.Set("Cookie", "hunter2")
		read(t, http.DefaultClient, sent)
	}
	log := r.log.String()
	if strings.Count(log, "msg=request") != 3 || !strings.Contains(log, "operation=CreateDomainName") {
		t.Errorf("the log has no line for each request:\n%s", log)
	}
	for _, secret := range []string{"hunter2", r.key, r.key[len(r.key)-40:]} {
		if strings.Contains(log, secret) {
			t.Errorf("the log has a secret:\n%s", log)
		}
	}
}

// TestLogIsLines holds that a path cannot write lines of its own into the log.
func TestLogIsLines(t *testing.T) {
	var b bytes.Buffer
	r := httptest.NewRequest(http.MethodGet, "/a%0alevel=ERROR"+strings.Repeat("x", 1000), http.NoBody)
	logRequest(slog.New(slog.NewTextHandler(&b, nil)), r, request.New(), 404, 0)
	if text := b.String(); strings.Count(text, "\n") != 1 || len(text) > 600 {
		t.Errorf("the line is %q", text)
	}
}

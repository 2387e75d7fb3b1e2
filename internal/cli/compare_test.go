// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/compare"
)

// TestCompare compares two gateways, in each form of the report.
func TestCompare(t *testing.T) {
	a := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("content-type", "application/json")
		if r.URL.Path != "/same" {
			w.WriteHeader(http.StatusUnauthorized)
		}
		_, _ = w.Write([]byte(`{"message":"Unauthorized|*"}`))
	}))
	defer a.Close()
	b := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("content-type", "application/json")
		if r.URL.Path != "/same" {
			w.WriteHeader(http.StatusForbidden)
			_, _ = w.Write([]byte(`{"message": "<b>"}`))
			return
		}
		_, _ = w.Write([]byte(`{"message": "Unauthorized|*"}`))
	}))
	defer b.Close()
	list := filepath.Join(t.TempDir(), "list.http")
	if err := os.WriteFile(list, []byte("GET /same\n### not_the_same\nGET /other\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	run := func(code int, args ...string) string {
		t.Helper()
		var out, errors bytes.Buffer
		args = append([]string{"compare", a.URL, b.URL, "--rate", "100", "--requests", list}, args...)
		if got := Run(t.Context(), args, nil, &out, &errors); got != code {
			t.Fatalf("gwr compare %q = %d, want %d: %s", args, got, code, &errors)
		}
		return strings.NewReplacer(a.URL, "URL_A", b.URL, "URL_B").Replace(out.String())
	}
	for _, tc := range []struct{ name, got, want string }{
		{"text", run(commandline.ExitFindings), `A URL_A
B URL_B

not_the_same: GET /other
  status
    A 401
    B 403
  body message
    A "Unauthorized|*"
    B "<b>"

2 requests: 1 the same, 1 different
`},
		{"markdown", run(commandline.ExitFindings, "-o", "markdown"), `A: <code>URL_A</code><br>B: <code>URL_B</code>

2 requests: 1 the same, 1 different

**not\_the\_same: GET /other**

| where | A | B |
|---|---|---|
| status | <code>401</code> | <code>403</code> |
| body message | <code>"Unauthorized&#124;&#42;"</code> | <code>"&lt;b&gt;"</code> |
`},
		{"ignored", run(commandline.ExitFindings, "--ignore", "body"), `A URL_A
B URL_B

not_the_same: GET /other
  status
    A 401
    B 403

2 requests: 1 the same, 1 different
`},
	} {
		if diff := cmp.Diff(tc.want, tc.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tc.name, diff)
		}
	}
	var report struct {
		Same, Differ int
		Results      []struct {
			Name   string
			ReplyA struct{ Status int }
		}
	}
	text := run(commandline.ExitFindings, "-o", "json")
	if err := json.Unmarshal([]byte(text), &report); err != nil {
		t.Fatal(err)
	}
	if report.Same != 1 || report.Differ != 1 || len(report.Results) != 2 || report.Results[1].ReplyA.Status != http.StatusUnauthorized {
		t.Errorf("JSON: %+v", report)
	}
	if !strings.Contains(text, `"name": "content-type",`) {
		t.Errorf("the JSON has no header that is called content-type:\n%s", text)
	}
	if err := os.WriteFile(list, []byte("GET /same\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, want := run(commandline.ExitFine), "A URL_A\nB URL_B\n\n1 request: 1 the same, 0 different\n"; got != want {
		t.Errorf("the same = %q, want %q", got, want)
	}
}

// TestCompareTooMuch gives files that are larger than may be, of either kind.
func TestCompareTooMuch(t *testing.T) {
	file := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(file, bytes.Repeat([]byte(" "), compare.MaxSize+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--requests", "--inventory"} {
		var errors bytes.Buffer
		got := Run(t.Context(), []string{"compare", "http://127.0.0.1:1", "http://127.0.0.1:1", flag, file}, nil, io.Discard, &errors)
		if want := "gwr: " + file + " has more than 4 MiB\n"; got != commandline.ExitUnreadable || errors.String() != want {
			t.Errorf("%s: exit code %d, %q, want %d, %q", flag, got, &errors, commandline.ExitUnreadable, want)
		}
	}
}

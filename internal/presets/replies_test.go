// SPDX-License-Identifier: Apache-2.0

package presets_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/presets"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/source"
	"gatewayresponses/internal/testrun"
)

// TestFirstTests holds that the tests of every choice of presets pass.
func TestFirstTests(t *testing.T) {
	for name, names := range choices() {
		t.Run(name, func(t *testing.T) {
			folder, written := write(t, names)
			files := testrun.Files{
				Text: os.ReadFile,
				Document: func(path string) (*source.Document, finding.List, error) {
					text, err := os.ReadFile(path)
					if err != nil {
						return nil, nil, err
					}
					document, found := source.Files{Folder: filepath.Dir(path)}.Read(path, text)
					return document, found, nil
				},
			}
			suite, found, err := files.Load(filepath.Join(folder, written[1].Name), nil)
			if err != nil || len(found) > 0 {
				t.Fatal(err, found)
			}
			results, err := suite.Run(testrun.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if len(results) < 2 {
				t.Errorf("%d tests", len(results))
			}
			for _, result := range results {
				for _, failure := range result.Failures {
					t.Errorf("%s: %s: %s: %s", result.Test.Name.Value, failure.Place, failure.What, failure.Message)
				}
			}
		})
	}
}

// replies are the replies to the typical errors of all types, to a request with the given headers.
func replies(t *testing.T, names []string, headers ...facts.Header) map[string]preview.Reply {
	t.Helper()
	folder, written := write(t, names)
	document, found := source.Files{Folder: folder}.Read(written[0].Name, written[0].Text)
	if document == nil {
		t.Fatal(found)
	}
	checked := check.Read(document)
	if checked.Program == nil {
		t.Fatal(checked.Findings)
	}
	compiled := exchange.Document{Config: checked.Document, Program: checked.Program}
	all := map[string]preview.Reply{}
	for _, of := range exchange.Typical(exchange.Exchange{Request: exchange.Request{Path: "/a\"</title>?b", Headers: headers}}, compiled) {
		for _, x := range of.Exchanges {
			made, err := exchange.Make(x, compiled)
			if err != nil {
				t.Fatal(err)
			}
			all[string(of.Type)+" "+x.Error.Details] = preview.Of(checked.Program, made.Facts)
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d replies", len(all))
	}
	return all
}

// header is the only value of a header, "" for none.
func header(t *testing.T, reply preview.Reply, name string) string {
	t.Helper()
	value := ""
	for _, h := range reply.Headers {
		if h.Name == name {
			if value != "" {
				t.Errorf("%s stands there twice", name)
			}
			value = h.Value
		}
	}
	return value
}

func TestProblem(t *testing.T) {
	const trace = "4bf92f3577b34da6a3ce929d0e0e4736"
	for name, reply := range replies(t, []string{"problem"}, facts.Header{Name: "traceparent", Value: "00-" + trace + "-00f067aa0ba902b7-01"}) {
		var problem struct {
			Type, Title, Instance, RequestID, TraceID string
			Status                                    int
		}
		if err := json.Unmarshal(reply.Body, &problem); err != nil {
			t.Errorf("%s: %v: %s", name, err, reply.Body)
		}
		kind, _, _ := strings.Cut(name, " ")
		if problem.Type != "https://docs.example.com/errors/"+kind || problem.Title == "" || problem.Status != reply.Status ||
			problem.Instance != `/a"</title>` || problem.RequestID != exchange.DefaultRequestID || problem.TraceID != trace {
			t.Errorf("%s: %s", name, reply.Body)
		}
		if got := header(t, reply, "content-type"); got != "application/problem+json" {
			t.Errorf("%s: content-type %q", name, got)
		}
		if got := header(t, reply, "cache-control"); got != "no-store" {
			t.Errorf("%s: cache-control %q", name, got)
		}
	}
}

// TestPage holds that the page is safe under its own policy: the policy allows its style by hash and nothing else, and there is
// nothing else.
func TestPage(t *testing.T) {
	style := regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	for name, reply := range replies(t, []string{"html"}, facts.Header{Name: "accept", Value: "text/html"}) {
		styles := style.FindAllStringSubmatch(string(reply.Body), -1)
		if len(styles) != 1 {
			t.Fatalf("%s: %d styles in %s", name, len(styles), reply.Body)
		}
		hash := sha256.Sum256([]byte(styles[0][1]))
		want := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
		if got := header(t, reply, "content-security-policy"); got != want {
			t.Errorf("%s: content-security-policy %q, want %q", name, got, want)
		}
		for _, refused := range []string{" style=", "<script", "<link", "<img", "url(", "@import", "http-equiv", " on"} {
			if strings.Contains(strings.ReplaceAll(string(reply.Body), "this goes on", ""), refused) {
				t.Errorf("%s: the page has %q", name, refused)
			}
		}
		for _, wanted := range []string{
			`<html lang="en">`, `<meta name="robots" content="noindex">`, `<meta name="color-scheme" content="light dark">`,
			`<meta name="viewport" content="width=device-width, initial-scale=1">`, "prefers-color-scheme: dark", "<main>", "<h1>",
			"<dd>" + exchange.DefaultRequestID + "</dd>",
		} {
			if !strings.Contains(string(reply.Body), wanted) {
				t.Errorf("%s: the page lacks %q", name, wanted)
			}
		}
		if got := header(t, reply, "x-robots-tag"); got != "noindex" {
			t.Errorf("%s: x-robots-tag %q", name, got)
		}
		if len(reply.Body) > 4<<10 {
			t.Errorf("%s: the page has %d bytes", name, len(reply.Body))
		}
	}
}

// TestChallenges holds the challenges against the grammar of RFC 9110 section 11.6.1, and their errors against RFC 6750 section 3.1.
func TestChallenges(t *testing.T) {
	challenge := regexp.MustCompile(`^Bearer [a-z_]+="[^"\\]*"(, [a-z_]+="[^"\\]*")*$`)
	errorOf := map[string]string{
		"MISSING_AUTHENTICATION_TOKEN": "", "UNAUTHORIZED": `error="invalid_token"`, "EXPIRED_TOKEN": `error="invalid_token"`,
		"X_INSUFFICIENT_SCOPE": `error="insufficient_scope"`,
	}
	statusOf := map[string]int{"X_INSUFFICIENT_SCOPE": 403}
	seen := map[string]bool{}
	for name, reply := range replies(t, []string{"oauth", "jsonrpc"}) {
		kind, _, _ := strings.Cut(name, " ")
		want, ours := errorOf[kind]
		got := header(t, reply, "www-authenticate")
		if !ours {
			continue
		}
		seen[kind] = true
		if !challenge.MatchString(got) {
			t.Errorf("%s: %q is no challenge", name, got)
		}
		if !strings.Contains(got, `resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"`) {
			t.Errorf("%s: no resource_metadata in %q", name, got)
		}
		if want == "" && strings.Contains(got, "error=") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
		if status := max(statusOf[kind], 401); kind != "X_INSUFFICIENT_SCOPE" && reply.Status != status || kind == "X_INSUFFICIENT_SCOPE" && reply.Status != 403 {
			t.Errorf("%s: status %d", name, reply.Status)
		}
	}
	if len(seen) != len(errorOf) {
		t.Errorf("only %v were seen", seen)
	}
}

func TestJSONRPC(t *testing.T) {
	for name, reply := range replies(t, []string{"jsonrpc"}, facts.Header{Name: "accept", Value: "application/json, text/event-stream"}) {
		var message map[string]json.RawMessage
		if err := json.Unmarshal(reply.Body, &message); err != nil {
			t.Errorf("%s: %v: %s", name, err, reply.Body)
		}
		var failed struct {
			Code    int
			Message string
			Data    struct {
				Type, RequestID string
				Status          int
			}
		}
		if err := json.Unmarshal(message["error"], &failed); err != nil {
			t.Errorf("%s: %v: %s", name, err, reply.Body)
		}
		kind, _, _ := strings.Cut(name, " ")
		if len(message) != 3 || string(message["jsonrpc"]) != `"2.0"` || string(message["id"]) != "null" || failed.Code != -32000 || failed.Message == "" ||
			failed.Data.Type != kind || failed.Data.Status != reply.Status || failed.Data.RequestID != exchange.DefaultRequestID {
			t.Errorf("%s: %s", name, reply.Body)
		}
		if got := header(t, reply, "content-type"); got != "application/json" {
			t.Errorf("%s: content-type %q", name, got)
		}
	}
}

func TestGRPC(t *testing.T) {
	want := map[string]string{"THROTTLED": "8", "UNAUTHORIZED": "16", "ACCESS_DENIED": "7", "INTEGRATION_TIMEOUT": "4", "INTEGRATION_FAILURE": "14", "RESOURCE_NOT_FOUND": "12"}
	for name, reply := range replies(t, []string{"grpc"}, facts.Header{Name: "content-type", Value: "application/grpc"}) {
		kind, _, _ := strings.Cut(name, " ")
		if status, ok := want[kind]; ok && header(t, reply, "grpc-status") != status {
			t.Errorf("%s: grpc-status %q, want %s", name, header(t, reply, "grpc-status"), status)
		}
		if got := header(t, reply, "grpc-message"); !strings.Contains(got, exchange.DefaultRequestID) {
			t.Errorf("%s: grpc-message %q", name, got)
		}
	}
}

func TestCORS(t *testing.T) {
	for name, reply := range replies(t, []string{"cors"}, facts.Header{Name: "origin", Value: "https://app.example.com"}) {
		if got := header(t, reply, "access-control-allow-origin"); got != "https://app.example.com" {
			t.Errorf("%s: access-control-allow-origin %q", name, got)
		}
	}
	for name, reply := range replies(t, []string{"cors"}, facts.Header{Name: "origin", Value: "https://evil.example.com"}) {
		if got := header(t, reply, "access-control-allow-origin"); got != "" {
			t.Errorf("%s: access-control-allow-origin %q", name, got)
		}
	}
}

func TestAWS(t *testing.T) {
	for name, reply := range replies(t, []string{"aws"}) {
		if header(t, reply, "x-amzn-errortype") == "" {
			t.Errorf("%s: no x-amzn-errortype", name)
		}
		if strings.HasPrefix(name, "MISSING_AUTHENTICATION_TOKEN ") && (reply.Status != 404 || string(reply.Body) != `{"message":"Not Found"}`) {
			t.Errorf("%s: %d %s", name, reply.Status, reply.Body)
		}
	}
}

func TestUnknownPreset(t *testing.T) {
	for name, want := range map[string]string{
		"problems": `there is no preset "problems"; did you mean "problem"?`,
		"xml":      `there is no preset "xml"; use "aws", "problem", "html", "cors", "grpc", "oauth" or "jsonrpc"`,
	} {
		if _, err := presets.Starter([]string{name}); err == nil || err.Error() != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

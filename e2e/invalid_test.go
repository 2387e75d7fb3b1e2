// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
)

// badDocuments are documents that must be refused, with what the log must say of each.
var badDocuments = []struct{ name, document, want string }{
	{"empty", "", "document: the document is empty; the smallest one is {}"},
	{"blank", " \n", "document: the document is blank; the smallest one is {}"},
	{"not-json", "{\"mode\":\n  rewrite}", "mode (line 2, column 3): not JSON: "},
	{"trailing-text", "{} {}", "document (line 1, column 4): text after the end of the document"},
	{"unknown-key", "{\n \"gatewayResponse\": {}}", `gatewayResponse (line 2, column 2): unknown key "gatewayResponse"; did you mean "gatewayResponses"?`},
	{"bad-status", `{"gatewayResponses": {"THROTTLED": {"statusCode": "4xx"}}}`, `gatewayResponses.THROTTLED.statusCode (line 1, column 51): "4xx" is not an HTTP status`},
	{"unknown-type", `{"gatewayResponses": {"THROTLED": {}}}`, `gatewayResponses.THROTLED (line 1, column 23): "THROTLED" is not a gateway response type; did you mean "THROTTLED"?`},
	{
		"bad-mapping", `{"gatewayResponses": {"THROTTLED": {"responseParameters": {"gatewayresponse.header.a": "static"}}}}`,
		`gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.a"] (line 1, column 88): "static" is not a mapping value`,
	},
	{
		"unknown-variable", `{"gatewayResponses": {"THROTTLED": {"headers": {"a": "$context.requestID"}}}}`,
		`gatewayResponses.THROTTLED.headers.a (line 1, column 55): unknown variable "context.requestID"; did you mean "context.requestId"?`,
	},
	{"too-large", `{"x-padding": "` + strings.Repeat("a", 1<<20) + `"}`, "document: the document has 1048593 bytes; at most 1048576 are allowed"},
}

// structConfiguration is a document as a google.protobuf.Struct, which arrives in binary in the VM.
const structConfiguration = `configuration:
  "@type": type.googleapis.com/google.protobuf.Struct
  value: {emulate: aws}
`

// TestStaticInvalid starts an Envoy with bad documents: it starts, passes traffic untouched, and says once for all workers what
// is wrong.
func TestStaticInvalid(t *testing.T) {
	settings := envoyrun.Settings{}
	for _, bad := range badDocuments {
		settings.Listeners = append(settings.Listeners, envoytest.Listener(t, bad.name, bad.document))
	}
	settings.Listeners = append(settings.Listeners, envoyrun.Listener{Name: "struct", Configuration: structConfiguration})
	p := envoytest.Start(t, settings, "--concurrency", "3")
	check := func(name, want string) {
		t.Run(name, func(t *testing.T) {
			wantUntouched(t, p, name)
			if got := strings.Count(p.Log.String(), want); got != 1 {
				t.Errorf("the log says %q %d times, want once", want, got)
			}
		})
	}
	for _, bad := range badDocuments {
		check(bad.name, bad.want)
	}
	if envoytest.Adapter == ability.Module { // Envoy makes JSON of it
		wantDenial(t, p, "struct", 403, `{"Message":"User is not authorized to access this resource"}`)
	} else {
		check("struct", "StringValue")
	}
	wantInvalid(t, p, 1)
}

// TestInvalidBesideGood shows that a bad document of one listener does nothing to another's.
func TestInvalidBesideGood(t *testing.T) {
	p := envoytest.Start(t, envoyrun.Settings{Listeners: []envoyrun.Listener{
		envoytest.Listener(t, "good", teapot),
		envoytest.Listener(t, "bad", invalidMode),
	}})
	wantTeapot(t, p, "good")
	wantUntouched(t, p, "bad")
	wantInvalid(t, p, 1)
}

// TestRefuse shows that GWR_ON_INVALID=refuse makes Envoy refuse a bad document, and only a bad one.
func TestRefuse(t *testing.T) {
	settings := envoytest.Gateway(t, invalidMode)
	settings.Environment = map[string]string{"GWR_ON_INVALID": "refuse"}
	log := wantNoStart(t, settings)
	if want := `mode (line 1, column 10): "on"`; !strings.Contains(log, want) {
		t.Errorf("the log does not say %q:\n%s", want, log)
	}
	settings.Listeners = envoytest.Gateway(t, teapot).Listeners
	wantTeapot(t, envoytest.Start(t, settings), "gateway")
}

// wantNoStart starts an Envoy that must refuse its configuration, and returns what it logs.
func wantNoStart(t *testing.T, settings envoyrun.Settings) string {
	t.Helper()
	log := &envoytest.Buffer{}
	envoy, err := envoyrun.Start(t.Context(), envoyrun.Command{
		Path: envoytest.EnvoyPath, Config: envoytest.Render(t, settings), Environ: envoytest.WithAdapter(settings).Environ(), Stderr: log,
	})
	if err == nil {
		t.Errorf("Envoy starts, want it to refuse; stopping it: %v", envoy.Stop())
	}
	return log.String()
}

// teapot is a document that makes every denial a 418.
const teapot = `{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": "418", "responseTemplates": {"application/json": "{\"teapot\":1}"}}}}`

// wantTeapot asks for a denial, which must come as the document teapot says.
func wantTeapot(t *testing.T, p *envoytest.Proxy, listener string) {
	t.Helper()
	wantDenial(t, p, listener, 418, `{"teapot":1}`)
}

// wantUntouched asks for a denial, which must come as Envoy words it, and for good traffic.
func wantUntouched(t *testing.T, p *envoytest.Proxy, listener string) {
	t.Helper()
	wantDenial(t, p, listener, 403, "RBAC: access denied")
	reply := envoytest.RawRequest(t, p.Address(t, listener), "GET /ok HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
	if reply.Status != 200 || string(reply.Body) != "ok\n" {
		t.Errorf("listener %s: /ok gives %d %q", listener, reply.Status, reply.Body)
	}
}

// wantDenial asks for a denial.
func wantDenial(t *testing.T, p *envoytest.Proxy, listener string, status int, body string) {
	t.Helper()
	reply := denial(t, p, listener)
	if reply.Status != status || string(reply.Body) != body {
		t.Errorf("listener %s: /rbac gives %d %q, want %d %q", listener, reply.Status, reply.Body, status, body)
	}
}

// denial asks for a denial.
func denial(t *testing.T, p *envoytest.Proxy, listener string) envoytest.RawReply {
	t.Helper()
	return envoytest.RawRequest(t, p.Address(t, listener), "GET /rbac HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
}

// wantInvalid waits for a value of the gauge config_invalid, 1 for any number of bad documents: those of one VM count once.
func wantInvalid(t *testing.T, p *envoytest.Proxy, want int) {
	t.Helper()
	envoytest.Eventually(t, "config_invalid is "+strconv.Itoa(want), func() bool {
		got := p.Counter(t, "config_invalid")
		if envoytest.Adapter == ability.Module { // each filter counts
			got = min(got, 1)
		}
		return got == want
	})
}

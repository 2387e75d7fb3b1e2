// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/facts"
)

// notProvokable are the cases whose facts the test filter cannot produce, and why.
var notProvokable = map[string]string{
	"aws/no-request-id":                  "Envoy gives every request an id",
	"data/attribute":                     "the attributes are those of a TLS connection; see TestClientCertificate",
	"data/client-certificate":            "the subject is that of a TLS connection; see TestClientCertificate",
	"data/request-id-of-the-client":      "Envoy gives every request an id; see TestRequestIDOfTheClient",
	"aws/unsupported-media-type":         "the reply has no owner; the test filter is one",
	"cors/grpc-web":                      "the reply is that of the grpc_web filter, see TestGRPCWeb",
	"cors/grpc-web-no-entry":             "the reply is that of the grpc_web filter, see TestGRPCWeb",
	"grpc/grpc-web-translated":           "the reply is that of the grpc_web filter, see TestGRPCWeb",
	"grpc/grpc-web-translated-is-left":   "the reply is that of the grpc_web filter, see TestGRPCWeb",
	"route/document-asks-for-anything":   "the client's address is that of the test; TestRouteDocumentsFromFile asks for more",
	"route/document-mode-rewrite":        "the client's address is that of the test; TestRouteDocumentsFromFile has such a document",
	"route/envoys-names":                 "the names are those of envoy.yaml; TestRouteMatch asks for them",
	"route/metadata-by-glob":             "the metadata is that of envoy.yaml; TestRouteMatch asks for it",
	"rules/redirect-with-an-upgrade":     "an upgrade that no listener takes; TestWebSocket has one that does",
	"rules/flags":                        "a filter cannot set a response flag; see TestRulesOnRealProducers",
	"status/success-of-an-upgrade":       "an upgrade that no listener takes; TestWebSocket has one that does",
	"upstream/quoted-body-of-an-upgrade": "an upgrade that no listener takes; TestUpstreamUpgrade has one that does",
	"cors/preflight-of-an-upgrade":       "an upgrade that no listener takes; TestWebSocket has one that does",
	"select/plural-alias":                "the reply has no owner; the test filter is one",
	"select/unknown-details-by-flag":     "a filter cannot set a response flag",
	"select/unknown-details-by-status":   "the reply has no owner; the test filter is one",
	"template/envoy-names":               "flags, route and upstream of a real timeout",
	"template/time-and-address":          "the time and the client's address are those of the test",
}

// onlyHTTP1 are the cases that make no sense over HTTP/2, or cannot be sent, and why.
var onlyHTTP1 = map[string]string{
	"template/context":                         "the body holds the protocol",
	"headers/redirect-behind-a-stage-variable": "Go's client for HTTP/2 sends no path that begins with two slashes",
}

// TestCorpus runs every case that can be provoked through a real Envoy: a test filter behind ours sends the reply that
// the case describes, or an upstream does. Each case has a listener of its own, all in one Envoy.
func TestCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	settings := envoyrun.Settings{NoCompanions: true, Behind: replierFilter}
	var run []cases.Case
	for _, c := range all {
		if notProvokable[c.Name] != "" {
			continue
		}
		run = append(run, c)
		if !holds(t, c) {
			continue
		}
		ofCase := envoytest.Listener(t, caseListener(c), string(c.Document))
		ofCase.Before = attributeFilters(t, c)
		ofCase.Says = envoyrun.Says{Route: c.Facts.Route.DocumentRoute, Document: c.Facts.Route.Document}
		settings.Listeners = append(settings.Listeners, ofCase)
	}
	if want := len(all) - len(notProvokable); len(run) != want {
		t.Errorf("%d cases run, want %d: notProvokable names a case that does not exist", len(run), want)
	}
	p := envoytest.StartFrom(t, envoytest.WithUpstream(t, envoytest.UpstreamServer(t, http.HandlerFunc(answerCase)), ""), settings)
	agree := newAgreement(t)
	for _, c := range run {
		t.Run(c.Name, func(t *testing.T) {
			envoytest.Holds(t)
			reply, line := runCase(t, p, c, func(address string) envoytest.RawReply { return envoytest.RawRequest(t, address, requestText(c)) })
			agree.compare(t, c, &reply, line)
		})
		if onlyHTTP1[c.Name] == "" && holds(t, c) {
			t.Run(c.Name+" over HTTP/2", func(t *testing.T) {
				runCase(t, p, c, func(address string) envoytest.RawReply { return requestHTTP2(t, address, c) })
			})
		}
	}
	for _, c := range all {
		if notProvokable[c.Name] != "" || !holds(t, c) {
			agree.compare(t, c, nil, nil)
		}
	}
	ran := len(settings.Listeners)
	wantInManual(t, ran, len(all))
	t.Attr(envoytest.Count, fmt.Sprintf("%d of %d cases of the corpus ran", ran, len(all)))
	t.Logf("%d of %d cases ran on a real Envoy", ran, len(all))
	t.Logf("the engine and plugin.wasm in a VM agree on %d of %d cases, and Envoy with both on %d of %d", agree.tools, len(all), agree.all, ran)
}

// wantInManual holds what docs/testing.md says of the adapter.
func wantInManual(t *testing.T, ran, all int) {
	t.Helper()
	page, err := os.ReadFile("../docs/testing.md")
	if err != nil {
		t.Fatal(err)
	}
	row := fmt.Sprintf("| Envoy with %s | %d of %d |", map[ability.Adapter]string{ability.Wasm: "the wasm filter", ability.Module: "the dynamic module"}[envoytest.Adapter], ran, all)
	if !strings.Contains(string(page), "\n"+row) {
		t.Errorf("docs/testing.md has no row %q", row)
	}
}

// holds reports whether a case holds with the adapter.
func holds(t *testing.T, c cases.Case) bool {
	t.Helper()
	return envoytest.WhyNot(t.Name()+"/"+c.Name) == ""
}

// replierFilter is the test filter, to stand behind ours.
var replierFilter = `- name: replier
  typed_config:
    "@type": type.googleapis.com/envoy.extensions.filters.http.wasm.v3.Wasm
    config:
      name: replier
      vm_config: {vm_id: replier, runtime: envoy.wasm.runtime.v8, code: {local: {filename: ../dist/replier.wasm}}}
`

// caseListener names the listener of a case.
func caseListener(c cases.Case) string { return strings.ReplaceAll(c.Name, "/", "-") }

// runCase sends the case's request and compares the reply and its line in the access log, and returns both.
func runCase(t *testing.T, p *envoytest.Proxy, c cases.Case, send func(address string) envoytest.RawReply) (envoytest.RawReply, envoytest.AccessLine) {
	t.Helper()
	mark := len(p.Access.String())
	reply := send(p.Address(t, caseListener(c)))
	if diff := c.Want.Diff(reply.Status, reply.Headers, reply.Body, !c.Head()); diff != "" {
		t.Error(diff)
	}
	line := envoytest.ParseAccessLine(t, p.NextAccessLine(t, mark))
	details := strings.ReplaceAll(c.Facts.Reply.Details, " ", "_")
	if got := line["details"]; got != details {
		t.Errorf("details=%s in the access log, want %s", got, details)
	}
	if c.Trace.Left != "" && c.Trace.Left != "observe" {
		return reply, line
	}
	got := cases.Trace{Type: line["type"], Entry: line["entry"]}
	want := cases.Trace{Type: c.Trace.Type, Entry: c.Trace.Entry}
	if diff := want.Diff(got); diff != "" {
		t.Errorf("%sin the access log line %v", diff, line)
	}
	return reply, line
}

// requestText is the case's request as HTTP/1.1, with the headers that ask the test filter for the case's reply.
func requestText(c cases.Case) string {
	headers := c.Facts.Request.Headers
	method, _ := headers.First(":method")
	path, _ := headers.First(":path")
	authority, _ := headers.First(":authority")
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nhost: %s\r\nconnection: close\r\n", method, path, authority)
	for _, line := range append(headers[4:], askFor(c)...) {
		fmt.Fprintf(&b, "%s: %s\r\n", line.Name, line.Value)
	}
	b.WriteString("\r\n")
	return b.String()
}

// requestHTTP2 sends the case's request over HTTP/2, with the same headers.
func requestHTTP2(t *testing.T, address string, c cases.Case) envoytest.RawReply {
	t.Helper()
	headers := c.Facts.Request.Headers
	method, _ := headers.First(":method")
	path, _ := headers.First(":path")
	sent, err := http.NewRequestWithContext(t.Context(), method, "http://"+address, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	sent.URL.Opaque = path // as it is
	sent.Host, _ = headers.First(":authority")
	sent.Header = http.Header{"User-Agent": nil} // none of the client's own
	for _, line := range slices.Concat(headers[4:], askFor(c)) {
		sent.Header.Add(line.Name, line.Value)
	}
	received, err := envoytest.Clients[1].HTTP.Do(sent)
	if err != nil {
		t.Fatal(err)
	}
	defer received.Body.Close()
	return envoytest.ReadReply(t, received)
}

// askFor are the request headers that ask the test filter or the upstream for a reply.
func askFor(c cases.Case) facts.Headers {
	if c.Facts.Reply.Details == "via_upstream" {
		return askUpstream(c)
	}
	reply := beforeGRPC(c)
	headers := facts.Headers{{Name: "x-replier-status", Value: reply.Headers[0].Value}}
	if reply.Details != "" {
		headers = append(headers, facts.Header{Name: "x-replier-details", Value: reply.Details})
	}
	for _, line := range reply.Headers[1:] {
		headers = append(headers, facts.Header{Name: "x-replier-header", Value: percentEncode(line.Name + "=" + line.Value)})
	}
	if reply.HasBody {
		headers = append(headers, facts.Header{Name: "x-replier-body", Value: percentEncode(string(reply.Body))})
	}
	return headers
}

// percentEncode encodes all but letters and digits.
func percentEncode(text string) string {
	var b strings.Builder
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z':
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

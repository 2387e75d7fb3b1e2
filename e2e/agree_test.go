// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"os"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/testrun"
)

// agreement counts the cases of which the engine alone, the filter in a VM as gwr test --wasm runs it, and the filter in a real Envoy
// make the same.
type agreement struct {
	plugin *testrun.Plugin
	// tools is in how many cases the first two agree, all in how many of those that Envoy ran all three do.
	tools, all int
}

// newAgreement compiles the filter that Envoy runs.
func newAgreement(t *testing.T) *agreement {
	t.Helper()
	wasm, err := os.ReadFile("../dist/plugin.wasm")
	if err != nil {
		t.Fatal(err)
	}
	plugin, err := testrun.NewPlugin(t.Context(), wasm)
	if err != nil {
		t.Fatal(err)
	}
	return &agreement{plugin: plugin}
}

// compare compares the three; envoy is nil for a case that Envoy did not run.
func (a *agreement) compare(t *testing.T, c cases.Case, envoy *envoytest.RawReply, line envoytest.AccessLine) {
	t.Helper()
	program, findings := engine.Load(c.Document, engine.Everything())
	if program == nil {
		t.Fatal(findings)
	}
	f := asEnvoyMakesIt(c)
	inEngine := testrun.SeenByEngine(preview.Of(program, f))
	inVM, faults, err := a.plugin.Do(&testrun.Document{Document: exchange.Document{Program: program}, Text: c.Document}, &f)
	if err == nil {
		err = a.plugin.Close()
	}
	if err != nil || len(faults) > 0 {
		t.Errorf("%s in a VM: %v, faults %q", c.Name, err, faults)
		return
	}
	if inEngine.Text() != inVM.Text() {
		t.Errorf("%s:\n%s", c.Name, testrun.Diff("engine", []byte(inEngine.Text()), "VM", []byte(inVM.Text())))
		return
	}
	a.tools++
	if envoy == nil {
		return
	}
	inEnvoy := testrun.Seen{Status: envoy.Status, Headers: envoy.Headers, Body: envoy.Body, Type: orEmpty(line["type"]), Entry: orEmpty(line["entry"])}
	want, got := onTheWire(c, inEngine), onTheWire(c, inEnvoy)
	if want.Text() != got.Text() {
		t.Errorf("%s:\n%s", c.Name, testrun.Diff("engine", []byte(want.Text()), "Envoy", []byte(got.Text())))
		return
	}
	a.all++
}

// asEnvoyMakesIt are the facts of a case with what Envoy adds to its own replies: a body has a content type.
func asEnvoyMakesIt(c cases.Case) facts.Facts {
	f := c.Facts
	if c.Code != 0 {
		f.Reply.Status = c.Code
	}
	if _, typed := f.Reply.Headers.First("content-type"); !typed && len(f.Reply.Body) > 0 && f.Reply.Details != "via_upstream" {
		f.Reply.Headers = append(slices.Clone(f.Reply.Headers), facts.Header{Name: "content-type", Value: "text/plain"})
	}
	return f
}

// orEmpty is a value of the access log, "" for none.
func orEmpty(value string) string {
	if value == "-" {
		return ""
	}
	return value
}

// ofTheConnection are the headers that Envoy adds on the way out, and those that frame a reply.
var ofTheConnection = []string{"connection", "content-length", "date", "server", "transfer-encoding", "x-envoy-upstream-service-time"}

// onTheWire is what was seen as it can be compared with what came over the wire. Envoy gives a request without an id one that nobody
// knows, and AWS's replies tell it.
func onTheWire(c cases.Case, s testrun.Seen) testrun.Seen {
	_, hasID := c.Facts.Request.Headers.RequestID()
	s.Headers = slices.DeleteFunc(slices.Clone(s.Headers), func(line facts.Header) bool {
		return slices.Contains(ofTheConnection, line.Name) || strings.HasPrefix(line.Name, ":") || !hasID && line.Name == "x-amzn-requestid"
	})
	if c.Head() {
		s.Body = nil
	}
	return s
}

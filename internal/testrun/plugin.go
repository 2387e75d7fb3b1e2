// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/wasmhost"
)

// Plugin is the filter, compiled, in VMs that behave as in Envoy. Several runs may share it.
type Plugin struct {
	module *wasmhost.Module
	hosts  map[*Document]*wasmhost.Host
}

// NewPlugin compiles plugin.wasm. That takes seconds.
func NewPlugin(ctx context.Context, wasm []byte) (*Plugin, error) {
	module, err := wasmhost.Compile(ctx, wasm)
	if err != nil {
		return nil, err
	}
	return &Plugin{module: module, hosts: map[*Document]*wasmhost.Host{}}, nil
}

// Close ends the VMs.
func (p *Plugin) Close() error {
	var failed error
	for _, host := range p.hosts {
		failed = errors.Join(failed, host.Close())
	}
	clear(p.hosts)
	return failed
}

// host is the filter with a document.
func (p *Plugin) host(document *Document) (*wasmhost.Host, error) {
	if host := p.hosts[document]; host != nil {
		return host, nil
	}
	host := p.module.NewHost(wasmhost.Options{})
	if err := host.Configure(document.Text); err != nil {
		return nil, errors.Join(fmt.Errorf("plugin.wasm: %w", err), host.Close())
	}
	p.hosts[document] = host
	return host, nil
}

// Do lets an exchange pass the filter. faults are things that a client or a worker would suffer from.
func (p *Plugin) Do(document *Document, f *facts.Facts) (got Seen, faults []string, err error) {
	host, err := p.host(document)
	if err != nil {
		return Seen{}, nil, err
	}
	outcome := host.Do(exchangeOf(f))
	return seenByPlugin(outcome), faultsOf(outcome), nil
}

// exchangeOf is an exchange as Envoy brings it to the filter: an error for a client of gRPC has the status 200.
func exchangeOf(f *facts.Facts) wasmhost.Exchange {
	x := wasmhost.Exchange{Facts: *f, Upstream: f.Reply.Details == "via_upstream"}
	if status, _ := f.Reply.Headers.First(":status"); status == "200" && f.Reply.Status >= facts.FirstError {
		x.Code, x.Facts.Reply.Status = f.Reply.Status, 200
	}
	return x
}

// faultsOf lists what must not happen.
func faultsOf(outcome wasmhost.Outcome) []string {
	faults := slices.Clone(outcome.Faults)
	for _, fault := range []struct {
		text string
		is   bool
	}{
		{"the stream hangs", outcome.Hang},
		{"the stream is reset", outcome.Reset},
		{"the filter does not work", outcome.Bypassed},
	} {
		if fault.is {
			faults = append(faults, fault.text)
		}
	}
	if outcome.Trap != nil {
		faults = append(faults, "the VM is dead: "+outcome.Trap.Error())
	}
	return faults
}

// Seen is what a client sees of an exchange, and what an access log shows of the decision.
type Seen struct {
	Status      int
	Headers     facts.Headers
	Body        []byte
	Type, Entry string
}

// seenByPlugin is what comes out of a VM.
func seenByPlugin(outcome wasmhost.Outcome) Seen {
	s := Seen{
		Status: outcome.Status, Body: outcome.Body,
		Type: outcome.FilterState["wasm.gateway_responses.type"], Entry: outcome.FilterState["wasm.gateway_responses.entry"],
	}
	for _, line := range outcome.Headers {
		if !strings.HasPrefix(line.Name, ":") {
			s.Headers = append(s.Headers, line)
		}
	}
	return s
}

// SeenByEngine is what comes out of the engine. A reply that is left tells the access log nothing, unless it is observed.
func SeenByEngine(r preview.Reply) Seen {
	s := Seen{Status: r.Status, Headers: r.Headers, Body: r.Body}
	if r.Replaced || r.Trace.Left == "observe" {
		s.Type, s.Entry = string(r.Trace.Class.Type), r.Trace.Entry
	}
	return s
}

// differences is a diff of what the engine and the filter made of an exchange, "" when they agree. The order of header lines with
// different names means nothing.
func differences(engine preview.Reply, plugin Seen) string {
	return Diff("engine", []byte(SeenByEngine(engine).Text()), "plugin.wasm", []byte(plugin.Text()))
}

// Text writes what was seen, so that it can be compared.
func (s Seen) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "status %d, type %s, entry %s\n", s.Status, orNone(s.Type), orNone(s.Entry))
	headers := slices.Clone(s.Headers)
	slices.SortStableFunc(headers, func(x, y facts.Header) int { return strings.Compare(x.Name, y.Name) })
	for _, line := range headers {
		fmt.Fprintf(&b, "%s: %s\n", line.Name, line.Value)
	}
	fmt.Fprintf(&b, "\n%s", s.Body)
	return b.String()
}
